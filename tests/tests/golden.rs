//! Tests the golden files that record how the vendor's SDKs handle responses and redirects, and what the SDKs' hooks
//! and components send. `wire.rs` tests the other files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

#[path = "golden/calls.rs"]
mod calls;
#[path = "golden/cited.rs"]
mod cited;
#[path = "golden/described.rs"]
mod described;
#[path = "golden/redirects.rs"]
mod redirects;
#[path = "golden/responses.rs"]
mod responses;

use serde_json::Value;

/// Returns the lines of a golden file.
fn lines(file: &str) -> Vec<Value> {
    let path = mileston_tests::wire::trace::golden().join(format!("{file}.jsonl"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty(), "{file}");
    lines
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_else(|| panic!("no text `{field}` in {value}"))
}
