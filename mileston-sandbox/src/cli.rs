//! The command line: dispatches to the commands and maps results to exit codes.

mod arguments;
mod banner;
mod help;
mod identity;
mod key_arguments;
mod keys;
mod logs;
mod output;
mod remote;
mod remote_arguments;
mod serve;
mod signals;
mod steer;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::Command;
use mileston_sandbox::text;

/// The command failed while it ran.
const FAILED: u8 = 1;
/// The command line is invalid.
const MISUSED: u8 = 2;

/// Runs the command and returns the exit code.
pub(crate) fn run(parser: lexopt::Parser) -> ExitCode {
    match arguments::read(parser) {
        Ok(Command::Help) => show(help::TEXT),
        Ok(Command::HelpOn(text)) => show(text),
        Ok(Command::Version) => show(concat!("mileston-sandbox ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Command::Serve(options)) => end(serve::run(options)),
        Ok(Command::Keys(options)) => end(keys::run(options)),
        Ok(Command::Remote(options)) => end(steer::run(options)),
        // The user may have pasted a key as an argument.
        Err(error) => {
            complain(&text::redact(&error.to_string()), "\nTry `mileston-sandbox --help`.", MISUSED)
        }
    }
}

fn end(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // A path can contain a key by mistake. But `mileston_shop.db` isn't a key, and the suggested command must work.
        Err(error) if KEYS.iter().any(|key| error.contains(key)) => {
            complain(&text::redact(&error), "", FAILED)
        }
        Err(error) => complain(&error, "", FAILED),
    }
}

/// The prefixes of keys and wallet secrets, in their exact case.
const KEYS: [&str; 3] = ["Mileston_TEST_", "Mileston_LIVE_", "sandboxwalletsecret"];

fn show(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("cannot write to standard output: {error}"), "", FAILED),
    }
}

/// Prints an error on one line, plus the hint. If even that fails, only the exit code reports the error.
fn complain(problem: &str, hint: &str, code: u8) -> ExitCode {
    let problem = text::plain(problem);
    let _ = writeln!(io::stderr(), "mileston-sandbox: {problem}{hint}");
    ExitCode::from(code)
}
