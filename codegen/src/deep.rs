//! Runs code that needs a larger stack than threads have by default. A stack overflow would abort the process.

use std::panic::resume_unwind;
use std::thread;

/// The stack size in bytes. For each level of nesting, `openapiv3`, syn and typify use up to 64 kB. The operating
/// system provides the memory only when it is used.
pub(crate) const STACK: usize = 64 * 1024 * 1024;

/// Runs the code in a thread with a large stack.
///
/// # Panics
///
/// Panics if the code panics.
pub(crate) fn run<T: Send>(code: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| {
        match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &code) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // If the target has no threads, the current stack has to be enough.
            Err(_) => code(),
        }
    })
}
