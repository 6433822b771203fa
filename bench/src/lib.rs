//! Measures the cost of the typed client, natively and in a web page, and the speed of the sandbox. The client is
//! compared with hand-written reqwest requests, and with the vendor's packages.
//!
//! | binary | what it measures |
//! | --- | --- |
//! | `facade` | CPU time of a call, typed and hand-written |
//! | `allocations` | allocations of a call, typed and hand-written |
//! | `node` | CPU time per call and calls per second, for the vendor's SDK, typed calls and hand-written requests |
//! | `keys` | time to parse a key and to sign a body |
//! | `sandbox` | requests per second of the sandbox, in memory and with a file |
//! | `prism` | requests per second of the sandbox, compared with Prism, a mock server for the same OpenAPI document |
//! | `frontend` | what visitors to a page download, and how soon they can use it, compared with the vendor's button |
//! | `scaling` | what shared limits, the inbox and the outbox cost, compared with bare statements |
//! | `footprint` | how soon the sandbox is ready, and how much memory it uses |
//!
//! `docs/performance.md` has the results, and the commands to repeat the measurements.

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

/// The reason why a measurement failed.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Returns the exit code of a binary. Prints a failure to standard error.
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
