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
use std::process::Stdio;

use mileston_sandbox::Sandbox;
use tokio::io::{AsyncBufReadExt as _, BufReader};

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_fulfil_an_invoice_once() {
    let blocks = readme::blocks(include_str!("../README.md"));
    let [open, pay] = &blocks[..] else { panic!("expected two blocks: {blocks:?}") };
    // Use a free port, because another program may be using port 3000.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let open = open.replace("127.0.0.1:3000", &address).replace("cargo run", "exec cargo run");
    let sandbox = Sandbox::start().await.unwrap();
    let folder = readme::folder(env!("CARGO_TARGET_TMPDIR"));
    let program = env!("CARGO_BIN_EXE_actix-webhook");
    let shell = |script: &str| readme::shell(&sandbox, &folder, "actix-webhook", program, script);

    let mut endpoint =
        shell(&open).env("ENDPOINT_ADDRESS", &address).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(endpoint.stdout.take().unwrap()).lines();
    while !lines
        .next_line()
        .await
        .unwrap()
        .unwrap()
        .ends_with(&format!("http://{address}/mileston"))
    {}
    assert!(shell(pay).status().await.unwrap().success());
    let line = lines.next_line().await.unwrap().unwrap();
    assert!(line.starts_with("invoice-paid ") && line.ends_with(": paid, and fulfilled"), "{line}");
    let delivery = &sandbox.webhooks().deliveries(1).await.unwrap()[0];
    sandbox.webhooks().redeliver(delivery.number).await.unwrap();
    let line = lines.next_line().await.unwrap().unwrap();
    assert!(line.ends_with(": already fulfilled"), "{line}");
    endpoint.kill().await.unwrap();
}
