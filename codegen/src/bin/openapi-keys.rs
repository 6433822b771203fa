//! The command `openapi-keys`.

use std::process::ExitCode;

fn main() -> ExitCode {
    codegen::cli::run(std::env::args_os().skip(1), "openapi-keys")
}
