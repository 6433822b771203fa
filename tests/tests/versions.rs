//! Tests how changes to an OpenAPI document affect programs. A program that was written for the old client must
//! compile, or fail to compile, with the new client, as docs/versions.md describes.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

#[path = "versions/changes.rs"]
mod changes;

use std::collections::BTreeSet;

use changes::{CHANGES, Change, Level};
use mileston_tests::compile::{Package, workspace};
use openapi_keys::{Files, Settings};

const DOCUMENT: &str = include_str!("versions/openapi.yaml");
const PROGRAM: &str = include_str!("versions/program.rs.txt");
const PAGE: &str = "docs/versions.md";

/// Generates the client for the changed document, in the module `crate::generated::NAME`.
fn client(change: &Change, name: &str) -> Files {
    let mut document = DOCUMENT.to_owned();
    for (old, new) in change.edits {
        assert_eq!(document.matches(old).count(), 1, "{}: {old:?}", change.name);
        document = document.replace(old, new);
    }
    let settings =
        Settings::new("a test", "openapi.yaml").with_module(&format!("crate::generated::{name}"));
    let output = openapi_keys::generate(&document, &settings);
    output.unwrap_or_else(|error| panic!("{}: {error}", change.name)).client
}

/// Returns a package with these clients, and code that contains a copy of the program for each client.
fn package(clients: &[(String, Files)]) -> (Package, String) {
    let mut files = Files::new();
    let mut modules = String::new();
    let mut code = "#![allow(dead_code)]\n\nmod generated;\n".to_owned();
    for (name, client) in clients {
        modules.push_str(&format!("pub mod {name};\n"));
        let module = format!("crate::generated::{name}");
        code.push_str(&format!(
            "\nmod program_of_{name} {{\n{}}}\n",
            PROGRAM.replace("MODULE", &module)
        ));
        for (file, text) in client {
            files.insert(format!("{name}/{file}"), text.clone());
        }
    }
    files.insert("mod.rs".to_owned(), modules);
    (Package::of_generated("versions", &files).unwrap(), code)
}

/// Returns the code without comments, to see whether a change affects more than documentation.
fn code(client: &Files) -> String {
    let lines = client.values().flat_map(|text| text.lines());
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn programs_compile_after_patch_and_minor_changes_but_not_after_major_ones() {
    let old = code(&client(&Change { name: "none", level: Level::Patch, edits: &[] }, "it"));
    let mut compatible = Vec::new();
    let mut other = Vec::new();
    for (number, change) in CHANGES.iter().enumerate() {
        let is_same = code(&client(change, "it")) == old;
        assert_eq!(is_same, change.level == Level::Patch, "{}: is the code the same?", change.name);
        let name = format!("change_{number}");
        let client = (name.clone(), client(change, &name));
        match change.level {
            Level::Patch | Level::Minor => compatible.push(client),
            Level::Major => other.push((change.name, client)),
        }
    }
    // All these clients are in one crate, so that one compilation checks them all.
    let (package, code) = self::package(&compatible);
    let said = package.check(&code).unwrap();
    assert!(said.is_empty(), "a compatible change breaks the program: {said:#?}");
    for (name, client) in other {
        let (package, code) = self::package(&[client]);
        let said = package.check(&code).unwrap();
        let errors: Vec<&String> = said.values().flatten().collect();
        assert!(!errors.is_empty(), "{name}: the program still compiles");
        let of_program = errors.iter().all(|error| error.contains("--> src/lib.rs"));
        assert!(of_program, "{name}: the client doesn't compile: {errors:#?}");
    }
}

/// Checks that the page's table lists this test's changes, in the same order.
#[test]
fn the_page_lists_each_change_with_its_version() {
    let page = std::fs::read_to_string(workspace().join(PAGE)).unwrap();
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (name, level) = (cells.next()?, cells.next()?);
        ["patch", "minor", "major"].contains(&level).then(|| format!("{name}: {level}"))
    });
    let rows: Vec<String> = rows.collect();
    let expected = CHANGES.iter().map(|change| format!("{}: {}", change.name, change.level.name()));
    assert_eq!(rows, expected.collect::<Vec<_>>(), "{PAGE}");
    let names: BTreeSet<&str> = CHANGES.iter().map(|change| change.name).collect();
    assert_eq!(names.len(), CHANGES.len());
}
