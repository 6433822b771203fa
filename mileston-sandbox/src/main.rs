//! The binary: `mileston-sandbox serve` runs a sandbox until a signal stops it.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(lexopt::Parser::from_env())
}
