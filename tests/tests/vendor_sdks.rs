//! Tests the sandbox with the vendor's two unmodified SDKs. Every method must work, and every call with invalid
//! credentials must be rejected.
//!
//! The scripts are in `tests/vendor-sdks`. This test starts a sandbox, runs the scripts and checks their results.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use mileston_sandbox::{Credentials, Sandbox};
use mileston_tests::program;
use mileston_tests::tools::{self, say};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::process::Command;

const LIMIT: Duration = Duration::from_secs(120);

/// The summary that `tests/vendor-sdks/run.mjs` prints.
#[derive(Deserialize)]
struct Found {
    versions: BTreeMap<String, String>,
    /// The methods that the packages contain.
    methods: Vec<String>,
    /// The methods that succeeded at least once.
    exercised: Vec<String>,
    /// The comparison with the vendor's types.
    types: Types,
    checks: usize,
    failures: Vec<String>,
}

/// The counts from `tests/vendor-sdks/src/types/check.mjs`.
#[derive(Deserialize)]
struct Types {
    responses: usize,
    /// The number of fields that the types declare.
    fields: usize,
    /// The number of required fields that responses lack.
    missing: usize,
    /// The number of exceptions in `tests/vendor-sdks/src/types/exceptions.mjs`.
    exceptions: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vendors_own_sdks_work_with_the_sandbox() {
    let (node, folder) = match tools::node("tests/vendor-sdks") {
        Ok(ready) => ready,
        Err(missing) => return tools::skip("vendor SDKs", &missing).unwrap(),
    };
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let test_only = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let mut command = Command::new(node);
    command.args(["--import", "./preload.mjs", "run.mjs"]).current_dir(folder);
    let start = Instant::now();
    let output = program::run(&mut command, &settings(&sandbox, &test_only, &other), LIMIT).await;
    let output = output.unwrap_or_else(|error| panic!("run.mjs: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run.mjs: {said}");
    let found: Found = serde_json::from_slice(&output.stdout).unwrap();
    say(&format!(
        "vendor SDKs: {} methods, {} checks, {} failures ({:.1} s; {:?})",
        found.exercised.len(),
        found.checks,
        found.failures.len(),
        start.elapsed().as_secs_f64(),
        found.versions,
    ));
    let Types { responses, fields, missing, exceptions } = found.types;
    say(&format!(
        "{responses} responses and {fields} fields compared with the vendor's types, {missing} missing \
         ({exceptions} named exceptions)"
    ));
    assert!(found.failures.is_empty(), "{}", found.failures.join("\n"));
    assert!(
        responses > 500 && fields > 4000 && missing == 0,
        "too few fields were compared, or required fields are missing"
    );
    // The scripts must call every method of the packages.
    assert_eq!(found.exercised, found.methods);
    assert!(found.methods.len() > 50 && found.checks > 1000, "too few methods were called");
}

fn settings(sandbox: &Sandbox, test_only: &Sandbox, other: &Credentials) -> String {
    let mut settings = credentials(sandbox.credentials());
    settings["origin"] = sandbox.url().into();
    settings["other"] = credentials(other);
    settings["testOnly"] = credentials(test_only.credentials());
    settings["testOnly"]["origin"] = test_only.url().into();
    settings.to_string()
}

fn credentials(of: &Credentials) -> Value {
    let live = |key: Option<&str>| key.map(str::to_owned);
    json!({
        "business": of.business_id().as_str(),
        "normalKey": of.normal_key().expose_secret(),
        "checkoutKey": of.checkout_key().expose_secret(),
        "walletSecret": of.wallet_secret().expose_secret(),
        "liveNormalKey": live(of.live_normal_key().map(|key| key.expose_secret())),
        "liveCheckoutKey": live(of.live_checkout_key().map(|key| key.expose_secret())),
    })
}
