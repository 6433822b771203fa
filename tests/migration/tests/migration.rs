//! Tests that the JavaScript code and the Rust code in `docs/migration.md` send the same requests, except for the
//! differences that the page lists.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

#[path = "../src/blocks.rs"]
mod blocks;
#[path = "migration/differences.rs"]
mod differences;
#[path = "migration/relay.rs"]
mod relay;
#[path = "migration/sent.rs"]
mod sent;

use std::collections::BTreeSet;
use std::time::Duration;

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::Operation;
use mileston_sandbox::Sandbox;
use mileston_tests::tools::{self, say};
use mileston_tests::wire::IN_NO_SDK;
use mileston_tests::{compile::workspace, program};
use tokio::process::Command;

use blocks::Block;
use differences::DIFFERENCES;
use relay::Relay;
use sent::Sent;

const LIMIT: Duration = Duration::from_secs(60);

fn page(name: &str) -> String {
    std::fs::read_to_string(workspace().join(name)).unwrap()
}

/// Runs a program against a sandbox. Returns the program's requests, grouped by the code block that sent them.
async fn run(command: &mut Command, input: &str, count: usize) -> Vec<Vec<Sent>> {
    // Each program gets its own sandbox. Both sandboxes have the same seed, so they return the same ids.
    let sandbox = Sandbox::builder().seed(7).start().await.unwrap();
    let relay = Relay::start(sandbox.url());
    command
        .env("MILESTON_URL", &relay.origin)
        .env("MILESTON_BUSINESS_ID", sandbox.business_id().as_str())
        .env("MILESTON_KEY", sandbox.normal_key().expose_secret())
        .env("MILESTON_CHECKOUT_KEY", sandbox.checkout_key().expose_secret())
        .env("MILESTON_WALLET_SECRET", sandbox.wallet_secret().expose_secret());
    let output = program::run(command, input, LIMIT).await.unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let mut blocks: Vec<Vec<Sent>> = (0..count).map(|_| Vec::new()).collect();
    for (block, request) in relay.take() {
        blocks[block].push(Sent::of(&request, sandbox.business_id().as_str()));
    }
    blocks
}

async fn run_rust(blocks: &[Block]) -> Vec<Vec<Sent>> {
    run(&mut Command::new(env!("CARGO_BIN_EXE_migration")), "", blocks.len()).await
}

/// Runs the blocks as one JavaScript module, because blocks use the declarations of earlier blocks.
async fn run_javascript(blocks: &[Block]) -> Option<Vec<Vec<Sent>>> {
    let (node, folder) = match tools::node("tests/vendor-sdks") {
        Ok(ready) => ready,
        Err(missing) => {
            tools::skip("JavaScript of docs/migration.md", &missing).unwrap();
            return None;
        }
    };
    let parts = blocks.iter().enumerate();
    let module: String = parts.map(|(at, it)| format!("await at({at});\n{}", it.code)).collect();
    let mut command = Command::new(node);
    command.args(["--import", "./migration.mjs", "--input-type=module", "-"]).current_dir(folder);
    Some(run(&mut command, &module, blocks.len()).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_programs_send_the_same_requests() {
    let page = page("docs/migration.md");
    let (javascript, rust) = pairs(&page);
    let Some(expected) = run_javascript(&javascript).await else { return };
    let sent = run_rust(&rust).await;
    let (mut problems, mut used, mut all) = (Vec::new(), BTreeSet::new(), Vec::new());
    for ((Block { line, heading, .. }, expected), sent) in rust.iter().zip(expected).zip(sent) {
        let expected: Vec<Sent> =
            expected.into_iter().map(|sent| differences::translate(sent, &mut used)).collect();
        if expected != sent {
            let place = format!("line {line}, {heading}");
            problems.push(format!("{place}:\nexpected {expected:#?}\nsent {sent:#?}"));
        }
        all.extend(sent);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let listed: BTreeSet<&str> = DIFFERENCES.iter().map(|difference| difference.text).collect();
    assert_eq!(used, listed, "the page lists a difference that doesn't occur in any block");
    say(&format!("migration: {} blocks, {} requests compared", rust.len(), all.len()));
    let shown = |operation: &Operation| all.iter().any(|sent| sent.is_of(operation));
    let missing = OPERATIONS.iter().filter(|it| !IN_NO_SDK.contains(&it.id) && !shown(it));
    assert_eq!(missing.map(|it| it.id).collect::<Vec<_>>(), [""; 0]);
}

/// Returns the JavaScript blocks and the Rust blocks. On the page, each JavaScript block is followed by the
/// corresponding Rust block.
fn pairs(page: &str) -> (Vec<Block>, Vec<Block>) {
    let (javascript, rust) = (blocks::blocks(page, "js"), blocks::blocks(page, "rust,ignore"));
    let places = |blocks: &[Block]| blocks.iter().map(|it| it.heading.clone()).collect::<Vec<_>>();
    assert_eq!(places(&javascript), places(&rust));
    assert!(javascript.iter().zip(&rust).all(|(before, after)| before.line < after.line));
    (javascript, rust)
}

/// Returns the first cell of each row of the table below this heading.
fn cells(page: &str, heading: &str) -> BTreeSet<String> {
    let section = page.split(&format!("## {heading}\n")).nth(1).unwrap();
    let rows = section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| "));
    rows.skip(2)
        .map(|row| row.split(" | ").next().unwrap().trim_start_matches("| ").to_owned())
        .collect()
}

#[test]
fn the_page_lists_the_differences() {
    let listed = cells(&page("docs/migration.md"), "Differences on the wire");
    assert_eq!(listed, DIFFERENCES.iter().map(|it| it.text.to_owned()).collect());
}

/// Compares the page with `docs/coverage.md`, which lists all methods. `tests/vendor-sdks` checks
/// that list against the packages.
#[test]
fn every_vendor_method_is_on_the_page() {
    let coverage = page("docs/coverage.md");
    let rows = ["Backend SDK", "Frontend SDK"].map(|heading| cells(&coverage, heading));
    let names = rows.iter().flatten().flat_map(|cell| cell.split(", "));
    let names: Vec<&str> =
        names.map(|name| name.trim_matches('`')).filter(|name| !name.starts_with('|')).collect();
    assert!(names.len() > 35, "{names:?}");
    assert_eq!(missing_on_the_page(&names), [""; 0]);
}

/// Checks all exports except types, including those that aren't methods: components, providers and wallets.
#[test]
fn every_export_of_the_frontend_sdk_is_on_the_page() {
    let Ok((_, folder)) = tools::node("tests/vendor-sdks") else { return };
    let types = folder.join("node_modules/mileston-payment-client/dist/index.d.ts");
    let types = std::fs::read_to_string(types).unwrap();
    let (_, exports) = types.rsplit_once("export { ").unwrap();
    let exports = exports.split_once(" }").unwrap().0.split(", ");
    let exports: Vec<&str> = exports.filter(|name| !name.starts_with("type ")).collect();
    assert!(exports.len() > 25, "{exports:?}");
    assert_eq!(missing_on_the_page(&exports), [""; 0]);
}

fn missing_on_the_page<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let text = page("docs/migration.md");
    let code: BTreeSet<String> = pairs(&text).1.into_iter().map(|block| block.heading).collect();
    let (_, tables) = text.split_once("## React hooks\n").unwrap();
    let is_missing = |name: &&str| !code.contains(*name) && !tables.contains(&format!("`{name}`"));
    names.iter().copied().filter(is_missing).collect()
}
