//! Tests that the sandbox's store depends on neither HTTP nor the layers above the store.

use std::collections::BTreeSet;

use mileston_tests::compile::workspace;
use mileston_tests::modules::{self, Files};
use proc_macro2::{TokenStream, TokenTree};

/// The files of the sandbox that the store may import.
const ALLOWED: &[&str] = &[
    "chain.rs",
    "credentials.rs",
    "environment.rs",
    "money.rs",
    "random.rs",
    "readings.rs",
    "text/plain.rs",
    "text/shell.rs",
    "webhooks/adversary.rs",
    "webhooks/attempt.rs",
    "webhooks/schedule.rs",
];

/// The HTTP crates.
const HTTP: [&str; 4] = ["axum", "http", "hyper", "reqwest"];

fn is_in_store(file: &str) -> bool {
    file == "store.rs" || file.starts_with("store/")
}

fn sandbox() -> Files {
    modules::read(&workspace().join("mileston-sandbox/src")).unwrap()
}

#[test]
fn the_store_imports_only_files_that_do_not_depend_on_http() {
    let imports = modules::imports(&sandbox()).unwrap();
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for import in imports.iter().filter(|import| is_in_store(&import.from)) {
        if is_in_store(&import.to) {
            continue;
        }
        seen.insert(import.to.as_str());
        if !ALLOWED.contains(&import.to.as_str()) {
            wrong.push(format!("{} line {}: {}", import.file, import.line, import.path));
        }
    }
    assert!(
        wrong.is_empty(),
        "the store must not import these files; pass it plain values instead:\n{}",
        wrong.join("\n")
    );
    let unused: Vec<_> = ALLOWED.iter().filter(|file| !seen.contains(*file)).collect();
    assert!(unused.is_empty(), "the store doesn't import {unused:?}: remove them from `ALLOWED`");
}

#[test]
fn no_store_file_is_in_an_import_cycle() {
    let imports = modules::imports(&sandbox()).unwrap();
    let cycles = modules::cycles(&imports);
    let cycles = cycles.iter().filter(|cycle| cycle.files.iter().any(|file| is_in_store(file)));
    let cycles: Vec<String> = cycles.map(ToString::to_string).collect();
    assert!(cycles.is_empty(), "{}", cycles.join("\n\n"));
}

#[test]
fn neither_the_store_nor_its_imports_name_an_http_crate() {
    let (mut read, mut wrong) = (0, Vec::new());
    for (file, text) in sandbox() {
        if !is_in_store(&file) && !ALLOWED.contains(&file.as_str()) {
            continue;
        }
        read += 1;
        let lines = named(&text);
        wrong.extend(lines.iter().map(|(line, name)| format!("{file} line {line}: {name}")));
    }
    assert!(read > ALLOWED.len(), "no file in the store was found");
    assert!(
        wrong.is_empty(),
        "the store must not use HTTP crates; move this code to `platform` or `control`:\n{}",
        wrong.join("\n")
    );
}

/// Returns the HTTP crates that appear before `::` in the code, each with its line.
fn named(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    add(text.parse().unwrap(), &mut found);
    found
}

fn add(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        match tree {
            TokenTree::Group(group) => add(group.stream(), found),
            TokenTree::Ident(name) if HTTP.iter().any(|http| name == http) => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':') {
                    found.push((name.span().start().line, name.to_string()));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn http_crates_are_found_in_code_only() {
    for (text, expected) in [
        ("use axum::http::StatusCode;", &["axum", "http"][..]),
        ("fn f() {\n    a(hyper::body::Bytes::new())\n}", &["hyper"]),
        ("//! axum::Json\nconst A: &str = \"http://127.0.0.1\";", &[]),
        ("let http = 1;", &[]),
    ] {
        let found: Vec<_> = named(text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(found, expected, "{text}");
    }
}
