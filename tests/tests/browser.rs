//! Tests the pages of a running sandbox in headless Chromium (`tests/browser/stories`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::path::Path;

use mileston_api::tokens;
use mileston_sandbox::Sandbox;
use mileston_tests::{browser, tools};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_work_in_a_browser() {
    let tools = tools::chromium().and_then(|path| Ok((path, tools::node("tests/browser")?)));
    let (chromium, (node, folder)) = match tools {
        Ok(tools) => tools,
        Err(missing) => return tools::skip("the browser tests", &missing).unwrap(),
    };
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let settings = settings(&sandbox, &chromium);
    let run = browser::run((&node, &folder), "run.mjs", &settings).await;
    let run = run.unwrap_or_else(|error| panic!("{error}"));
    println!("{}", run.text);
    let count = |name: &str| run.counts[name].as_u64().unwrap();
    tools::say(&format!(
        "browser: {} stories, {} checks, {} requests checked, {} screenshots in {}",
        count("stories"),
        count("checks"),
        count("requests"),
        count("screenshots"),
        browser::screenshots().display(),
    ));
    assert_eq!(count("failed"), 0, "{}", run.text);
    assert!(count("stories") > 0 && count("checks") > 0 && count("requests") > 0);
}

fn settings(sandbox: &Sandbox, chromium: &Path) -> Value {
    let names = |list: &[_]| list.iter().map(ToString::to_string).collect::<Vec<String>>();
    let tokens = tokens::TABLE.iter().map(|row| {
        let chain = row.chain.to_string();
        json!({ "chain": chain, "live": names(row.live), "test": names(row.test) })
    });
    json!({
        "url": sandbox.url(),
        "businessId": sandbox.business_id().as_str(),
        "normalKey": sandbox.normal_key().expose_secret(),
        "checkoutKey": sandbox.checkout_key().expose_secret(),
        "walletSecret": sandbox.wallet_secret().expose_secret(),
        "liveNormalKey": sandbox.live_normal_key().unwrap().expose_secret(),
        "tokens": tokens.collect::<Vec<_>>(),
        "chromium": chromium,
        "screenshots": browser::screenshots(),
    })
}
