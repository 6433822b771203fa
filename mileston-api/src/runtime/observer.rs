//! Tells an observer what became of attempts and calls, for metrics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mileston_keys::ModeName;
use reqwest::StatusCode;
use tokio::time::Instant;

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::operation::Operation;
use crate::runtime::outcome::Outcome;
use crate::runtime::trace;

/// Is told of every attempt and every call, for metrics. [`ClientBuilder::observer`](crate::ClientBuilder::observer)
/// takes one.
///
/// Nothing that it is told is secret or personal: no key, no payload, no header, no path that is filled in. What it is
/// told has few values, as labels of metrics need.
///
/// It runs inside the call, so it must not block. If it panics, the call goes on as if it had not, since the answer of
/// a payment must not get lost for it: the panic is caught (where panics unwind), and `tracing` is told.
///
/// A call whose future is dropped in the middle is not told, nor one that could not be built or prepared: that is a
/// mistake of the program, which gets an [`ErrorKind::InvalidArgument`] or the like. What the rate limit refuses is
/// told as a call without an attempt.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use mileston_api::operations::Service;
/// use mileston_api::{Client, ObservedAttempt, ObservedCall, Observer, Outcome};
///
/// #[derive(Default)]
/// struct Metrics {
///     requests: AtomicU64,
///     uncertain: AtomicU64,
/// }
///
/// impl Observer for Metrics {
///     fn attempt(&self, _: &ObservedAttempt) {
///         self.requests.fetch_add(1, Ordering::Relaxed);
///     }
///
///     fn call(&self, call: &ObservedCall) {
///         if call.outcome == Some(Outcome::Unknown) && !call.operation.method.is_safe() {
///             self.uncertain.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mileston_api::Error> {
/// let metrics = Arc::new(Metrics::default());
/// let builder = Client::builder_without_key().origin("http://127.0.0.1:1")?;
/// let client = builder.without_retries().observer(metrics.clone()).build()?;
///
/// let error = client.status().get(Service::UserService).await.unwrap_err();
/// assert_eq!(error.outcome(), Outcome::NotSent);
/// assert_eq!(metrics.requests.load(Ordering::Relaxed), 1);
/// assert_eq!(metrics.uncertain.load(Ordering::Relaxed), 0);
/// # Ok(())
/// # }
/// ```
pub trait Observer: Send + Sync {
    /// An attempt has ended: with an answer, or without. It ends when the answer was read and understood.
    fn attempt(&self, attempt: &ObservedAttempt) {
        let _ = attempt;
    }

    /// A call has ended, after all its attempts.
    fn call(&self, call: &ObservedCall) {
        let _ = call;
    }
}

impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn attempt(&self, attempt: &ObservedAttempt) {
        (**self).attempt(attempt);
    }

    fn call(&self, call: &ObservedCall) {
        (**self).call(call);
    }
}

/// What an [`Observer`] is told of an attempt.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObservedAttempt {
    /// Which operation it is of, with id, method, and path with `{names}`.
    pub operation: &'static Operation,
    /// The mode of the client's key. `None` without a key.
    pub mode: Option<ModeName>,
    /// The first attempt of a call is 1.
    pub number: u32,
    /// How long it waited to begin, since the call began or the attempt before it ended: the pause of a retry, and
    /// what the rate limit held it back.
    pub waited: Duration,
    /// How long it took, from the start of connecting to the end of reading.
    pub took: Duration,
    /// The status of the answer, if one came.
    pub status: Option<StatusCode>,
    /// What went wrong. `None`: it succeeded.
    pub error: Option<ErrorKind>,
}

/// What an [`Observer`] is told of a call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObservedCall {
    /// Which operation it is, with id, method, and path with `{names}`.
    pub operation: &'static Operation,
    /// The mode of the client's key. `None` without a key.
    pub mode: Option<ModeName>,
    /// How often it was attempted. 0 if the rate limit refused it.
    pub attempts: u32,
    /// How long it took, all attempts and the waits between them.
    pub took: Duration,
    /// The status of the last answer, if one came.
    pub status: Option<StatusCode>,
    /// What went wrong. `None`: it succeeded.
    pub error: Option<ErrorKind>,
    /// Whether it may have been carried out though it failed. `None`: it succeeded.
    pub outcome: Option<Outcome>,
}

/// One call in the eyes of an observer. Without one it is empty, and nothing is done.
pub(crate) struct Watch<'a>(Option<Box<Watched<'a>>>);

struct Watched<'a> {
    observer: &'a dyn Observer,
    operation: &'static Operation,
    mode: Option<ModeName>,
    began: Instant,
    /// Since when nothing is under way.
    idle: Mutex<Instant>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(
        observer: Option<&'a Arc<dyn Observer>>,
        operation: &'static Operation,
        mode: Option<ModeName>,
    ) -> Self {
        Watch(observer.map(|observer| {
            let now = Instant::now();
            Box::new(Watched { observer, operation, mode, began: now, idle: Mutex::new(now) })
        }))
    }

    /// An attempt begins, that is, it is admitted.
    pub(crate) fn begin(&self) -> Begun {
        Begun(self.0.is_some().then(Instant::now))
    }

    pub(crate) fn attempted(&self, begun: Begun, number: u32, result: Result<StatusCode, &Error>) {
        let (Some(watched), Some(begun)) = (&self.0, begun.0) else { return };
        let now = Instant::now();
        let mut idle = watched.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = begun.saturating_duration_since(*idle);
        *idle = now;
        drop(idle);
        let attempt = ObservedAttempt {
            operation: watched.operation,
            mode: watched.mode,
            number,
            waited,
            took: now.saturating_duration_since(begun),
            status: status(result),
            error: result.err().map(Error::kind),
        };
        tell(|| watched.observer.attempt(&attempt));
    }

    pub(crate) fn called(&self, attempts: u32, result: Result<StatusCode, &Error>) {
        let Some(watched) = &self.0 else { return };
        let call = ObservedCall {
            operation: watched.operation,
            mode: watched.mode,
            attempts,
            took: watched.began.elapsed(),
            status: status(result),
            error: result.err().map(Error::kind),
            outcome: result.err().map(Error::outcome),
        };
        tell(|| watched.observer.call(&call));
    }
}

/// When an attempt began, if somebody wants to know.
pub(crate) struct Begun(Option<Instant>);

fn status(result: Result<StatusCode, &Error>) -> Option<StatusCode> {
    result.map_or_else(Error::status, Some)
}

/// The state of an observer that panicked is its own affair: it is shared and may be called by others at any time.
fn tell(observer: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(observer)).is_err() {
        trace::observer_panicked();
    }
}
