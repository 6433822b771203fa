//! The `openapi-keys` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// The generator allocates millions of small values.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    openapi_keys::cli::run(std::env::args_os().skip(1), "openapi-keys")
}
