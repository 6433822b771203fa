//! Tests that Rust code in Markdown pages is compiled: each page is the documentation of an item that
//! only doctests see.
//!
//! `book/src/pages.rs` has the pages of the book. Each README is the documentation of its crate.

use std::collections::BTreeSet;

use mileston_tests::documents::markdown::Kind;

use crate::repository::{read_file, repository};

/// Returns the pages that Rust files include as documentation.
fn included() -> BTreeSet<String> {
    let mut included = BTreeSet::new();
    let files = repository().files.iter();
    for name in files.filter(|name| name.ends_with("/lib.rs") || *name == "book/src/pages.rs") {
        let text = read_file(name);
        for path in text.split("#[doc = include_str!(\"").skip(1) {
            let path = path.split('"').next().unwrap();
            let mut parts: Vec<&str> = name.split('/').collect();
            parts.pop();
            for part in path.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            included.insert(parts.join("/"));
        }
    }
    included
}

/// Pages with Rust that is marked `ignore`, and what compiles it instead.
const IGNORED: [(&str, &str); 7] = [
    ("docs/architecture.md", "nothing: it is generated code without the function bodies"),
    ("docs/extending.md", "tests/tests/first_call.rs"),
    ("docs/frontend.md", "tests/tests/browser_documents.rs"),
    ("docs/migration.md", "tests/migration"),
    ("docs/prior-art.md", "nothing: it is code for the third-party crates that the page names"),
    ("docs/server.md", "nothing: a part of a server; `tests/other-server` has a complete one"),
    ("mileston-keys/README.md", "nothing: the macros need an environment variable at compile time"),
];

#[test]
fn every_rust_block_is_compiled() {
    let included = included();
    assert!(included.contains("README.md") && included.len() > 10, "{included:?}");
    let mut ignored = BTreeSet::new();
    for (page, pieces) in &repository().pieces {
        for piece in pieces {
            let Kind::Block(info, _) = &piece.kind else { continue };
            let is_rust = info.split(',').any(|word| ["rust", "compile_fail"].contains(&word));
            if is_rust && info.contains("ignore") {
                ignored.insert(page.as_str());
            } else if is_rust {
                let line = piece.line;
                assert!(included.contains(page), "{page}:{line}: this Rust isn't compiled");
            }
        }
    }
    assert_eq!(ignored, IGNORED.map(|(page, _)| page).into());
}

#[test]
fn every_page_in_docs_is_in_the_book() {
    let summary = read_file("docs/SUMMARY.md");
    let listed = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let listed: BTreeSet<String> = listed.map(|name| format!("docs/{name}")).collect();
    let pages = repository().files.iter().filter(|name| {
        name.starts_with("docs/") && name.ends_with(".md") && *name != "docs/SUMMARY.md"
    });
    assert_eq!(listed, pages.cloned().collect());
}
