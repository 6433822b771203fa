//! CPU time of this thread. Linux only.

use crate::Failure;

/// Nanoseconds that this thread has run on a CPU so far, in the kernel as well.
///
/// # Errors
///
/// The kernel does not tell.
pub fn of_this_thread() -> Result<u64, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")
        .map_err(|error| format!("/proc/thread-self/schedstat: {error}; this needs Linux"))?;
    let first = text.split_ascii_whitespace().next();
    Ok(first.ok_or("/proc/thread-self/schedstat is empty")?.parse()?)
}
