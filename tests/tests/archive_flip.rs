//! Changes the default `security` of `tests/other-api/archive.yaml`, and the `security` of some operations. Each
//! combination of an operation and a client's credentials (a cell) compiles or fails to compile. Tests that the result
//! changes only for the affected operations. The client is generated again from the changed document, and all cells are
//! compiled together.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::archive::holders::HOLDERS;
use mileston_tests::compile::{Package, workspace};
use mileston_tests::copy;
use mileston_tests::matrix::archive::{self, ROWS, Row, declares, has};
use mileston_tests::matrix::{self, Refusal};
use mileston_tests::tools;
use openapi_keys::Settings;

const DEFAULT: &str = "security: [{ catalogueKey: [] }]\npaths:";
const OPEN: &str = "      security: []\n";

/// Operations with a changed `security`.
const CHANGED: &[(&str, &str)] = &[
    // No credential is needed.
    ("printLabels", "[]"),
    // The credential is no longer optional: `{}` is removed.
    ("countVisits", "[{ deskKey: [] }]"),
    // The first operation needs one scope fewer. The second needs an additional scope.
    ("moveRecords", "[{ login: [records.read] }]"),
    ("readProfile", "[{ login: [records.audit] }]"),
    // An additional alternative.
    ("readMaps", "[{ kiosk: [] }, { badge: [], visit: [] }]"),
];

/// Returns the hand-written table for the changed document.
fn rows() -> Vec<Row> {
    let mut rows = ROWS.to_vec();
    let mut change = |id, needs, allowed| {
        let row = rows.iter_mut().find(|row| row.id == id).unwrap();
        (row.needs, row.allowed) = (needs, allowed);
    };
    // `readCounters` uses the document's default. So does `readNotice`, whose own `security` is removed.
    change("readCounters", "a `Visit`", |held| has(held, "visit"));
    change("readNotice", "a `Visit`", |held| has(held, "visit"));
    change("printLabels", "", |_| true);
    change("countVisits", "a `DeskKey`", |held| has(held, "deskKey"));
    change("moveRecords", "a `Login` token with the scope `records.read`", |held| {
        declares(held, "login", "records.read")
    });
    change("readProfile", "a `Login` token with the scope `records.audit`", |held| {
        declares(held, "login", "records.audit")
    });
    change("readMaps", "a `Badge` and a `Visit`, or a `Kiosk`", |held| {
        has(held, "kiosk") || has(held, "badge") && has(held, "visit")
    });
    rows
}

#[test]
fn changing_the_default_or_an_override_flips_only_the_affected_cells() {
    let root = workspace().join("tests/other-api/archive.yaml");
    let document = std::fs::read_to_string(root).unwrap();
    assert_eq!((document.matches(DEFAULT).count(), document.matches(OPEN).count()), (1, 1));
    let document = document
        .replace(DEFAULT, "security: [{ visit: [] }]\npaths:")
        // An operation without `security` uses the document's default.
        .replace(OPEN, "");
    let document = copy::edit(&document, CHANGED).unwrap();
    let settings = Settings::new("a test", "archive.yaml")
        .with_module("crate::generated")
        .with_scoped_schemes(["permit"]);
    let output = openapi_keys::generate(&document, &settings).unwrap();

    let package = Package::of_generated("archive-flip", &output.client).unwrap();
    let rows = rows();
    let cells = archive::cells(&rows);
    let before = format!("mod generated;\n{}", archive::before("generated"));
    let said = package.check(&matrix::code(&before, &cells)).unwrap();
    let wrong = matrix::wrong(&before, &cells, &said, archive::plain);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let expected = |cells: &[matrix::Cell]| -> Vec<Option<Refusal>> {
        cells.iter().map(|cell| cell.refusal.clone()).collect()
    };
    let (old, new) = (expected(&archive::cells(ROWS)), expected(&cells));
    let flipped = old.iter().zip(&new).filter(|(old, new)| old.is_some() != new.is_some()).count();
    let changed = CHANGED.len() + 2;
    assert!(flipped > changed, "{flipped}");
    tools::say(&format!(
        "archive flip: {changed} operations of {} × {} holders: {flipped} cells flipped, and no others",
        ROWS.len(),
        HOLDERS.len(),
    ));
}
