//! The program: `mileston-sandbox serve` runs a sandbox until it is told to stop.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(lexopt::Parser::from_env())
}
