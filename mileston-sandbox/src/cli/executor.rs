//! Runs the asynchronous part of a command.

use std::error::Error;

/// Runs a future to its end on this thread.
pub(super) fn block_on(
    work: impl Future<Output = Result<(), Box<dyn Error>>>,
) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| format!("cannot start: {error}"))?.block_on(work)
}
