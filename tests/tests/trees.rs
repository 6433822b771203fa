//! Tests the dependencies that users build: the keys crate has only one dependency, and the client's
//! dependencies don't include the generator.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mileston_tests::metadata::{self, tree};
use serde_json::{Value, json};

/// The generator's crates, which must not be in a client's dependency tree.
const GENERATOR: [&str; 4] = ["progenitor", "typify", "syn", "prettyplease"];

/// Returns the crates that belong to the generator, including crates like `progenitor-client` and `typify-impl`.
fn generator_crates(names: &BTreeSet<String>) -> Vec<&String> {
    let of = |name: &str, root: &str| {
        name.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    names.iter().filter(|name| GENERATOR.iter().any(|root| of(name, root))).collect()
}

#[test]
fn the_keys_crate_has_one_dependency() {
    let names = tree("mileston-keys", "normal").unwrap();
    assert_eq!(names, ["mileston-keys", "zeroize"].map(str::to_owned).into());
}

/// Ignores procedural macros, because they run in the compiler, aren't in any binary, and depend on `syn`.
#[test]
fn the_clients_tree_does_not_include_the_generator() {
    let names = tree("mileston-api", "normal,no-proc-macro").unwrap();
    let found = generator_crates(&names);
    assert!(found.is_empty(), "{found:?}");
    // With procedural macros, `syn` is the only match.
    let names = tree("mileston-api", "normal").unwrap();
    let found = generator_crates(&names);
    assert!(found.iter().all(|name| *name == "syn"), "{found:?}");
}

/// Checks that the test above can fail.
#[test]
fn the_generator_is_found_in_its_own_tree() {
    let names = tree("openapi-keys", "normal,no-proc-macro").unwrap();
    let found = generator_crates(&names);
    for root in GENERATOR {
        assert!(found.iter().any(|name| name.starts_with(root)), "{root} isn't in {found:?}");
    }
}

/// Checks that targets with `test = false` have no tests, because cargo wouldn't run them.
#[test]
fn targets_that_are_not_tested_have_no_tests() {
    let members = metadata::members().unwrap();
    let mut left_out = 0;
    for package in metadata::packages(&members) {
        let targets: Vec<&Value> = package["targets"].as_array().unwrap().iter().collect();
        let path = |target: &Value| PathBuf::from(metadata::text(target, "src_path"));
        let untested =
            targets.iter().filter(|it| it["test"] == false && it["kind"] != json!(["example"]));
        let untested: Vec<PathBuf> = untested.map(|target| path(target)).collect();
        left_out += untested.len();
        let all = untested.len() == targets.len();
        let manifest = PathBuf::from(metadata::text(package, "manifest_path"));
        let files = if all { sources(&manifest.with_file_name("src")) } else { untested };
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(!text.contains("test]"), "{} has a test that never runs", file.display());
        }
    }
    assert!(left_out > 0);
}

/// Checks that generated files are short enough to read. The catalogue is exempt, because it is a table that
/// grows with the document.
#[test]
fn generated_files_are_short() {
    const MAX_LINES: usize = 600;
    let root = mileston_tests::compile::workspace();
    let folders = ["mileston-api/src/generated", "mileston-sandbox/src/generated"];
    let files: Vec<PathBuf> = folders.iter().flat_map(|it| sources(&root.join(it))).collect();
    assert!(files.len() > folders.len());
    for file in files.iter().filter(|file| !file.ends_with("generated/catalogue.rs")) {
        let lines = std::fs::read_to_string(file).unwrap().lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines", file.display());
    }
}

/// Returns the Rust files in a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
