//! Runs a user's programs, and checks whether a sandbox is listening.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Command as Program, Output};
use std::time::{Duration, Instant};

use mileston_tests::program;
use tokio::process::Command;

/// The time limit for a program, which is generous because tests share a machine.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs a program in the project, and returns its output.
pub(crate) async fn output(program: &str, arguments: &[&str], project: &Path) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(project);
    for name in ["MILESTON_SANDBOX_BINARY", "MILESTON_URL", "NODE_PATH", "PYTHONPATH"] {
        command.env_remove(name);
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("NO_COLOR", "1");
    let output = program::run(&mut command, "", LIMIT).await;
    output.unwrap_or_else(|error| panic!("{program} {arguments:?}: {error}"))
}

/// Runs a program that must succeed, and returns what it printed.
pub(crate) async fn succeed(program: &str, arguments: &[&str], project: &Path) -> String {
    let output = output(program, arguments, project).await;
    let said = said(&output);
    assert!(output.status.success(), "{program} {arguments:?}: {}\n{said}", output.status);
    said
}

/// Runs a program that must fail with exit code 1, and returns what it printed.
pub(crate) async fn fail(program: &str, arguments: &[&str], project: &Path) -> String {
    let output = output(program, arguments, project).await;
    assert_eq!(output.status.code(), Some(1), "{program} {arguments:?}: {}", said(&output));
    said(&output)
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text)).concat()
}

/// Returns whether something listens at the URL, e.g. `http://127.0.0.1:41234`.
pub(crate) fn listens(url: &str) -> bool {
    let address =
        url.trim().strip_prefix("http://").unwrap_or_else(|| panic!("not a URL: {url:?}"));
    TcpStream::connect(address).is_ok()
}

/// Waits until nothing listens at the URL.
pub(crate) fn assert_stops(url: &str) {
    let start = Instant::now();
    while listens(url) {
        assert!(start.elapsed() < Duration::from_secs(10), "the sandbox at {url} is still running");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Sends a signal, e.g. `TERM`, to a process.
pub(crate) fn send(signal: &str, process: u32) {
    let sent = Program::new("kill").args(["-s", signal, &process.to_string()]).status();
    assert!(sent.unwrap().success());
}
