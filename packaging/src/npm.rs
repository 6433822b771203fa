//! Packs the npm packages: one package with the JavaScript, and for each platform one package with its binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::files::{add_licences, copy, fresh, run, write};
use crate::{Binary, Failure, Platform, System, VERSION, notices, sources};

/// Packs the package `mileston-sandbox` and the package with this binary into `out`. Returns the paths of the two files.
///
/// The first package lists every platform's package as an optional dependency. npm skips the packages for other
/// platforms, so it installs only the binary for the user's machine, and no script has to download one.
///
/// # Errors
///
/// Returns an error if npm is missing or fails, or a file can't be read or written.
pub fn npm(binary: &Binary, out: &Path) -> Result<[PathBuf; 2], Failure> {
    Ok([starter(out)?, platform(binary, out)?])
}

fn starter(out: &Path) -> Result<PathBuf, Failure> {
    let folder = fresh(out, "npm")?;
    copy(&sources().join("npm"), &folder)?;
    add_licences(&folder)?;
    let path = folder.join("package.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    write(&path, versioned(&text).ok_or_else(|| format!("{}: no `files`", path.display()))?)?;
    pack(&folder, out)
}

/// Adds the version and the platforms to the text of a package.json. This edits the text instead of parsing it, because
/// `serde_json` would sort the conditions in `exports`, and the order of these conditions matters.
fn versioned(package: &str) -> Option<String> {
    let (start, end) = package.split_once("  \"files\":")?;
    let platforms = Platform::ALL.map(|each| (each.npm_package(), Value::from(VERSION)));
    let platforms: Value = platforms.into_iter().collect();
    Some(format!(
        "{start}  \"version\": \"{VERSION}\",\n  \"optionalDependencies\": {platforms},\n  \"files\":{end}"
    ))
}

fn platform(binary: &Binary, out: &Path) -> Result<PathBuf, Failure> {
    let platform = binary.platform;
    let folder = fresh(out, &format!("npm-{platform}"))?;
    binary.copy_to(&folder.join("bin").join(platform.program()))?;
    add_licences(&folder)?;
    write(&folder.join(notices::FILE), notices::notices(platform)?)?;
    let mut package = json!({
        "name": platform.npm_package(),
        "version": VERSION,
        "description": format!("The binary of mileston-sandbox for {platform}"),
        "license": env!("CARGO_PKG_LICENSE"),
        "homepage": env!("CARGO_PKG_HOMEPAGE"),
        "repository": { "type": "git", "url": concat!("git+", env!("CARGO_PKG_REPOSITORY"), ".git") },
        "os": [platform.npm_os()],
        "cpu": [platform.npm_cpu()],
        // Yarn must unpack the package, because a program in a zip can't be run.
        "preferUnplugged": true,
    });
    if platform.system == System::Linux {
        package["libc"] = json!(["glibc"]);
    }
    write(&folder.join("package.json"), pretty(&package))?;
    let readme = format!(
        "# {}\n\nThe binary of mileston-sandbox for {platform}. Install `mileston-sandbox` instead: it depends on this \
         package and starts the binary.\n",
        platform.npm_package()
    );
    write(&folder.join("README.md"), readme)?;
    pack(&folder, out)
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Runs `npm pack`, and returns the path of the file.
fn pack(folder: &Path, out: &Path) -> Result<PathBuf, Failure> {
    let npm = tools::npm()?;
    let arguments = ["pack", "--json", "--ignore-scripts", "--offline", "--pack-destination"];
    let said = run(Command::new(npm).args(arguments).arg(out).current_dir(folder))?;
    let said: Value = serde_json::from_str(&said).map_err(|error| format!("npm pack: {error}"))?;
    // The output is an array in npm 10, and an object keyed by package name in npm 11.
    let first = said.get(0).or_else(|| said.as_object()?.values().next());
    let name = first.and_then(|first| first["filename"].as_str());
    let name = name.ok_or_else(|| "npm pack: its output has no `filename`".to_owned())?;
    Ok(out.join(name))
}
