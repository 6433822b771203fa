//! What a shared rate limit reports, for metrics.

use std::fmt;
use std::time::Duration;

use super::store::StoreFailure;

/// Receives what a [`SharedRateLimit`](super::SharedRateLimit) decides. It must return quickly, because requests wait for it.
pub trait Observer: fmt::Debug + Send + Sync {
    /// A decision about one attempt, or a failure of the store.
    fn event(&self, event: &Event);
}

/// A decision about one attempt, or a failure of the store.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// The store counted the request, and it may be sent.
    Admitted {
        /// Whether the store has forgotten a part of the longest span, so that shares apply as well.
        incomplete: bool,
    },
    /// The store is unavailable; the request is within the share of this process and may be sent.
    AdmittedByShare,
    /// The request has to wait.
    Delayed {
        /// How long until it can be admitted.
        wait: Duration,
        /// Whether a share of this process may be the reason: the store is unavailable, or has forgotten a part of the
        /// longest span.
        incomplete: bool,
    },
    /// The request was refused because the store is unavailable.
    Refused,
    /// The store failed.
    StoreFailed(StoreFailure),
}
