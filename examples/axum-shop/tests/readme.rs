//! Runs the commands in the README as written.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails at the first unexpected result"
)]

#[path = "../../readme.rs"]
mod readme;

use std::net::TcpListener;
use std::time::{Duration, Instant};

use mileston_api::reqwest::{Client, redirect::Policy};
use mileston_sandbox::Sandbox;

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_open_the_shop() {
    let blocks = readme::blocks(include_str!("../README.md"));
    let [open] = &blocks[..] else {
        panic!("expected one more block in the README, found {}", blocks.len())
    };
    // Use a free port, because another program may be using port 3000.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let script = open.replace("127.0.0.1:3000", &address).replace("cargo run", "exec cargo run");
    let sandbox = Sandbox::start().await.unwrap();
    let folder = readme::folder(env!("CARGO_TARGET_TMPDIR"));
    let program = env!("CARGO_BIN_EXE_axum-shop");
    let mut shell = readme::shell(&sandbox, &folder, "axum-shop", program, &script);
    let mut shop = shell.env("SHOP_ADDRESS", &address).spawn().unwrap();

    let browser = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let start = Instant::now();
    let page = loop {
        assert_eq!(shop.try_wait().unwrap(), None, "the shop has exited");
        match browser.get(format!("http://{address}")).send().await {
            Ok(response) => break response.text().await.unwrap(),
            Err(error) => assert!(start.elapsed() < Duration::from_secs(20), "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert!(page.contains("costs $25.00"), "{page}");
    let webhooks = sandbox.webhooks().list().await.unwrap();
    assert_eq!(webhooks[0].url, format!("http://{address}/mileston"));
    shop.kill().await.unwrap();
}
