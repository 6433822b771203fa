//! A program that is told what to do on its standard input, with a time limit.

use std::process::{Output, Stdio};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Variables that make a program take another way to the sandbox.
const PROXIES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Runs it and gives what it said. After the limit it is ended.
///
/// # Errors
///
/// It cannot be started, or does not end in time.
pub async fn run(command: &mut Command, input: &str, limit: Duration) -> Result<Output, String> {
    for name in PROXIES {
        command.env_remove(name);
    }
    let mut child = command
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("cannot start it: {error}"))?;
    let stdin = child.stdin.take();
    let told = async {
        if let Some(mut stdin) = stdin {
            // A program that does not read says why itself.
            drop(stdin.write_all(input.as_bytes()).await);
        }
    };
    let both = async { tokio::join!(told, child.wait_with_output()).1 };
    match tokio::time::timeout(limit, both).await {
        Ok(output) => output.map_err(|error| format!("cannot read what it says: {error}")),
        Err(_) => Err(format!("it did not end within {} seconds", limit.as_secs())),
    }
}
