//! The `cargo openapi-keys` command. Cargo passes the name of the subcommand as the first argument.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// The generator allocates millions of small values.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).peekable();
    arguments.next_if(|first| first == "openapi-keys");
    openapi_keys::cli::run(arguments, "cargo openapi-keys")
}
