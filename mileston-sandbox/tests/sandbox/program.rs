//! Runs the program as a user does.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// Returns the program with these arguments, and without the environment variable that could select a sandbox.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mileston-sandbox"));
    command.env_remove("MILESTON_URL");
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// A running program. Dropping this value stops the program, even if the test fails.
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

    /// Closes the program's standard input, which must be a pipe.
    pub(crate) fn close_input(&mut self) {
        drop(self.0.stdin.take().unwrap());
    }

    /// Sends a signal, waits, and returns the exit code and the rest of the output.
    #[cfg(unix)]
    pub(crate) fn stop(self, signal: &str) -> (Option<i32>, String) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.end()
    }

    /// Waits until the program ends by itself, and returns the exit code and the rest of the output.
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
    /// Returns the program's memory in KiB.
    #[cfg(target_os = "linux")]
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let (_, size) = status.split_once("VmRSS:").unwrap();
        size.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Returns the process id.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Kills the program as `kill -9` does: no handler runs, and nothing more is written.
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

/// Returns a string field.
pub(crate) fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}")).to_owned()
}

/// Prints a count directly, because the harness hides the output of passing tests.
pub(crate) fn say(counts: &str) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr(), "{counts}"));
}
