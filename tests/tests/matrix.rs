//! Tests every operation with every kind of credential. Each combination (a cell of the matrix) compiles, or fails with
//! our message, both for this machine and for a browser. Each target takes two compilations: one of the cells that must
//! compile, and one of the cells that must fail.

#![allow(clippy::panic, reason = "tests may panic")]

use mileston_tests::compile::{Package, workspace};
use mileston_tests::matrix::mileston::{self, CREDENTIALS, expected_scope};
use mileston_tests::matrix::{self, Counts};
use mileston_tests::tools;
use wasm_build::Toolchain;

#[test]
fn every_operation_needs_the_key_of_the_sdk_that_makes_the_call() {
    let (mut missing, mut wrong) = (Vec::new(), Vec::new());
    for row in mileston::rows() {
        let found = row.scope.as_deref().unwrap_or("anyone");
        match expected_scope(&row.id) {
            None => missing.push(format!("        \"{}\",\n", row.id)),
            Some(expected) if expected == found => {}
            Some(expected) => wrong.push(format!("{}: {expected}, not {found}\n", row.id)),
        }
    }
    // The maintainer must choose the key. If the test read the key from the document, it would repeat the document's
    // mistakes.
    assert!(
        missing.is_empty(),
        "in `expected_scope` of tests/src/matrix/mileston.rs, add each of these lines to the list for the key that \
         the SDK uses for the call:\n{}",
        missing.concat()
    );
    assert!(
        wrong.is_empty(),
        "the document requires a different key than the SDKs use:\n{}",
        wrong.concat()
    );
}

#[test]
fn every_function_that_takes_the_values_of_a_body_has_its_arguments_in_the_table() {
    let (mut missing, mut stale) = (Vec::new(), Vec::new());
    for operation in mileston_api::catalogue::OPERATIONS {
        match (operation.from_function, mileston::values(operation.id)) {
            (Some(_), None) => missing.push(format!(
                "        \"{}\" => \"…\", // the arguments of `client.{}().{}`\n",
                operation.id, operation.accessor, operation.function
            )),
            (None, Some(_)) => stale.push(operation.id),
            _ => {}
        }
    }
    assert!(
        missing.is_empty(),
        "in `values` of tests/src/matrix/mileston.rs, add these lines and replace each `…`:\n{}",
        missing.concat()
    );
    assert!(stale.is_empty(), "remove from `values` of tests/src/matrix/mileston.rs: {stale:?}");
}

#[test]
fn every_cell_in_a_browser_compiles_or_fails_with_our_message() {
    let toolchain = match Toolchain::find() {
        Ok(toolchain) => toolchain,
        Err(missing) => {
            return tools::skip("the matrix in a browser", &missing)
                .unwrap_or_else(|why| panic!("{why}"));
        }
    };
    let rows = mileston::rows();
    let package = Package::new("browser-matrix", &workspace());
    let package = package.expect("the target folder is writable");
    let package = package.compiled_by(move |folder| toolchain.cargo(folder));
    let cells = mileston::cells_in_browser(&rows);
    let counts = matrix::check(&package, mileston::BEFORE, &cells, mileston::plain);
    let Counts { compile, refused } = counts.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(compile + refused, rows.len() * CREDENTIALS.len());
    tools::say(&format!(
        "matrix in a browser: {} operations × {} credentials: {compile} compile, {refused} fail with our message",
        rows.len(),
        CREDENTIALS.len(),
    ));
}

#[test]
fn every_cell_compiles_or_fails_with_our_message() {
    let rows = mileston::rows();
    let package = Package::new("matrix", &workspace()).expect("the target folder is writable");
    let cells = mileston::cells(&rows);
    let counts = matrix::check(&package, mileston::BEFORE, &cells, mileston::plain);
    let Counts { compile, refused } = counts.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(compile + refused, rows.len() * CREDENTIALS.len());
    tools::say(&format!(
        "matrix: {} operations × {} credentials = {} cells checked: {compile} compile, {refused} fail with our message",
        rows.len(),
        CREDENTIALS.len(),
        cells.len(),
    ));
}
