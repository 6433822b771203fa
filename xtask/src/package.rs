//! The task `cargo xtask package`: packs the packages to publish, checks their contents, and builds
//! them as users do.

mod build;
mod contents;
mod manifest;
mod plan;
mod problem;
mod table;
mod unpack;

use std::fs;
use std::path::{Path, PathBuf};

use contents::{Contents, LICENCES};
use plan::Package;
use table::Row;

use crate::{Failure, run};

/// Packs, checks and builds the packages. Returns text to print: a table of the packages, and the folder that
/// contains the archives.
///
/// Uncommitted files are also packed, so that a change can be checked before it is committed.
///
/// # Errors
///
/// Returns an error if a package can't be packed or built. If the checks find problems, the error lists every problem,
/// with its package, its file, and how to fix it.
pub fn package(root: &Path) -> Result<String, Failure> {
    let metadata = run::output(root, &["metadata", "--no-deps", "--format-version", "1"])?;
    let target = target(&metadata)?;
    let packages = plan::plan(&metadata)?;
    pack(root, &packages)?;

    let archives = target.join("package");
    let folder = target.join("tests/package");
    fs::create_dir_all(&folder).map_err(|error| at(&folder, &error))?;
    let rows = check(root, &archives, &folder, &packages)?;
    build(root, &target, &folder, &packages)?;
    Ok(format!("{}The archives are in {}.", table::table(&rows), archives.display()))
}

/// Returns the folder that cargo builds into.
fn target(metadata: &str) -> Result<PathBuf, String> {
    let metadata: serde_json::Value =
        serde_json::from_str(metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let target = metadata["target_directory"].as_str().map(PathBuf::from);
    target.ok_or_else(|| "cargo metadata: no `target_directory`".to_owned())
}

fn pack(root: &Path, packages: &[Package]) -> Result<(), Failure> {
    let names = packages.iter().flat_map(|package| ["--package", &package.name]);
    let arguments: Vec<&str> =
        ["package", "--quiet", "--allow-dirty", "--no-verify"].into_iter().chain(names).collect();
    // Try `--offline` first, because cargo otherwise queries the registry each time. If that fails, the second run
    // downloads missing dependencies, or shows the error.
    let offline = [&arguments[..], &["--offline"]].concat();
    if run::succeeds(root, &offline)? { Ok(()) } else { run::cargo(root, &arguments) }
}

/// Checks the archives, and leaves them unpacked in `folder`.
fn check(
    root: &Path,
    archives: &Path,
    folder: &Path,
    packages: &[Package],
) -> Result<Vec<Row>, Failure> {
    let licences = LICENCES.iter().map(|name| {
        let path = root.join(name);
        Ok(((*name).to_owned(), fs::read(&path).map_err(|error| at(&path, &error))?))
    });
    let licences: Contents = licences.collect::<Result<_, String>>()?;
    let root = root.to_string_lossy();
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for package in packages {
        let archive = archives.join(package.archive());
        let size = fs::metadata(&archive).map_err(|error| at(&archive, &error))?.len();
        let contents = unpack::unpack(&archive, folder, &package.unpacked())?;
        let name = &package.name;
        problems.extend(contents::size_problem(name, &package.archive(), size));
        problems.extend(manifest::problems(package, &contents, packages));
        problems.extend(contents::problems(name, &contents, &licences, &root));
        rows.push(Row {
            name: name.clone(),
            version: package.version.clone(),
            files: contents.len(),
            size,
        });
    }
    problem::all(&problems)?;
    Ok(rows)
}

/// Builds each unpacked package with this repository's cargo configuration, so that dependencies
/// aren't built again.
fn build(root: &Path, target: &Path, folder: &Path, packages: &[Package]) -> Result<(), Failure> {
    let manifest = folder.join("Cargo.toml");
    fs::write(&manifest, build::manifest(packages)).map_err(|error| at(&manifest, &error))?;
    // Use the versions in the repository's lock file, because they are already downloaded.
    let lock = folder.join("Cargo.lock");
    fs::copy(root.join("Cargo.lock"), &lock).map_err(|error| at(&lock, &error))?;
    for package in packages {
        for arguments in build::commands(package) {
            let mut command = run::program();
            command.args(&arguments).arg("--manifest-path").arg(&manifest);
            command.arg("--quiet").arg("--target-dir").arg(target);
            // Run this in the root of the repository, so that its `.cargo/config.toml` and
            // toolchain apply.
            command.current_dir(root);
            let shown = format!("cargo {} (for {})", arguments.join(" "), package.archive());
            run::run(command, &shown)?;
        }
    }
    Ok(())
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
