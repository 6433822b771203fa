//! Tests that our client sends the same requests as the vendor's SDKs, except for named differences. To compare the
//! requests, our client repeats every recorded call.
//!
//! The differences are in `tests/src/wire/differences.rs`. To also test another recording in the same format, run
//! `GOLDEN_DIR=<folder> cargo test -p mileston-tests --test wire -- --nocapture`.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

#[path = "wire/comparer.rs"]
mod comparer;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mileston_api::catalogue::OPERATIONS;
use mileston_tests::compile::workspace;
use mileston_tests::wire::IN_NO_SDK;
use mileston_tests::wire::differences::{DIFFERENCES, Seen};
use mileston_tests::wire::judge::Bench;
use mileston_tests::wire::table::Table;
use mileston_tests::wire::trace::{Recording, golden};

fn written() -> PathBuf {
    workspace().join("tests/tests/wire/written")
}

/// Compares all traces of a recording and prints the table. If traces differ, panics with a report.
async fn run(folder: &Path) -> Table {
    let recording = Recording::read(folder).unwrap();
    let table = Table::of(&recording, &Bench::start().unwrap()).await;
    println!("{}\n{table}", folder.display());
    let (failed, total) = (table.failures.len(), table.total());
    assert_eq!(failed, 0, "{failed} of {total} traces differ:\n{}", table.report());
    table
}

fn assert_no_dead_entry(seen: Seen, table: &Table) {
    let used = table.used();
    let dead = DIFFERENCES.iter().filter(|difference| difference.seen == seen);
    let dead: Vec<_> = dead.map(|it| it.name).filter(|name| !used.contains(name)).collect();
    assert!(dead.is_empty(), "no trace needs these differences: {dead:?}");
}

/// Tests the recorded calls, and then the recording in `GOLDEN_DIR`, if it is set. The recording in
/// `GOLDEN_DIR` doesn't need to contain every difference.
#[tokio::test]
async fn recorded_calls_send_the_same_requests() {
    assert_no_dead_entry(Seen::Recorded, &run(&golden()).await);
    if let Some(folder) = std::env::var_os("GOLDEN_DIR").map(PathBuf::from) {
        let from_root = workspace().join(&folder);
        run(if folder.exists() { &folder } else { &from_root }).await;
    }
}

#[tokio::test]
async fn hand_written_calls_send_the_same_requests() {
    assert_no_dead_entry(Seen::Written, &run(&written()).await);
}

#[tokio::test]
async fn every_operation_is_compared() {
    let bench = Bench::start().unwrap();
    let mut compared = BTreeSet::new();
    for folder in [golden(), written()] {
        compared.extend(Table::of(&Recording::read(&folder).unwrap(), &bench).await.operations);
    }
    let ids = OPERATIONS.iter().map(|operation| operation.id);
    let ids = ids.filter(|id| !IN_NO_SDK.contains(id));
    let missing: Vec<_> = ids.filter(|id| !compared.contains(*id)).collect();
    assert!(
        missing.is_empty(),
        "no trace covers {missing:?}: add the SDK's call to tests/src/wire/call/ and ours to tests/src/wire/ours.rs, \
         and a trace to tests/golden or tests/tests/wire/written; or, if neither SDK has it, add its line to `IN_NO_SDK` in \
         tests/src/wire.rs:\n{}",
        missing.iter().map(|id| format!("    \"{id}\",\n")).collect::<String>()
    );
}

#[test]
fn differences_have_unique_names_and_a_reason() {
    for (at, difference) in DIFFERENCES.iter().enumerate() {
        let name = difference.name;
        assert!(!difference.reason.is_empty(), "{name} has no reason");
        assert!(DIFFERENCES[..at].iter().all(|other| other.name != name), "{name} is a duplicate");
    }
}
