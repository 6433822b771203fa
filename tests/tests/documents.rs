//! Tests that the documentation is up to date: its quotations match their sources, and everything that it refers to
//! exists.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

#[path = "documents/constants.rs"]
mod constants;
#[path = "documents/counted.rs"]
mod counted;
#[path = "documents/errors.rs"]
mod errors;
#[path = "documents/examples.rs"]
mod examples;
#[path = "documents/launchers.rs"]
mod launchers;
#[path = "documents/manifests.rs"]
mod manifests;
#[path = "documents/openapi.rs"]
mod openapi;
#[path = "documents/pages.rs"]
mod pages;
#[path = "documents/quoted.rs"]
mod quoted;
#[path = "documents/repository.rs"]
mod repository;
#[cfg(unix)]
#[path = "documents/scripts.rs"]
mod scripts;
#[path = "documents/wording.rs"]
mod wording;

use std::path::Path;

use mileston_tests::compile::workspace;

#[test]
fn patterns_in_the_document_match_those_in_the_code() {
    use mileston_api::keys::pattern;
    let document = std::fs::read_to_string(workspace().join("openapi/mileston.yaml")).unwrap();
    let document = openapi_keys::Document::parse("openapi/mileston.yaml", &document).unwrap();
    for (scheme, expected) in [
        ("normalKey", pattern::NORMAL_KEY),
        ("checkoutKey", pattern::CHECKOUT_KEY),
        ("businessId", pattern::BUSINESS_ID),
    ] {
        let found = document.get(&["components", "securitySchemes", scheme, "x-pattern"]);
        assert_eq!(found.and_then(|node| node.as_str()), Some(expected), "{scheme}");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    look(&workspace(), &mut silent);
    assert!(silent.is_empty(), "no `//!` on the first line:\n{}", silent.join("\n"));
}

fn look(folder: &Path, silent: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "generated", ".git"].contains(&name.as_str()) {
            look(&path, silent);
        } else if name.ends_with(".rs")
            && !std::fs::read_to_string(&path).unwrap().starts_with("//!")
        {
            silent.push(path.display().to_string());
        }
    }
}
