//! Checks the output of each of a crate's public error types, and checks that none of them is missing from the list.
//! Tests in other crates also use this file.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper fails the test")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Checks one value of each error type of a crate. Also checks that `errors` contains every public error type in the
/// crate's sources.
#[track_caller]
pub(crate) fn check_all(crate_root: &str, errors: &[(&str, &dyn Error)]) {
    let checked: BTreeSet<String> = errors.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        checked,
        error_types(&Path::new(crate_root).join("src")),
        "the list must contain exactly the public error types of the crate"
    );
    for (name, error) in errors {
        check(name, *error);
    }
}

/// Checks that `{:?}`, which `main` and `unwrap` print, shows the error's message and then its causes, and that `{:#?}`
/// prints something different.
#[track_caller]
fn check(name: &str, error: &dyn Error) {
    let sentence = error.to_string();
    let said = format!("{error:?}");
    let rest = said.strip_prefix(&sentence);
    assert!(rest.is_some(), "`{name}` prints {said:?} instead of its message");
    assert!(
        rest.unwrap().is_empty() || rest.unwrap().starts_with("\n\nCaused by:\n    "),
        "{said}"
    );
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        assert!(
            said.contains(text.lines().next().unwrap()),
            "`{name}` doesn't print {text:?}: {said}"
        );
        assert!(sentence.contains(&text) || said.contains("Caused by:"), "{name}: {said}");
        source = cause.source();
    }
    assert_ne!(format!("{error:#?}"), said, "`{name}` prints the same with `{{:?}}` and `{{:#?}}`");
}

/// Searches a folder and its subfolders for public types that implement `Error`. Skips types that exist only in
/// browsers.
fn error_types(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(error_types(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            if text.contains("#![cfg(target_family = \"wasm\")]") {
                continue;
            }
            let is_public = |name: &String| {
                ["struct", "enum"].iter().any(|kind| text.contains(&format!("\npub {kind} {name}")))
            };
            found.extend(text.lines().filter_map(implemented_for).filter(is_public));
        }
    }
    found
}

/// Returns the name of the type if the line begins an implementation of `Error`. For
/// `impl<T> std::error::Error for Name<T> {`, returns `Name`.
fn implemented_for(line: &str) -> Option<String> {
    let (before, after) = line.strip_prefix("impl")?.split_once("Error for ")?;
    let is_trait = before.ends_with([' ', ':']) || before.ends_with(" Std");
    let name: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    is_trait.then_some(name)
}
