//! Tests the install blocks of the READMEs: a package outside the workspace depends on our crates
//! through git.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

#[path = "install/git.rs"]
mod git;

use std::path::{Path, PathBuf};

use mileston_tests::compile::{self, workspace};
use mileston_tests::documents::markdown::{Kind, pieces};
use mileston_tests::documents::pages;
use mileston_tests::promises::compiled;
use mileston_tests::{metadata, tools};

const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// The pages that begin with a dependency and a program that uses it.
const PAGES: [&str; 3] = ["README.md", "mileston-api/README.md", "codegen/README.md"];

/// Compiles the programs in the READMEs. Only the URL of the repository is replaced.
#[test]
fn the_lines_for_cargo_toml_work_with_git() -> Result<(), String> {
    let url = match git::committed(&metadata::target().join("tests/install")) {
        Ok(url) => url,
        Err(missing) => return tools::skip("the lines for Cargo.toml", &missing),
    };
    for page in PAGES {
        let text = read(page);
        let dependencies = block(&text, "toml");
        assert!(dependencies.contains(REPOSITORY), "{page}: {dependencies}");
        let folder = package(page, &dependencies.replace(REPOSITORY, &url), &program(&text));
        // This downloads only the repository. The workspace's lock file pins all other packages, which are already
        // downloaded.
        let host = host(&folder);
        run(&folder, "false", &["metadata", "--format-version", "1", "--filter-platform", &host]);
        run(&folder, "true", &["check"]);
    }
    git::forget(&url);
    Ok(())
}

/// Returns the platform that cargo compiles for. Cargo downloads nothing for other platforms.
fn host(folder: &Path) -> String {
    let output = compile::cargo(folder).arg("-vV").output().unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

#[test]
fn each_package_says_how_to_depend_on_it() {
    let members = metadata::members().unwrap();
    let published = metadata::packages(&members).iter().filter(|it| it["publish"].is_null());
    let mut count = 0;
    for package in published {
        let name = metadata::text(package, "name");
        let manifest = PathBuf::from(metadata::text(package, "manifest_path"));
        let page = manifest.with_file_name("README.md");
        let text = std::fs::read_to_string(&page).unwrap();
        let git = format!("\n{name} = {{ git = {REPOSITORY:?} }}\n");
        assert!(text.contains(&git), "{} lacks {git}", page.display());
        let version = metadata::text(package, "version");
        let (version, _) = version.rsplit_once('.').unwrap();
        let registry = format!("`{name} = \"{version}\"`");
        assert!(text.contains(&registry), "{} lacks {registry}", page.display());
        count += 1;
    }
    assert!(count > 1);
}

/// Checks that every file that mentions the repository uses the address in the workspace's
/// `Cargo.toml`.
#[test]
fn the_repository_has_one_address() {
    let root = workspace();
    // Lock files also contain the addresses of third-party packages.
    let skipped = ["Cargo.lock", "package-lock.json"];
    let files = pages::files(&root).unwrap();
    let files = files.iter().filter(|name| !skipped.iter().any(|end| name.ends_with(end)));
    let mut mentions = 0;
    let mut wrong = Vec::new();
    for name in files {
        // Skip folders and binary files.
        let Ok(text) = std::fs::read_to_string(root.join(name)) else { continue };
        for (line, address) in addresses(&text) {
            mentions += 1;
            if address != REPOSITORY {
                wrong.push(format!("{name}:{line}: {address}"));
            }
        }
    }
    assert!(mentions > PAGES.len());
    assert!(wrong.is_empty(), "these addresses must be {REPOSITORY}:\n{}", wrong.join("\n"));
}

/// Returns the repository addresses that contain the project's name, each with its line.
fn addresses(text: &str) -> Vec<(usize, String)> {
    // Split the address, so that this file doesn't contain it.
    let host = ["https://", "github.com", "/"].concat();
    let of_line = |(line, text): (usize, &str)| {
        let found = text.match_indices(&host).map(|(at, host)| {
            let rest = &text[at + host.len()..];
            let is_other = |each: char| !each.is_ascii_alphanumeric() && !"-_./".contains(each);
            let rest = rest.split(is_other).next().unwrap_or_default();
            let parts: Vec<&str> = rest.trim_end_matches('.').split('/').take(2).collect();
            (line + 1, format!("{host}{}", parts.join("/")))
        });
        found.filter(|(_, address)| address.contains("mileston")).collect::<Vec<_>>()
    };
    text.lines().enumerate().flat_map(of_line).collect()
}

#[test]
fn addresses_are_found_with_their_lines() {
    let host = ["https://", "github.com"].concat();
    let text = format!("a\n<{host}/mileston-rs/x/issues>, {host}/other/y\n{host}/z/mileston.\n");
    let expected = [(2, format!("{host}/mileston-rs/x")), (3, format!("{host}/z/mileston"))];
    assert_eq!(addresses(&text), expected);
}

/// Creates a package with these dependencies, in a folder inside the target folder.
fn package(page: &str, dependencies: &str, program: &str) -> PathBuf {
    let name = page.trim_end_matches(".md").replace('/', "-").to_lowercase();
    let folder = metadata::target().join("tests/install").join(&name);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n{dependencies}"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.join("src/main.rs"), program).unwrap();
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// Returns the first program on the page, as rustdoc compiles it.
fn program(page: &str) -> String {
    let rust = block(page, "rust");
    if rust.contains("fn main") {
        return rust;
    }
    let body: Vec<&str> = rust.lines().map(compiled).collect();
    format!(
        "fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{}?;\nOk(())\n}}\n",
        body.join("\n")
    )
}

/// Runs cargo with the workspace's settings, so that built dependencies are reused.
#[track_caller]
fn run(folder: &Path, offline: &str, arguments: &[&str]) {
    let mut command = compile::cargo(folder);
    command.env("CARGO_TARGET_DIR", metadata::target()).env("CARGO_NET_OFFLINE", offline);
    command.args(arguments).arg("--config").arg(workspace().join(".cargo/config.toml"));
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: cargo {arguments:?}:\n{error}", folder.display());
}

/// Returns the first block of this kind.
fn block(page: &str, info: &str) -> String {
    let mut blocks = pieces(page).into_iter().filter_map(|piece| match piece.kind {
        Kind::Block(its, text) if its.split(',').next() == Some(info) => Some(text),
        _ => None,
    });
    blocks.next().unwrap()
}

fn read(name: &str) -> String {
    std::fs::read_to_string(workspace().join(name)).unwrap()
}
