//! The `mileston-sandbox` command: `serve` runs a sandbox, and most other commands control a running sandbox.
//!
//! This module needs the `cli` feature, which is on by default.

mod arguments;
mod banner;
mod chain;
mod clock;
mod deliveries;
mod executor;
mod failure;
mod faults;
mod identity;
mod keys;
mod length;
mod log_filter;
mod logged;
mod logs;
mod manual;
mod output;
mod owner;
mod port;
mod reach_arguments;
mod remote;
mod reset;
mod serve;
mod session;
mod signals;
mod status;
mod stdin;
mod target;
mod trigger;
mod webhooks;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Command, Program};
use failure::Failure;

/// Runs the command with these arguments. The first argument is the program's name.
///
/// The exit code is 0 on success or after a signal, 1 on failure, and 2 if the command line is invalid.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let outcome = match Program::try_parse_from(arguments) {
        Ok(program) => dispatch(program.command),
        Err(error) if error.use_stderr() => Err(Failure::of_arguments(&error)),
        // clap returns the text of `--help` and `--version` as an error.
        Err(answer) => answer.print().map_err(output::unwritable),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Returns the commands and their arguments as data, for documentation and tests.
pub fn command() -> clap::Command {
    let mut command = Program::command();
    command.build();
    command
}

fn dispatch(chosen: Command) -> Result<(), Failure> {
    match chosen {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Keys(arguments) => keys::run(arguments),
        Command::Trigger(arguments) => trigger::run(arguments),
        Command::Logs(arguments) => logs::run(arguments),
        Command::Clock(arguments) => clock::run(arguments),
        Command::Chain(arguments) => chain::run(arguments),
        Command::Faults(arguments) => faults::run(arguments),
        Command::Webhooks(arguments) => webhooks::run(arguments),
        Command::Deliveries(arguments) => deliveries::list(arguments),
        Command::Resend(arguments) => deliveries::resend(arguments),
        Command::Reset(arguments) => reset::run(arguments),
        Command::Status(arguments) => status::run(arguments),
        Command::Completions(arguments) => manual::complete(arguments, command()),
        Command::Man(arguments) => manual::man(arguments, command()),
    }
}
