//! The seam for holding requests back: who says when one may leave.

use std::sync::Arc;
use std::time::Duration;

use crate::eventually::Eventually;
use crate::operation::Operation;
use crate::platform::{MaybeSend, MaybeSync};

/// Says when a request may leave, so that the limits of a server are kept. `ClientBuilder::governor` takes one.
///
/// It belongs to one credential, since servers count by credential: clones of a client share it, clients with other
/// credentials need others. [`RateLimit`](crate::RateLimit) is one for a single process; where several share a
/// credential, one of your own can ask a store that they share.
///
/// What it admits it must count before it says so. If the future of [`Eventually::Later`] is dropped, as happens with the
/// call that waits for it, nothing more may be admitted than the limit allows: a request may stay counted that was never
/// sent, but never the other way round.
///
/// ```
/// use std::time::Duration;
///
/// use openapi_keys_runtime::{Admission, Ask, Eventually, Governor};
///
/// /// Lets nothing but reads through.
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
pub trait Governor: MaybeSend + MaybeSync {
    /// Asked before each attempt of a call, and again after each wait.
    ///
    /// It must not block; what has to ask elsewhere returns a future. The call stops waiting for it when its time ends.
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission>;
}

impl<G: Governor + ?Sized> Governor for Arc<G> {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        (**self).admit(ask)
    }
}

/// What a [`Governor`] is asked.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Ask {
    /// What is to be sent.
    pub operation: &'static Operation,
    /// The number of the attempt; the first is 1.
    pub attempt: u32,
    /// What is left of the time of the call.
    pub time_left: Duration,
    /// What a wait has to leave of it: for a write as long as a connection may take, for a read nothing.
    pub needed: Duration,
    /// The time of the client's [`Clock`](crate::Clock): since some moment that stays the same.
    pub now: Duration,
}

impl Ask {
    /// Asks about an operation, for tests of a governor: the first attempt, with all the time in the world.
    #[must_use]
    pub fn new(operation: &'static Operation, now: Duration) -> Self {
        Ask { operation, attempt: 1, time_left: Duration::MAX, needed: Duration::ZERO, now }
    }

    /// Whether the call can wait this long. If not, [`Admission::After`] makes it fail at once.
    ///
    /// A write has to have more than [`needed`](Ask::needed) left: if the time of the call ended while the write still waits
    /// for its connection, "not sent" would become "unknown".
    #[must_use]
    pub fn can_wait(&self, pause: Duration) -> bool {
        pause.saturating_add(self.needed) < self.time_left
    }
}

/// What a [`Governor`] says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Admission {
    /// It may leave now, and is counted.
    Now,
    /// Ask again after this time. If the call [can't wait](Ask::can_wait) that long, it fails at once.
    After(Duration),
    /// The call fails at once with [`ErrorKind::RateLimited`](crate::ErrorKind::RateLimited); after this time it would be
    /// admitted.
    Refuse(Duration),
}
