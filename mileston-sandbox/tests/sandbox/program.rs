//! The program, to be run as a user does.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mileston-sandbox"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// Ends the program even if the test fails.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Running::of(program(arguments))
    }

    pub(crate) fn of(mut command: Command) -> Self {
        Running(command.spawn().unwrap())
    }

    /// Reads a line, and leaves the pipe open.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        BufReader::with_capacity(1, self.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        line
    }

    /// Sends a signal, waits, and gives the exit code and what was printed since.
    #[cfg(unix)]
    pub(crate) fn stop(self, signal: &str) -> (Option<i32>, String) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.end()
    }

    /// Waits until it ends by itself, and gives the same.
    #[cfg(unix)]
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let status = self.0.wait().unwrap();
        let mut rest = String::new();
        self.0.stdout.as_mut().unwrap().read_to_string(&mut rest).unwrap();
        self.0.stderr.as_mut().unwrap().read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }
}

impl Running {
    /// How much memory it has, in KiB.
    #[cfg(target_os = "linux")]
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let (_, size) = status.split_once("VmRSS:").unwrap();
        size.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// The id of the process.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// `kill -9`: no handler runs, nothing is written any more.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A field that is text.
pub(crate) fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

/// Says what a test has counted, past the harness, which shows nothing of a test that passes.
pub(crate) fn say(counts: &str) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr(), "{counts}"));
}
