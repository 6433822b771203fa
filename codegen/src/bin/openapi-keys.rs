//! The `openapi-keys` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    openapi_keys::cli::run(std::env::args_os().skip(1), "openapi-keys")
}
