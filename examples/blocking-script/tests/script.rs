//! Runs the script as a program, with the sandbox.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails at the first unexpected result"
)]

#[path = "../../readme.rs"]
mod readme;

use std::process::{Output, Stdio};

use mileston_sandbox::{Fault, Sandbox};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

fn shell(sandbox: &Sandbox, script: &str) -> Command {
    let folder = readme::folder(env!("CARGO_TARGET_TMPDIR"));
    let program = env!("CARGO_BIN_EXE_blocking-script");
    let mut shell = readme::shell(sandbox, &folder, "blocking-script", program, script);
    shell.stdout(Stdio::piped()).stderr(Stdio::piped());
    shell
}

async fn run(sandbox: &Sandbox, arguments: &str) -> (Option<i32>, String, String) {
    let script = format!("exec \"$PROGRAM\" {arguments}");
    told(shell(sandbox, &script).output().await.unwrap())
}

fn told(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_in_the_readme_exits_when_the_invoice_is_paid() {
    let blocks = readme::blocks(include_str!("../README.md"));
    let [sell] = &blocks[..] else {
        panic!("expected one more block in the README, found {blocks:?}")
    };
    let sandbox = Sandbox::start().await.unwrap();
    let mut script = shell(&sandbox, sell).spawn().unwrap();
    let mut lines = BufReader::new(script.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let link = line.strip_prefix("pay here: ").unwrap();
    let (_, id) = link.rsplit_once("/invoice/").unwrap();
    let pay = format!("cargo run -p mileston-sandbox -- trigger invoice-paid {id}");
    let (code, _, error) = told(shell(&sandbox, &pay).output().await.unwrap());
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("paid: 12.50"));
    assert_eq!(script.wait().await.unwrap().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_codes_show_the_result() {
    let sandbox = Sandbox::start().await.unwrap();
    let (code, out, error) = run(&sandbox, "").await;
    assert_eq!((code, out.as_str()), (Some(2), ""), "{error}");
    let (code, _, error) = run(&sandbox, "12,50 Tea ada@example.com").await;
    assert!(code == Some(2) && error.contains("AMOUNT: "), "{error}");

    let wrong =
        "MILESTON_KEY=\"$MILESTON_CHECKOUT_KEY\"; exec \"$PROGRAM\" 12.50 Tea ada@example.com";
    let (code, _, error) = told(shell(&sandbox, wrong).output().await.unwrap());
    assert!(code == Some(2) && error.contains("MILESTON_KEY"), "{error}");
    let (_, secret) = sandbox.checkout_key().expose_secret().rsplit_once('_').unwrap();
    assert!(!error.contains(secret), "{error}");

    let (code, out, error) = run(&sandbox, "12.50 Tea ada@example.com 0").await;
    assert!(code == Some(3) && out.starts_with("pay here: "), "{out}{error}");

    let _refuse = sandbox.fault(Fault::TooManyRequests { retry_after: 3600 }).on("createInvoice");
    let _refuse = _refuse.times(1).unwrap();
    let (code, out, error) = run(&sandbox, "12.50 Tea ada@example.com").await;
    assert_eq!((code, out.as_str()), (Some(1), ""), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_does_not_create_a_second_invoice() {
    let sandbox = Sandbox::start().await.unwrap();
    // The invoice is created, but the response is lost. The script finds the invoice.
    let _lost = sandbox.fault(Fault::AnswerLost).on("createInvoice").times(1).unwrap();
    let (code, out, error) = run(&sandbox, "12.50 'Tea 1' ada@example.com 0").await;
    assert!(code == Some(3) && out.contains("was created and emailed"), "{out}{error}");

    // The status doesn't say whether an invoice was created, and the script finds none. A person
    // has to check.
    let _failed = sandbox.fault(Fault::InternalServerError).on("createInvoice").times(1).unwrap();
    let (code, out, error) = run(&sandbox, "12.50 'Tea 2' ada@example.com 0").await;
    assert!(code == Some(4) && error.contains("The invoice may exist."), "{out}{error}");
}
