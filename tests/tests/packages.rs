//! Tests that the sandbox's packages work when they are installed from the built files, in an empty folder, without
//! network access.
//!
//! By default, the packages contain a debug build of the binary. To test release files instead, run
//! `cargo xtask bundle --old-glibc`, and set `MILESTON_BUNDLE` to the folder that it prints. This long form of the test
//! also runs Jest, Vitest, mypy, auditwheel and more versions of Python, and checks the sizes of the files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]
#![cfg(unix)]

#[path = "packages/built.rs"]
mod built;
#[cfg(target_os = "linux")]
#[path = "packages/image.rs"]
mod image;
#[path = "packages/npm.rs"]
mod npm;
#[path = "packages/pypi.rs"]
mod pypi;
#[path = "packages/running.rs"]
mod running;

use std::fs;
use std::path::{Path, PathBuf};

use mileston_tests::compile::workspace;
use mileston_tests::documents::markdown::{Kind, pieces};
use mileston_tests::metadata;

/// Creates an empty folder for a user's project.
fn fresh(name: &str) -> PathBuf {
    let folder = metadata::target().join("tests/packages").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Copies the files of a folder in `tests/packages` into the project.
fn copy_files(from: &str, project: &Path) {
    for entry in fs::read_dir(workspace().join("tests/packages").join(from)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, project.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Writes a README's programs into the project. The first line of each program is a comment with the program's
/// file name.
fn write_programs(readme: &str, comment: &str, project: &Path) {
    let text = fs::read_to_string(workspace().join(readme)).unwrap();
    let mut written = 0;
    for piece in pieces(&text) {
        let Kind::Block(info, text) = piece.kind else { continue };
        if info == "sh" {
            continue;
        }
        let name = text.lines().next().and_then(|line| line.strip_prefix(comment));
        let name = name.unwrap_or_else(|| panic!("{readme}:{}: no name", piece.line));
        fs::write(project.join(name), &text).unwrap();
        written += 1;
    }
    assert!(written > 2, "{readme} has {written} programs");
}

/// Checks that the packages have the workspace's version, and that their sources don't repeat it.
#[test]
fn no_package_has_its_own_version() {
    let root = workspace().join("packaging");
    let npm = fs::read_to_string(root.join("npm/package.json")).unwrap();
    let npm: serde_json::Value = serde_json::from_str(&npm).unwrap();
    assert!(npm.get("version").is_none() && npm.get("optionalDependencies").is_none());
    let pypi: toml::Table =
        fs::read_to_string(root.join("pypi/pyproject.toml")).unwrap().parse().unwrap();
    assert!(pypi["project"].get("version").is_none());
    for readme in ["npm/README.md", "pypi/README.md"] {
        let text = fs::read_to_string(root.join(readme)).unwrap();
        assert!(!text.contains(packaging::VERSION), "{readme}");
    }
    assert_eq!(packaging::VERSION, env!("CARGO_PKG_VERSION"));
}
