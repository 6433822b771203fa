//! Tests that the library does no input or output. The command does, but it needs the `cli`
//! feature.

#![allow(clippy::unwrap_used, reason = "a test stops at the first error")]

use std::fs;
use std::path::{Path, PathBuf};

/// The names that code needs for input and output.
const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time",
    "print!(",
    "println!(",
    "eprint!(",
    "eprintln!(",
    "dbg!(",
    "env!(",
    "include_str!(",
    "include_bytes!(",
    ".exists()",
    ".is_file()",
    ".is_dir()",
    ".canonicalize(",
    ".read_dir(",
];

/// Uses of these names that do no input or output.
const HARMLESS: &[&str] = &[
    // Package information that is known at compile time, for file headers and generated code.
    "env!(\"CARGO_PKG_VERSION\")",
    "env!(\"CARGO_PKG_NAME\")",
    // A type for durations in generated code.
    "use ::std::time::Duration;",
    // Example code in generated documentation.
    "format!(\"println!(",
    // A thread with a larger stack for deeply nested documents, and a thread for each core.
    "use std::thread;",
    // The README and the pages that are tested with this crate's documentation.
    "#[doc = include_str!(\"../",
];

#[test]
fn only_the_command_reads_and_writes() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&source, &mut files);
    files.retain(|file| {
        let name = file.strip_prefix(&source).unwrap();
        let of_the_command =
            name.starts_with("cli") || name.starts_with("bin") || name == Path::new("cli.rs");
        !of_the_command && !name.ends_with("tests.rs")
    });
    assert!(files.len() > 100, "the crate must have more than {} files", files.len());
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        found.extend(outside(&text).map(|line| format!("{}: {line}", file.display())));
    }
    assert!(found.is_empty(), "the library must not do input or output:\n{}", found.join("\n"));
}

/// Returns lines of code that do input or output.
fn outside(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| {
        let code = line.trim_start();
        let code = HARMLESS.iter().fold(code.to_owned(), |code, it| code.replace(it, ""));
        !code.starts_with("//") && OUTSIDE.iter().any(|word| code.contains(word))
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn input_and_output_are_detected() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    let mut files = Vec::new();
    collect(&source, &mut files);
    let found =
        files.iter().filter(|file| outside(&fs::read_to_string(file).unwrap()).next().is_some());
    assert!(found.count() > 5);
    assert_eq!(
        outside("/// std::fs\n//! std::env\nuse std::fs;\n").collect::<Vec<_>>(),
        ["use std::fs;"]
    );
}
