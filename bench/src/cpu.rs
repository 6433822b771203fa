//! Measures the CPU time of this thread, on Linux only.

use crate::Failure;

/// Returns the CPU time that this thread has used so far, in nanoseconds. It includes time in the kernel.
///
/// # Errors
///
/// Returns an error if the kernel doesn't report the CPU time.
pub fn of_this_thread() -> Result<u64, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")
        .map_err(|error| format!("/proc/thread-self/schedstat: {error}; this needs Linux"))?;
    let first = text.split_ascii_whitespace().next();
    Ok(first.ok_or("/proc/thread-self/schedstat is empty")?.parse()?)
}
