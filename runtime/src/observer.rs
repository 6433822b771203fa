//! Reports finished attempts and calls to an observer, for metrics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::trace;

/// Receives finished attempts and calls, for metrics. To set an observer, use `ClientBuilder::observer`.
///
/// An observer receives nothing secret or personal: no key, payload, header or filled-in path. Apart from numbers and
/// durations, all values have low cardinality, so they can be used as metric labels.
///
/// An observer runs inside the call, so it must not block. If it panics, the call continues so that the response to a
/// write isn't lost. The panic is reported to `tracing`. With `panic = "abort"`, the program ends.
///
/// A call is not reported if its future is dropped before the call ends. A call that can't be built or prepared, e.g.
/// because of [`ErrorKind::InvalidArgument`], is not reported either, because the mistake is in the program. A call
/// that the rate limit rejects, or that gets no credential, is reported with zero attempts.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use openapi_keys_runtime::{ObservedAttempt, ObservedCall, Observer, Outcome};
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
/// ```
pub trait Observer: Send + Sync {
    /// Receives an attempt that has ended, with or without a response. The client calls this once the response has been
    /// read and decoded.
    fn attempt(&self, attempt: &ObservedAttempt) {
        let _ = attempt;
    }

    /// Receives a call that has ended. The client calls this after all attempts of the call.
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

/// The information about an attempt that an [`Observer`] receives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObservedAttempt {
    /// The operation, including its id, its method, and its path with `{names}`.
    pub operation: &'static Operation,
    /// The credential's label ([`Authenticate::label`](crate::Authenticate::label)), e.g. `test`.
    pub label: Option<&'static str>,
    /// The number of the attempt. The first is 1.
    pub number: u32,
    /// The wait before the attempt, measured from the start of the call or from the end of the previous attempt. It
    /// includes the pause before a retry, any delay due to the rate limit, and the time to get a token.
    pub waited: Duration,
    /// The time it took to send the request and to read and decode the response, including the time to connect.
    pub took: Duration,
    /// The status of the response, or `None` if there was no response.
    pub status: Option<StatusCode>,
    /// What went wrong, or `None` if the attempt succeeded.
    pub error: Option<ErrorKind>,
}

/// The information about a call that an [`Observer`] receives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ObservedCall {
    /// The operation, including its id, its method, and its path with `{names}`.
    pub operation: &'static Operation,
    /// The credential's label ([`Authenticate::label`](crate::Authenticate::label)), e.g. `test`.
    pub label: Option<&'static str>,
    /// The number of attempts. It is 0 if the rate limit rejected the call, or no credential could be added.
    pub attempts: u32,
    /// The duration, including all attempts and the waits between them.
    pub took: Duration,
    /// The status of the last response, or `None` if there was no response.
    pub status: Option<StatusCode>,
    /// What went wrong, or `None` if the call succeeded.
    pub error: Option<ErrorKind>,
    /// How far the failed request got, or `None` if the call succeeded.
    pub outcome: Option<Outcome>,
}

/// Collects the information about one call for an observer. Without an observer, this is empty, and nothing is
/// recorded.
pub(crate) struct Watch<'a>(Option<Box<Watched<'a>>>);

struct Watched<'a> {
    observer: &'a dyn Observer,
    operation: &'static Operation,
    label: Option<&'static str>,
    clock: &'a dyn Clock,
    began: Duration,
    /// The time when the last attempt ended or the call began.
    idle: Mutex<Duration>,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(
        observer: Option<&'a Arc<dyn Observer>>,
        operation: &'static Operation,
        label: Option<&'static str>,
        clock: &'a dyn Clock,
    ) -> Self {
        Watch(observer.map(|observer| {
            let now = clock.now();
            Box::new(Watched {
                observer,
                operation,
                label,
                clock,
                began: now,
                idle: Mutex::new(now),
            })
        }))
    }

    /// Records the start of an attempt, once it has been admitted and has its credentials.
    pub(crate) fn begin(&self) -> Begun {
        Begun(self.0.as_ref().map(|watched| watched.clock.now()))
    }

    pub(crate) fn attempted(&self, begun: Begun, number: u32, result: Result<StatusCode, &Error>) {
        let (Some(watched), Some(begun)) = (&self.0, begun.0) else { return };
        let now = watched.clock.now();
        let mut idle = watched.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = begun.saturating_sub(*idle);
        *idle = now;
        drop(idle);
        let attempt = ObservedAttempt {
            operation: watched.operation,
            label: watched.label,
            number,
            waited,
            took: now.saturating_sub(begun),
            status: status(result),
            error: result.err().map(Error::kind),
        };
        tell(|| watched.observer.attempt(&attempt));
    }

    pub(crate) fn called(&self, attempts: u32, result: Result<StatusCode, &Error>) {
        let Some(watched) = &self.0 else { return };
        let call = ObservedCall {
            operation: watched.operation,
            label: watched.label,
            attempts,
            took: watched.clock.now().saturating_sub(watched.began),
            status: status(result),
            error: result.err().map(Error::kind),
            outcome: result.err().map(Error::outcome),
        };
        tell(|| watched.observer.call(&call));
    }
}

/// The start of an attempt, or `None` if there is no observer.
pub(crate) struct Begun(Option<Duration>);

fn status(result: Result<StatusCode, &Error>) -> Option<StatusCode> {
    result.map_or_else(Error::status, Some)
}

/// Calls the observer and catches a panic. Other calls may still use the observer, so it must keep its own state
/// consistent.
fn tell(observer: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(observer)).is_err() {
        trace::observer_panicked();
    }
}
