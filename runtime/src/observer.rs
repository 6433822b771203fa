//! Tells an observer what became of attempts and calls, for metrics.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::platform::{MaybeSend, MaybeSync};
use crate::trace;

/// Is told of every attempt and every call, for metrics. `ClientBuilder::observer` takes one.
///
/// Nothing that it is told is secret or personal: no key, no payload, no header, no path that is filled in. What it is
/// told has few values, as labels of metrics need.
///
/// It runs inside the call, so it must not block. If it panics, the call goes on as if it had not, since the response
/// of a write must not get lost for it: the panic is caught (where panics unwind), and `tracing` is told.
///
/// A call whose future is dropped in the middle is not told, nor one that could not be built or prepared: that is a
/// mistake of the program, which gets an [`ErrorKind::InvalidArgument`] or the like. What the rate limit refuses is
/// told as a call without an attempt.
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
pub trait Observer: MaybeSend + MaybeSync {
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
    /// What the credential calls itself ([`Authenticate::label`](crate::Authenticate::label)), such as `test`.
    pub label: Option<&'static str>,
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
    /// What the credential calls itself ([`Authenticate::label`](crate::Authenticate::label)), such as `test`.
    pub label: Option<&'static str>,
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
    label: Option<&'static str>,
    clock: &'a dyn Clock,
    began: Duration,
    /// Since when nothing is under way.
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

    /// An attempt begins, that is, it is admitted.
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

/// When an attempt began, if somebody wants to know.
pub(crate) struct Begun(Option<Duration>);

fn status(result: Result<StatusCode, &Error>) -> Option<StatusCode> {
    result.map_or_else(Error::status, Some)
}

/// The state of an observer that panicked is its own affair: it is shared and may be called by others at any time.
fn tell(observer: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(observer)).is_err() {
        trace::observer_panicked();
    }
}
