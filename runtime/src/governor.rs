//! Defines the trait that decides when a request may be sent.

use std::sync::Arc;
use std::time::Duration;

use crate::eventually::Eventually;
use crate::operation::Operation;

/// Decides when a request may be sent, to stay within a server's rate limits. To set a governor, use
/// `ClientBuilder::governor`.
///
/// A governor belongs to one credential, because servers count requests per credential. Clones of a client share a
/// governor, and clients with different credentials need separate governors. [`RateLimit`](crate::RateLimit) works
/// within a single process. If several processes share a credential, implement a governor that queries a shared store.
///
/// A governor must count a request before admitting it. If the waiting call is dropped, so is the future of
/// [`Eventually::Later`]. Even then, the governor must not admit more requests than the limit allows: it may count a
/// request that was never sent, but it must count every request that was sent.
///
/// ```
/// use std::time::Duration;
///
/// use openapi_keys_runtime::{Admission, Ask, Eventually, Governor};
///
/// /// Admits only reads.
/// struct Maintenance;
///
/// impl Governor for Maintenance {
///     fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
///         Eventually::Now(if ask.operation.method.is_safe() {
///             Admission::Now
///         } else {
///             Admission::Refuse(Duration::from_secs(600))
///         })
///     }
/// }
/// # let _ = Maintenance;
/// ```
pub trait Governor: Send + Sync {
    /// Decides whether an attempt may be sent. The client calls this before each attempt of a call, and again after
    /// each wait.
    ///
    /// This method must not block. An implementation that queries another service returns a future. The call stops
    /// waiting for the future when the call's timeout expires.
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission>;
}

impl<G: Governor + ?Sized> Governor for Arc<G> {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        (**self).admit(ask)
    }
}

/// The information that a [`Governor`] receives about an attempt.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Ask {
    /// The operation that is attempted.
    pub operation: &'static Operation,
    /// The number of the attempt. The first is 1.
    pub attempt: u32,
    /// The time left until the call's timeout.
    pub time_left: Duration,
    /// How much of [`time_left`](Ask::time_left) must remain after a wait: the connect timeout for a write, and zero
    /// for a read.
    pub needed: Duration,
    /// The current time according to the client's [`Clock`](crate::Clock), measured from a fixed moment.
    pub now: Duration,
}

impl Ask {
    /// Describes the first attempt of an operation, with unlimited time. Use this to test a governor.
    #[must_use]
    pub fn new(operation: &'static Operation, now: Duration) -> Self {
        Ask { operation, attempt: 1, time_left: Duration::MAX, needed: Duration::ZERO, now }
    }

    /// Returns whether the call can wait this long. If not, [`Admission::After`] makes the call fail immediately.
    ///
    /// A write must have more than [`needed`](Ask::needed) left after the wait. Otherwise the call's timeout could
    /// expire while the write is still waiting for its connection, and then the outcome would be "unknown" instead of
    /// "not sent".
    #[must_use]
    pub fn can_wait(&self, pause: Duration) -> bool {
        pause.saturating_add(self.needed) < self.time_left
    }
}

/// A [`Governor`]'s decision about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Admission {
    /// The request may be sent now. The governor has counted it.
    Now,
    /// The client should ask the governor again after this time. If the call [can't wait](Ask::can_wait) that long, it
    /// fails immediately.
    After(Duration),
    /// The call fails immediately with [`ErrorKind::RateLimited`](crate::ErrorKind::RateLimited). The governor would
    /// admit the request after this time.
    Refuse(Duration),
}
