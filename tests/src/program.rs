//! Runs a program with a given standard input and a time limit.

use std::process::{Output, Stdio};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Environment variables that would send a program's connections through a proxy.
const PROXIES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Runs the program and returns its output. Kills the program after the time limit.
///
/// # Errors
///
/// Returns an error if the program can't be started, its output can't be read, or it exceeds the time limit.
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
        .map_err(|error| format!("cannot start the program: {error}"))?;
    let stdin = child.stdin.take();
    let told = async {
        if let Some(mut stdin) = stdin {
            // Ignore errors: if the program doesn't read its input, its output says why.
            drop(stdin.write_all(input.as_bytes()).await);
        }
    };
    let both = async { tokio::join!(told, child.wait_with_output()).1 };
    match tokio::time::timeout(limit, both).await {
        Ok(output) => output.map_err(|error| format!("cannot read the program's output: {error}")),
        Err(_) => Err(format!("the program did not exit within {} seconds", limit.as_secs())),
    }
}
