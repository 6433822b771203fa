//! Limits how many requests a process sends in any window of a given length.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::eventually::Eventually;
use crate::governor::{Admission, Ask, Governor};

/// Allows a maximum number of requests in any window of a given length. This type is a [`Governor`]. All clones of a
/// client share the limit.
///
/// A request over the limit waits if the call's timeout allows it. Otherwise the call fails immediately with
/// [`ErrorKind::RateLimited`](crate::ErrorKind::RateLimited), nothing is sent, and
/// [`Error::retry_after`](crate::Error::retry_after) returns how long the limit stays exhausted. A write waits only if
/// the time that remains after the wait is longer than the connect timeout. Otherwise the call's timeout could expire
/// while the write is still waiting for its connection, and the outcome would be "unknown" instead of "not sent".
///
/// To share one limit among several clients with the same credential, put the limit into an [`Arc`](std::sync::Arc),
/// and give each client a clone of the `Arc`. The clients must use the same kind of [`Clock`](crate::Clock).
///
/// ```
/// use std::time::Duration;
///
/// use openapi_keys_runtime::RateLimit;
///
/// let limit = RateLimit::new(10, Duration::from_secs(1)).and(100, Duration::from_secs(60));
/// // … `Client::builder(credential).governor(limit)`
/// # let _ = limit;
/// ```
#[derive(Debug)]
pub struct RateLimit {
    quotas: Vec<Quota>,
    fails_fast: bool,
    /// The times at which the latest requests were admitted, up to the size of the largest quota.
    admitted: Mutex<VecDeque<Duration>>,
}

#[derive(Clone, Copy, Debug)]
struct Quota {
    requests: usize,
    window: Duration,
}

impl RateLimit {
    /// Creates a limit of `requests` in any window of this length. 0 is treated as 1.
    pub fn new(requests: u32, window: Duration) -> Self {
        let limit = RateLimit { quotas: Vec::new(), fails_fast: false, admitted: Mutex::default() };
        limit.and(requests, window)
    }

    /// Adds another limit. All limits apply at the same time. 0 is treated as 1.
    #[must_use]
    pub fn and(mut self, requests: u32, window: Duration) -> Self {
        let requests = usize::try_from(requests.max(1)).unwrap_or(usize::MAX);
        self.quotas.push(Quota { requests, window });
        self
    }

    /// Makes a call fail immediately if it would have to wait.
    #[must_use]
    pub fn fail_fast(mut self) -> Self {
        self.fails_fast = true;
        self
    }

    /// Admits a request now, or returns how long to wait.
    fn ask(&self, now: Duration) -> Result<(), Duration> {
        // If a thread panicked while it held the lock, the queue is still usable.
        let mut admitted = self.admitted.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = self.quotas.iter().map(|quota| quota.wait(&admitted, now)).max();
        match wait.unwrap_or_default() {
            Duration::ZERO => {
                admitted.push_back(now);
                let kept = self.quotas.iter().map(|quota| quota.requests).max().unwrap_or(0);
                while admitted.len() > kept {
                    admitted.pop_front();
                }
                Ok(())
            }
            wait => Err(wait),
        }
    }
}

impl Quota {
    /// Returns the time until the nth latest request is older than the window, where n is the quota.
    fn wait(&self, admitted: &VecDeque<Duration>, now: Duration) -> Duration {
        let oldest = admitted.len().checked_sub(self.requests).and_then(|at| admitted.get(at));
        match oldest {
            Some(oldest) => self.window.saturating_sub(now.saturating_sub(*oldest)),
            None => Duration::ZERO,
        }
    }
}

impl Governor for RateLimit {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        Eventually::Now(match self.ask(ask.now) {
            Ok(()) => Admission::Now,
            Err(wait) if self.fails_fast => Admission::Refuse(wait),
            Err(wait) => Admission::After(wait),
        })
    }
}
