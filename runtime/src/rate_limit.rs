//! At most so many requests in any span of time, within one process.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::eventually::Eventually;
use crate::governor::{Admission, Ask, Governor};

/// At most so many requests in any span of time: a [`Governor`] for all clones of a client.
///
/// A request beyond that waits for its turn if the time of its call allows it; otherwise the call fails at once with
/// [`ErrorKind::RateLimited`](crate::ErrorKind::RateLimited), nothing was sent, and
/// [`Error::retry_after`](crate::Error::retry_after) says for how long. A write waits only if the
/// wait leaves it more than the connect timeout: if the call's time ended
/// while it still waits for its connection, "not sent" would become "unknown".
///
/// To share one among several clients of the same credential, give each a clone of an [`Arc`](std::sync::Arc) of it. They
/// need the same kind of [`Clock`](crate::Clock).
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
    /// When requests were admitted, as many as the largest quota has.
    admitted: Mutex<VecDeque<Duration>>,
}

#[derive(Clone, Copy, Debug)]
struct Quota {
    requests: usize,
    span: Duration,
}

impl RateLimit {
    /// At most this many requests in any span of this length. 0 requests count as 1.
    pub fn new(requests: u32, span: Duration) -> Self {
        let limit = RateLimit { quotas: Vec::new(), fails_fast: false, admitted: Mutex::default() };
        limit.and(requests, span)
    }

    /// And at most this many in any span of this length. 0 requests count as 1.
    #[must_use]
    pub fn and(mut self, requests: u32, span: Duration) -> Self {
        let requests = usize::try_from(requests.max(1)).unwrap_or(usize::MAX);
        self.quotas.push(Quota { requests, span });
        self
    }

    /// A call that would have to wait fails at once.
    #[must_use]
    pub fn fail_fast(mut self) -> Self {
        self.fails_fast = true;
        self
    }

    /// Admits a request at this moment, or says how long there is no room for it.
    fn ask(&self, now: Duration) -> Result<(), Duration> {
        // A queue that was left in the middle of a panic is still one.
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
    /// How long until the request that is as many back as the quota has is older than the span.
    fn wait(&self, admitted: &VecDeque<Duration>, now: Duration) -> Duration {
        let oldest = admitted.len().checked_sub(self.requests).and_then(|at| admitted.get(at));
        match oldest {
            Some(oldest) => self.span.saturating_sub(now.saturating_sub(*oldest)),
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
