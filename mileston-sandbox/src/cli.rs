//! The command line: what is asked for, and how it ends.

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

/// Something went wrong while the program ran.
const FAILED: u8 = 1;
/// The command line could not be understood.
const MISUSED: u8 = 2;

/// Does what the command line asks for.
pub(crate) fn run(parser: lexopt::Parser) -> ExitCode {
    match arguments::read(parser) {
        Ok(Command::Help) => show(help::TEXT),
        Ok(Command::HelpOn(text)) => show(text),
        Ok(Command::Version) => show(concat!("mileston-sandbox ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Command::Serve(options)) => end(serve::run(options)),
        Ok(Command::Keys(options)) => end(keys::run(options)),
        Ok(Command::Remote(options)) => end(steer::run(options)),
        // Somebody may have pasted a key as an argument.
        Err(error) => {
            complain(&text::redact(&error.to_string()), "\nTry `mileston-sandbox --help`.", MISUSED)
        }
    }
}

fn end(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // A key may be in a path by mistake. But `mileston_shop.db` is none, and what the error says to run has to work.
        Err(error) if KEYS.iter().any(|key| error.contains(key)) => {
            complain(&text::redact(&error), "", FAILED)
        }
        Err(error) => complain(&error, "", FAILED),
    }
}

/// How keys and wallet secrets begin, in the case that they have.
const KEYS: [&str; 3] = ["Mileston_TEST_", "Mileston_LIVE_", "sandboxwalletsecret"];

fn show(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("cannot write to standard output: {error}"), "", FAILED),
    }
}

/// Says what went wrong, in one line but for the hint. If not even this can be written, the exit code has to say it.
fn complain(problem: &str, hint: &str, code: u8) -> ExitCode {
    let problem = text::plain(problem);
    let _ = writeln!(io::stderr(), "mileston-sandbox: {problem}{hint}");
    ExitCode::from(code)
}
