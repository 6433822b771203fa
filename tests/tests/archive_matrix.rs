//! Tests the operations of `tests/other-api/archive.yaml` with the credentials that a client can hold. Each combination
//! (a cell of the table) compiles, or fails with our message. The table is hand-written.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;

use mileston_tests::archive::holders::{HOLDERS, Held};
use mileston_tests::compile::Package;
use mileston_tests::matrix::archive::{self, ROWS};
use mileston_tests::matrix::{self, Counts};
use mileston_tests::tools;
use openapi_keys_runtime::Operation;
use other_api::archive::catalogue::OPERATIONS;

#[test]
fn every_operation_accepts_the_credentials_in_the_table() {
    let ids: BTreeSet<&str> = ROWS.iter().map(|row| row.id).collect();
    let found: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    assert_eq!(
        ids, found,
        "`ROWS` in tests/src/matrix/archive.rs must have the document's operations"
    );
    for operation in OPERATIONS {
        let row = ROWS.iter().find(|row| row.id == operation.id).unwrap();
        assert_eq!(row.function, operation.function);
        assert_eq!(row.bound, operation.bound.unwrap_or_default(), "{}", row.id);
        for holder in HOLDERS {
            assert_eq!(
                (row.allowed)(holder.held),
                meets(operation, holder.held),
                "{} × {}: the table and `security` in the document disagree",
                row.id,
                holder.name
            );
        }
    }
}

/// Returns whether the credentials meet `security` as OpenAPI defines it: they include all schemes
/// of one alternative, with all scopes.
fn meets(operation: &Operation, held: Held) -> bool {
    let alternatives = operation.security;
    alternatives.is_empty()
        || alternatives.iter().any(|alternative| {
            alternative.schemes.iter().all(|required| {
                required.scopes.iter().all(|scope| archive::declares(held, required.name, scope))
                    && archive::has(held, required.name)
            })
        })
}

#[test]
fn every_cell_compiles_or_fails_with_our_message() {
    let package = Package::of_other_api("archive-matrix").unwrap();
    let cells = archive::cells(ROWS);
    let counts =
        matrix::check(&package, &archive::before("other_api::archive"), &cells, archive::plain);
    let Counts { compile, refused } = counts.unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(compile + refused, ROWS.len() * HOLDERS.len());
    tools::say(&format!(
        "archive matrix: {} operations × {} holders = {} cells checked: {compile} compile, {refused} fail with our message",
        ROWS.len(),
        HOLDERS.len(),
        cells.len(),
    ));
}

#[test]
fn a_bound_in_generic_code_allows_only_its_operation() {
    let package = Package::of_other_api("archive-bounds").unwrap();
    let cells = archive::generic_cells();
    let counts =
        matrix::check(&package, &archive::before("other_api::archive"), &cells, archive::plain);
    let Counts { compile, refused } = counts.unwrap_or_else(|wrong| panic!("{wrong}"));
    tools::say(&format!(
        "archive matrix, generic: {} cells checked: {compile} compile, {refused} fail with our message",
        cells.len(),
    ));
}
