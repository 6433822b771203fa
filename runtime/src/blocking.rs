//! Calls without async: a [`Runtime`] of one's own that waits for them.

use std::fmt;
use std::future::IntoFuture;

use tokio::runtime::{self, Handle};

use crate::error::{Error, ErrorKind};
use crate::error_report::write_report;

/// Waits for calls in a program that is not async. Make one and keep it: whatever can be awaited can be run by it, so
/// there is no second set of operations.
///
/// A thread of its own keeps the connections between calls. Several threads may use one runtime at the same time, e.g.
/// in an [`Arc`](std::sync::Arc) or by reference. When it is dropped, what is still under way is given up.
///
/// ```
/// use openapi_keys_runtime::blocking::Runtime;
///
/// let runtime = Runtime::new()?;
/// assert_eq!(runtime.run(async { 7 })?, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Give a blocking program a client of its own: one that was also used in another runtime may have connections there,
/// and over these a call waits until its time is over if that runtime still exists and does not run.
///
/// What is not a call itself is run as a future: `runtime.run(async { … })`.
pub struct Runtime {
    handle: Handle,
    /// `None` only while it is dropped.
    owned: Option<runtime::Runtime>,
}

impl Runtime {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`]: the system gives no thread, or no file descriptor to wait with.
    pub fn new() -> Result<Self, Error> {
        // Of several threads by its kind: only such a runtime looks after connections while nobody waits for a call.
        let made = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("openapi-client")
            .enable_all()
            .build();
        let runtime = made.map_err(|error| {
            Error::new(ErrorKind::Setup)
                .with_detail("the thread for blocking calls cannot be started")
                .with_source(error)
        })?;
        Ok(Runtime { handle: runtime.handle().clone(), owned: Some(runtime) })
    }

    /// Blocks this thread until the call is done, and gives what awaiting it gives.
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
    /// [`InsideRuntime`]: this thread belongs to an async runtime of tokio. Nothing was sent.
    pub fn run<T>(&self, call: impl IntoFuture<Output = T>) -> Result<T, InsideRuntime> {
        if Handle::try_current().is_ok() {
            return Err(InsideRuntime(()));
        }
        Ok(self.handle.block_on(async { call.into_future().await }))
    }
}

/// Does not wait, since to wait is an error of tokio where this is dropped inside an async runtime.
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

/// A blocking call inside an async runtime of tokio, which it would stop. Nothing was sent.
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
            "a blocking call inside an async runtime would stop it, so nothing was sent; await the call instead, or \
             run it on a thread of `std::thread::spawn`",
        )
    }
}

/// The sentence. With `{:#?}` the fields.
impl fmt::Debug for InsideRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("InsideRuntime").finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for InsideRuntime {}
