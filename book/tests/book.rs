//! Tests that this repository's book builds, and that a mistake in a page is reported.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails at the first unexpected result"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mileston_book::{build, check_pictures, draw};

/// Creates an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_book_builds() {
    let out = folder("book");
    build(&tools::workspace(), &out).unwrap();
    assert!(out.join("index.html").is_file());
}

#[test]
fn the_pictures_show_the_tables_on_the_page() {
    check_pictures(&tools::workspace()).unwrap();

    let root = folder("pictures");
    std::fs::create_dir_all(root.join("docs")).unwrap();
    let page = root.join("docs/performance.md");
    let text = std::fs::read_to_string(tools::workspace().join("docs/performance.md")).unwrap();
    std::fs::write(&page, &text).unwrap();
    assert_eq!(draw(&root).unwrap().len(), 5);
    check_pictures(&root).unwrap();
    let check = |old: &str, new: &str, expected: &str| {
        std::fs::write(&page, text.replace(old, new)).unwrap();
        let problem = check_pictures(&root).unwrap_err();
        assert!(problem.contains(expected), "{problem}");
    };
    check("| 84,442 |", "| 84,443 |", "instructions.svg differs from the table");
    check("84,344 if", "84,345 if", "the alternative text of instructions.svg has 84,345");
    check("](pictures/prism.svg)", "](pictures/sdk.svg)", "doesn't show prism.svg");
}

/// Builds a book of two pages. `page` is the text of the first page.
#[track_caller]
fn check(name: &str, summary: &str, page: &str, expected: Result<(), &str>) {
    let root = folder(name);
    let docs = root.join("docs");
    std::fs::create_dir_all(&docs).unwrap();
    let config = std::fs::read_to_string(tools::workspace().join("docs/book.toml")).unwrap();
    std::fs::write(docs.join("book.toml"), config).unwrap();
    std::fs::write(docs.join("book.css"), "").unwrap();
    std::fs::write(docs.join("SUMMARY.md"), summary).unwrap();
    std::fs::write(docs.join("one.md"), page).unwrap();
    std::fs::write(docs.join("two.md"), "# Two\n\n## What it's for\n").unwrap();
    std::fs::write(root.join("README.md"), "# It\n").unwrap();
    match (build(&root, &root.join("out")), expected) {
        (Ok(()), Ok(())) => {}
        (Err(failure), Err(part)) => assert!(failure.to_string().contains(part), "{failure}"),
        (found, expected) => panic!("{name}: {found:?}, expected {expected:?}"),
    }
}

#[test]
fn a_mistake_in_a_page_is_reported() {
    let both = "- [One](one.md)\n- [Two](two.md)\n";
    check("good", both, "# One\n\n[two](two.md#what-its-for) [it](../README.md)\n", Ok(()));
    let gone = "one.html: the page has no such heading: (two.html#gone)";
    check("heading", both, "# One\n\n[two](two.md#gone)\n", Err(gone));
    let gone = "docs/one.md: no such file: (../GONE.md)";
    check("outside", both, "# One\n\n[it](../GONE.md)\n", Err(gone));
    let gone = "one.html: the link is broken: (two.html)";
    check("not listed", "- [One](one.md)\n", "# One\n\n[two](two.md)\n", Err(gone));
    check("warning", both, "# One\n\n<b>bold\n", Err("unclosed HTML tag `<b>` found in `one.md`"));
    let gone = "[Three](three.md)";
    check("chapter", &format!("{both}- {gone}\n"), "# One\n", Err("three.md"));
}

/// Runs the program in the same way as mdBook's own command.
#[test]
fn the_program_works_as_a_preprocessor_for_mdbook() {
    let program = env!("CARGO_BIN_EXE_mileston-book");
    let supports = Command::new(program).args(["preprocess", "supports", "html"]).status();
    assert!(supports.unwrap().success());
    let root = tools::workspace().join("docs");
    let chapter = serde_json::json!({ "Chapter": {
        "name": "One", "content": "[it](../README.md)", "number": [1], "sub_items": [],
        "path": "one.md", "source_path": "one.md", "parent_names": [],
    } });
    let context = serde_json::json!({
        "root": root, "config": { "book": { "src": "." } }, "renderer": "html", "mdbook_version": "0.5.4",
    });
    let input = serde_json::json!([context, { "items": [chapter] }]).to_string();
    let mut command = Command::new(program);
    command.arg("preprocess").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let book: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let content = book["items"][0]["Chapter"]["content"].as_str().unwrap();
    assert_eq!(content, concat!("[it](", env!("CARGO_PKG_REPOSITORY"), "/blob/HEAD/README.md)"));
}
