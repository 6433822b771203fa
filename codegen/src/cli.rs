//! Implements the `openapi-keys` command, which reads a document and settings and writes the
//! client.
//!
//! This is the only part of the crate that does input and output. It needs the `cli` feature.

mod arguments;
mod check;
mod document;
mod explain;
mod failure;
pub mod folder;
pub mod format;
mod generate;
mod module;
mod package;
mod screen;
mod settings;
mod summary;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use failure::Failure;

/// Runs the command with these arguments, which don't include the name of the program.
///
/// `name` is what users type to run the command. The exit code is 0 on success, even if operations
/// were left out. It is 1 on failure, and 2 if the arguments or the settings file are invalid.
pub fn run(arguments: impl IntoIterator<Item = OsString>, name: &str) -> ExitCode {
    let arguments = match Arguments::read(arguments, name) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    // Panics are reported as failures, so the usual panic message isn't printed.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let result = std::panic::catch_unwind(|| match &arguments.command {
        Command::Generate(generate) => generate::generate(generate),
        Command::Explain(explain) => explain::explain(explain),
    });
    std::panic::set_hook(hook);
    match result {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => failure.report(),
        Err(_) => Failure::panicked().report(),
    }
}
