//! Runs a command in the root of the workspace and reports failures.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;
use crate::count::Count;

/// Runs the cargo that started this task.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    run(command(root, arguments), &format!("cargo {}", arguments.join(" ")))
}

/// Runs `cargo test`, and adds up the results of its test binaries.
pub(crate) fn cargo_tests(
    root: &Path,
    arguments: &[&str],
    count: &mut Count,
) -> Result<(), Failure> {
    let shown = format!("cargo {}", arguments.join(" "));
    run_and_read(command(root, arguments), &shown, |line| count.add(line))
}

/// Runs cargo without showing its output, and returns whether it succeeded.
pub(crate) fn succeeds(root: &Path, arguments: &[&str]) -> Result<bool, Failure> {
    let shown = format!("cargo {}", arguments.join(" "));
    eprintln!("\n$ {shown}");
    let mut command = command(root, arguments);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    Ok(status.map_err(|error| format!("cannot run `{shown}`: {error}"))?.success())
}

/// Runs cargo and returns its standard output.
pub(crate) fn output(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let shown = format!("cargo {}", arguments.join(" "));
    let output = command(root, arguments).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("cannot run `{shown}`: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{shown}` failed ({})", output.status).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns a command without arguments for the cargo that started this task.
pub(crate) fn program() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = program();
    command.args(arguments).current_dir(root);
    command
}

pub(crate) fn run(mut command: Command, shown: &str) -> Result<(), Failure> {
    eprintln!("\n$ {shown}");
    let status = command.status().map_err(|error| format!("cannot run `{shown}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})").into()) }
}

/// Runs a command, prints each line of its standard output, and passes the line to `look`.
fn run_and_read(
    mut command: Command,
    shown: &str,
    mut look: impl FnMut(&str),
) -> Result<(), Failure> {
    eprintln!("\n$ {shown}");
    let failed = |error: std::io::Error| format!("cannot run `{shown}`: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        // The output of a test isn't always UTF-8.
        while output.read_until(b'\n', &mut line).map_err(failed)? > 0 {
            std::io::stdout().write_all(&line).map_err(failed)?;
            look(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    let status = child.wait().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})").into()) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, lines: &[&str], ok: bool) {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let mut read = Vec::new();
        let result = run_and_read(command, script, |line| read.push(line.to_owned()));
        assert_eq!(read, lines, "{script}");
        assert_eq!(result.is_ok(), ok, "{script}");
    }

    #[test]
    fn lines_are_read_and_a_failure_is_returned() {
        check("echo one; echo two >&2; printf three", &["one", "three"], true);
        check("printf '\\377\\n'; exit 3", &["\u{fffd}"], false);
    }
}
