//! Tests the program with the sandbox.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails at the first unexpected result"
)]

#[path = "../../readme.rs"]
mod readme;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use mileston_sandbox::{Fault, Sandbox};

/// A sandbox, and a folder for a test's files.
struct Desk {
    sandbox: Sandbox,
    folder: PathBuf,
}

impl Desk {
    async fn open(test: &str) -> Self {
        let folder = readme::folder(env!("CARGO_TARGET_TMPDIR")).join(test);
        // Remove the journal from an earlier run, because the program doesn't send a file twice.
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).unwrap();
        Desk { sandbox: Sandbox::start().await.unwrap(), folder }
    }

    /// Runs a shell script. Returns the exit code, the standard output and the standard error.
    async fn run(&self, script: &str) -> (Option<i32>, String, String) {
        let program = env!("CARGO_BIN_EXE_payout");
        let mut shell = readme::shell(&self.sandbox, &self.folder, "payout", program, script);
        let output = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).output().await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    async fn send(&self, text: &str) -> (Option<i32>, String, String) {
        fs::write(self.folder.join("payouts.tsv"), text).unwrap();
        self.run("exec \"$PROGRAM\" send payouts.tsv base").await
    }

    fn journal(&self) -> PathBuf {
        self.folder.join("payouts.tsv.sent")
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

const ONE: &str = "0x1111111111111111111111111111111111111111\t1.50\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_in_the_readme_send_a_file_once() {
    let desk = Desk::open("readme").await;
    let blocks = readme::blocks(include_str!("../README.md"));
    let [send] = &blocks[..] else {
        panic!("expected one more block in the README, found {blocks:?}")
    };
    let send = send.replace("/tmp/", "");
    let (code, out, error) = desk.run(&send).await;
    assert_eq!((code, error.as_str()), (Some(0), ""), "{out}");
    let lines: Vec<&str> = out.lines().collect();
    let [sending, accepted, "completed"] = lines[..] else { panic!("{out}") };
    assert_eq!(sending, "sending 4.00 to 2 recipients");
    assert!(read(&desk.journal()).contains(accepted));

    let (code, out, error) = desk.run(&send).await;
    assert!(code == Some(2) && error.contains("payouts.tsv.sent exists"), "{out}{error}");
    let id = accepted.strip_prefix("accepted as ").unwrap();
    let (code, out, _) = desk.run(&format!("cargo run -p payout -- status {id}")).await;
    assert_eq!((code, out.as_str()), (Some(0), "completed\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_never_repeated() {
    let desk = Desk::open("unknown").await;
    let lost = desk.sandbox.fault(Fault::AnswerLost).on("sendBatchPayment").times(1).unwrap();
    let (code, _, error) = desk.send(ONE).await;
    assert_eq!((code, lost.made()), (Some(4), 1), "{error}");
    assert!(error.contains("Don't send them again") && error.contains("\n  base: "), "{error}");
    assert!(read(&desk.journal()).contains("it isn't known"));
    let (code, _, error) = desk.send(ONE).await;
    assert!(code == Some(2) && error.contains("exists"), "{error}");
    assert_eq!(lost.made(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_not_sent_can_be_sent_again() {
    let desk = Desk::open("refused").await;
    let (code, _, error) = desk.send(&ONE.replace("1.50", "1000000.00")).await;
    assert!(code == Some(1) && error.contains("Not enough balance"), "{error}");
    assert!(!desk.journal().exists());
    for (file, problem) in [("", "no payments"), ("# nobody\n0x11\t1\n", "payouts.tsv:2: \"0x11\"")]
    {
        let (code, _, error) = desk.send(file).await;
        assert!(code == Some(2) && error.contains(problem), "{error}");
    }
    let (code, _, error) = desk.run("exec \"$PROGRAM\" send payouts.tsv bitcoin").await;
    assert!(code == Some(2) && error.contains("no chain \"bitcoin\""), "{error}");
    let secret = "MILESTON_WALLET_SECRET=; exec \"$PROGRAM\" send payouts.tsv base";
    fs::write(desk.folder.join("payouts.tsv"), ONE).unwrap();
    let (code, _, error) = desk.run(secret).await;
    assert!(code == Some(2) && error.contains("MILESTON_WALLET_SECRET"), "{error}");
    assert!(!desk.journal().exists());
}
