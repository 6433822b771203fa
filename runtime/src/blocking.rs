//! Provides a [`Runtime`] that waits for calls in programs without async.

use std::fmt;
use std::future::IntoFuture;

use tokio::runtime::{self, Handle};

use crate::error::{Error, ErrorKind};
use crate::error_report::write_report;

/// Waits for calls in a program that isn't async. Create one runtime and reuse it. A runtime runs anything that can be
/// awaited, so operations don't need a second, blocking version.
///
/// The runtime has a thread that keeps connections alive between calls. Several threads can use one runtime at the same
/// time, e.g. in an [`Arc`](std::sync::Arc) or by reference. Dropping the runtime cancels calls that are still running.
///
/// ```
/// use openapi_keys_runtime::blocking::Runtime;
///
/// let runtime = Runtime::new()?;
/// assert_eq!(runtime.run(async { 7 })?, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Create a separate client for each runtime. A client that was also used in a different runtime may have connections
/// that belong to that runtime. If that runtime still exists but isn't running, a call over such a connection hangs
/// until its timeout.
///
/// To run something other than a single call, pass a future: `runtime.run(async { … })`.
pub struct Runtime {
    handle: Handle,
    /// The tokio runtime. It is `None` only during drop.
    owned: Option<runtime::Runtime>,
}

impl Runtime {
    /// Creates a runtime and starts its thread.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Setup`] if the system can't start a thread, or has no file descriptors left.
    pub fn new() -> Result<Self, Error> {
        // The runtime is multi-threaded because only a multi-threaded runtime maintains connections while no thread
        // waits for a call.
        let made = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("openapi-client")
            .enable_all()
            .build();
        let runtime = made.map_err(|error| {
            Error::new(ErrorKind::Setup)
                .with_detail("the thread for blocking calls can't be started")
                .with_source(error)
        })?;
        Ok(Runtime { handle: runtime.handle().clone(), owned: Some(runtime) })
    }

    /// Blocks this thread until the call is done, and returns the result of awaiting it.
    ///
    /// ```no_run
    /// # use openapi_keys_runtime::{Call, blocking::Runtime};
    /// # fn run(call: Call<String>, runtime: &Runtime) -> Result<(), Box<dyn std::error::Error>> {
    /// let value = runtime.run(call)??;
    /// # let _ = value;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`InsideRuntime`] if this thread belongs to an async tokio runtime. In this case, nothing was sent.
    pub fn run<T>(&self, call: impl IntoFuture<Output = T>) -> Result<T, InsideRuntime> {
        if Handle::try_current().is_ok() {
            return Err(InsideRuntime(()));
        }
        Ok(self.handle.block_on(async { call.into_future().await }))
    }
}

/// Drops the runtime without waiting, because tokio panics if dropping a runtime blocks inside an async runtime.
impl Drop for Runtime {
    fn drop(&mut self) {
        if let Some(runtime) = self.owned.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Runtime").finish_non_exhaustive()
    }
}

/// The error for a blocking call inside an async tokio runtime. The call would have blocked that runtime, so nothing
/// was sent.
///
/// ```
/// use openapi_keys_runtime::blocking::Runtime;
///
/// let runtime = Runtime::new()?;
/// let inner = runtime.run(async { runtime.run(async { 1 }) })?;
/// assert!(inner.is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InsideRuntime(());

impl fmt::Display for InsideRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a blocking call would block the async runtime it is made in, so nothing was sent; await the call instead, \
             or run it on a thread from `std::thread::spawn`",
        )
    }
}

/// Prints the message. `{:#?}` prints the fields.
impl fmt::Debug for InsideRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("InsideRuntime").finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for InsideRuntime {}
