//! Tests what each crate depends on and mentions: the runtime has no code for a particular API, only one of its modules
//! uses reqwest, and the sandbox's store doesn't depend on HTTP.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

#[path = "boundaries/crates.rs"]
mod crates;
#[path = "boundaries/reqwest.rs"]
mod reqwest;
#[path = "boundaries/store.rs"]
mod store;
#[path = "boundaries/words.rs"]
mod words;

use std::path::{Path, PathBuf};

use mileston_tests::compile::workspace;

/// Returns the files in a folder of the workspace, each with its path inside the folder.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    add(&workspace().join(folder), "", &mut files);
    assert!(!files.is_empty(), "{folder} is empty");
    files.sort();
    files
}

fn add(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) {
    let entries = std::fs::read_dir(folder);
    for entry in entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            add(&path, &format!("{name}/"), files);
        } else {
            files.push((name, path));
        }
    }
}
