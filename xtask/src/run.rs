//! Runs a command in the root of the workspace and says what failed.

use std::path::Path;
use std::process::Command;

use crate::Failure;

/// The cargo that runs this task.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root);
    run(command, &format!("cargo {}", arguments.join(" ")))
}

pub(crate) fn run(mut command: Command, shown: &str) -> Result<(), Failure> {
    eprintln!("\n$ {shown}");
    let status = command.status().map_err(|error| format!("cannot run `{shown}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})").into()) }
}
