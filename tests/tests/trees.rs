//! What users build: the crate of keys is tiny, and nothing of the generator is in the client's tree.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mileston_tests::metadata::{self, tree};
use serde_json::{Value, json};

/// What makes the code, and must not be in what it makes.
const GENERATOR: [&str; 4] = ["progenitor", "typify", "syn", "prettyplease"];

/// Also crates like `progenitor-client` and `typify-impl`.
fn of_the_generator(names: &BTreeSet<String>) -> Vec<&String> {
    let of = |name: &str, root: &str| {
        name.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    names.iter().filter(|name| GENERATOR.iter().any(|root| of(name, root))).collect()
}

#[test]
fn the_crate_of_keys_is_tiny() {
    let names = tree("mileston-keys", "normal").unwrap();
    assert_eq!(names, ["mileston-keys", "zeroize"].map(str::to_owned).into());
}

/// Without procedural macros: they run in the compiler and are in no binary, and each is made with `syn`.
#[test]
fn nothing_of_the_generator_is_in_the_clients_tree() {
    let names = tree("mileston-api", "normal,no-proc-macro").unwrap();
    let found = of_the_generator(&names);
    assert!(found.is_empty(), "{found:?}");
    // With them, `syn` is all that there is.
    let names = tree("mileston-api", "normal").unwrap();
    let found = of_the_generator(&names);
    assert!(found.iter().all(|name| *name == "syn"), "{found:?}");
}

/// Else the test above could not fail.
#[test]
fn the_generator_is_found_where_it_is() {
    let names = tree("openapi-keys", "normal,no-proc-macro").unwrap();
    let found = of_the_generator(&names);
    for root in GENERATOR {
        assert!(found.iter().any(|name| name.starts_with(root)), "no {root} in {found:?}");
    }
}

/// Targets that `cargo test` leaves out, to save linking them. If a package has no other, it has no test anywhere.
#[test]
fn targets_without_tests_have_none() {
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
            assert!(!text.contains("test]"), "{} has a test that nothing runs", file.display());
        }
    }
    assert!(left_out > 0);
}

/// Generated files are read like others. The catalogue is a table, which grows with the document.
#[test]
fn generated_files_are_short() {
    const MOST_LINES: usize = 600;
    let root = mileston_tests::compile::workspace();
    let folders = ["mileston-api/src/generated", "mileston-sandbox/src/generated"];
    let files: Vec<PathBuf> = folders.iter().flat_map(|it| sources(&root.join(it))).collect();
    assert!(files.len() > folders.len());
    for file in files.iter().filter(|file| !file.ends_with("generated/catalogue.rs")) {
        let lines = std::fs::read_to_string(file).unwrap().lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", file.display());
    }
}

/// The files of Rust in a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}
