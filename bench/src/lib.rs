//! What the typed client costs, natively and in a page, and how fast the sandbox is. The client is measured against the same
//! requests written by hand on reqwest, and against the vendor's packages.
//!
//! | binary | what it measures |
//! | --- | --- |
//! | `facade` | CPU time of a call, typed and by hand |
//! | `allocations` | allocations of a call, typed and by hand |
//! | `node` | CPU time and throughput of a call, with the vendor's SDK, typed and by hand |
//! | `keys` | how long it takes to parse a key and to sign a body |
//! | `sandbox` | what the sandbox answers in a second, in memory and from a file |
//! | `prism` | the same from Prism, a mock server made from the same document |
//! | `frontend` | what visitors of a frontend download, and how soon they can use it, beside the vendor's button |
//! | `footprint` | how soon the sandbox is ready, and what it holds in memory |
//!
//! `docs/performance.md` has the figures and how to get them.

use std::process::ExitCode;

pub mod answers;
pub mod by_hand;
pub mod cpu;
pub mod load;
pub mod npm;
pub mod process;
pub mod program;
pub mod server;
pub mod statistics;
pub mod ways;

/// Why a measurement could not be made.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How a binary ends: with what went wrong on the standard error, if something did.
#[must_use]
pub fn end(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
