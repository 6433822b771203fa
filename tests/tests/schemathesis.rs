//! Tests that the sandbox's responses match the document for any request, according to schemathesis, an independent
//! tool.
//!
//! For a longer run with a different seed, run `MILESTON_SCHEMATHESIS_EXAMPLES=500 MILESTON_SCHEMATHESIS_SEED=2 cargo
//! test -p mileston-tests --test schemathesis`. `tests/schemathesis` contains what schemathesis can't derive from the
//! document.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::path::Path;
use std::time::Duration;

use mileston_api::catalogue::OPERATIONS;
use mileston_sandbox::Sandbox;
use mileston_tests::compile::workspace;
use mileston_tests::program;
use mileston_tests::tools::{self, say};
use serde_json::json;
use tokio::process::Command;

/// The number of examples for each operation in a normal run.
const EXAMPLES: u64 = 8;
const SEED: u64 = 1;
/// Advice on adding an operation, printed if the test fails.
const HELP: &str = "\nFor a new operation, add what the document can't express to tests/schemathesis/rules.py (rules), values.py \
    (formats), things.py (existing things, by the format of their id), credentials.py (the key that a path needs) or \
    schemathesis.toml (a check that doesn't apply).";

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_responds_as_documented() {
    let (programs, folder) = match tools::python("tests/schemathesis") {
        Ok(ready) => ready,
        Err(missing) => return tools::skip("schemathesis", &missing).unwrap(),
    };
    let sandbox = Sandbox::start().await.unwrap();
    let examples = number("MILESTON_SCHEMATHESIS_EXAMPLES", EXAMPLES);
    let seed = number("MILESTON_SCHEMATHESIS_SEED", SEED);
    let mut command = Command::new(programs.join("schemathesis"));
    command
        .arg("--config-file")
        .arg(folder.join("schemathesis.toml"))
        .arg("run")
        .arg(workspace().join("openapi/mileston.yaml"))
        .args(["--url", sandbox.url(), "--no-color"])
        .args(["--seed", &seed.to_string(), "--max-examples", &examples.to_string()])
        .current_dir(fresh(&mileston_tests::metadata::target().join("tests/schemathesis")))
        .env("PYTHONPATH", folder)
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("MILESTON_SANDBOX", credentials(&sandbox))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let limit = Duration::from_secs(60 + 10 * examples);
    let output = program::run(&mut command, "", limit).await;
    let output = output.unwrap_or_else(|error| panic!("schemathesis: {error}"));
    let said = without_secrets(&sandbox, &String::from_utf8_lossy(&output.stdout));
    let failed = String::from_utf8_lossy(&output.stderr);
    let counts = counts(&said).unwrap_or_else(|| panic!("schemathesis: {said}\n{failed}"));
    say(&format!("schemathesis: {examples} examples, seed {seed}: {}", counts.join("; ")));
    assert!(output.status.success(), "{said}\n{failed}{HELP}");
    let all = format!("Tested: {}", OPERATIONS.len());
    assert!(said.contains(&all), "not all operations were tested:\n{said}");
}

/// Returns three lines of schemathesis's summary: the number of operations, the number of cases, and the last line.
fn counts(said: &str) -> Option<Vec<String>> {
    let line = |words: &str| said.lines().find(|line| line.contains(words));
    let last = said.lines().rev().find(|line| !line.is_empty())?;
    let found = [line("Tested: ")?, line("generated, ").or_else(|| line(" generated"))?, last];
    Some(found.map(|line| line.trim_matches(['=', ' ']).to_owned()).into())
}

/// Returns an empty folder to run in, because data that one run stores would change the next run.
fn fresh(folder: &Path) -> &Path {
    drop(std::fs::remove_dir_all(folder));
    std::fs::create_dir_all(folder).unwrap();
    folder
}

fn number(variable: &str, otherwise: u64) -> u64 {
    match std::env::var_os(variable) {
        None => otherwise,
        Some(text) => text
            .to_str()
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| panic!("{variable} must be a whole number")),
    }
}

fn credentials(sandbox: &Sandbox) -> String {
    json!({
        "url": sandbox.url(),
        "business": sandbox.business_id().as_str(),
        "normalKey": sandbox.normal_key().expose_secret(),
        "checkoutKey": sandbox.checkout_key().expose_secret(),
        "walletSecret": sandbox.wallet_secret().expose_secret(),
    })
    .to_string()
}

/// Removes the secrets from the output, because the commands that schemathesis prints for failed calls contain the
/// key.
fn without_secrets(sandbox: &Sandbox, said: &str) -> String {
    let secrets = [
        sandbox.normal_key().expose_secret(),
        sandbox.checkout_key().expose_secret(),
        sandbox.wallet_secret().expose_secret(),
    ];
    secrets.iter().fold(said.to_owned(), |said, secret| said.replace(*secret, "…"))
}
