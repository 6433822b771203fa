//! Tests that the files of a crate don't import each other in a cycle, so that a reader can read
//! each file before the files that use it.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::compile::workspace;
use mileston_tests::modules;

/// Pairs of files that may import each other: the crate, both files, and the reason.
const ALLOWED: &[(&str, [&str; 2], &str)] = &[
    (
        "mileston-api",
        ["batch.rs", "generated/types"],
        "a hand-written body contains a generated type, and is exported with the generated types",
    ),
    (
        "runtime",
        ["call/methods.rs", "call/with_response.rs"],
        "the macro's methods return a `CallWithResponse`, and the methods of that type come from the same macro",
    ),
];

#[test]
fn runtime_files_are_not_in_import_cycles() {
    check("runtime");
}

#[test]
fn client_files_are_not_in_import_cycles() {
    check("mileston-api");
}

#[test]
fn fleet_files_are_not_in_import_cycles() {
    check("mileston-fleet");
}

#[test]
fn frontend_builder_files_are_not_in_import_cycles() {
    check("wasm-build");
}

#[test]
fn sandbox_files_are_not_in_import_cycles() {
    check("mileston-sandbox");
}

#[track_caller]
fn check(krate: &str) {
    let files = modules::read(&workspace().join(krate).join("src")).unwrap();
    let imports = modules::imports(&files).unwrap();
    assert!(!imports.is_empty(), "{krate}/src: no file imports another, so nothing was checked");
    let cycles = modules::cycles(&imports);
    let allowed: Vec<_> = ALLOWED.iter().filter(|(name, ..)| *name == krate).collect();
    let mut wrong = Vec::new();
    for cycle in &cycles {
        if !allowed.iter().any(|(_, [one, other], _)| cycle.is_pair(one, other)) {
            wrong.push(format!(
                "{krate}/src: {cycle}\nMove the shared items to a file that doesn't import any of these files."
            ));
        }
    }
    for (_, [one, other], reason) in allowed {
        if !cycles.iter().any(|cycle| cycle.is_pair(one, other)) {
            wrong.push(format!(
                "{krate}/src: {one} and {other} aren't a cycle of two files: remove them from `ALLOWED` ({reason})"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_allowed_pair_has_a_reason_and_a_crate_that_is_checked() {
    for (krate, files, reason) in ALLOWED {
        assert!(["runtime", "mileston-api"].contains(krate), "{krate} isn't checked: {files:?}");
        assert!(!reason.is_empty(), "{files:?} need a reason");
    }
}
