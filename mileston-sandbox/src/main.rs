//! The binary: see `mileston-sandbox --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mileston_sandbox::cli::run(std::env::args_os())
}
