//! Holds requests back so that the platform's limits are not run into.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::operation::Operation;
use crate::runtime::retry::Attempt;
use crate::runtime::trace;

/// Says when a request may leave. [`ClientBuilder::governor`](crate::ClientBuilder::governor) takes one.
///
/// [`RateLimit`] is one for a single process. Where several processes share a key, one of your own can ask a place
/// that they share.
///
/// ```
/// use std::time::Duration;
///
/// use mileston_api::operation::Operation;
/// use mileston_api::{Admission, Client, Governor};
///
/// /// Lets nothing but reads through.
/// struct Maintenance;
///
/// impl Governor for Maintenance {
///     fn admit(&self, operation: &'static Operation) -> Admission {
///         if operation.method.is_safe() {
///             Admission::Now
///         } else {
///             Admission::Refuse(Duration::from_secs(600))
///         }
///     }
/// }
///
/// let client = Client::builder_without_key().governor(Maintenance).build()?;
/// # Ok::<(), mileston_api::Error>(())
/// ```
pub trait Governor: Send + Sync {
    /// Asked before each attempt of a call, and again after each wait. It must not block.
    fn admit(&self, operation: &'static Operation) -> Admission;
}

impl<G: Governor + ?Sized> Governor for Arc<G> {
    fn admit(&self, operation: &'static Operation) -> Admission {
        (**self).admit(operation)
    }
}

/// What a [`Governor`] says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may leave now, and is counted.
    Now,
    /// Ask again after this time. If that leaves the call no time, or a write less time than a connection may take, the
    /// call fails at once.
    After(Duration),
    /// The call fails at once with [`ErrorKind::RateLimited`]; in this time it would be admitted.
    Refuse(Duration),
}

/// At most so many requests in any span of time: a [`Governor`] for all clones of a client.
///
/// A request beyond that waits for its turn if the time of its call allows it; otherwise the call fails at once with
/// [`ErrorKind::RateLimited`], nothing was sent, and [`Error::retry_after`] says for how long. A write waits only if the
/// wait leaves it more than the [`connect_timeout`](crate::ClientBuilder::connect_timeout): if the call's time ended
/// while it still waits for its connection, "not sent" would become "unknown".
///
/// To share one among several clients of the same key, give each a clone of an [`Arc`] of it.
///
/// ```
/// use std::time::Duration;
///
/// use mileston_api::{Client, RateLimit};
///
/// let limit = RateLimit::new(10, Duration::from_secs(1)).and(100, Duration::from_secs(60));
/// let client = Client::builder_without_key().governor(limit).build()?;
/// # Ok::<(), mileston_api::Error>(())
/// ```
#[derive(Debug)]
pub struct RateLimit {
    quotas: Vec<Quota>,
    fails_fast: bool,
    /// When requests were admitted, as many as the largest quota has.
    admitted: Mutex<VecDeque<Instant>>,
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

    /// What the vendor documents: 100 requests a minute, 1000 an hour, 10 000 a day, for each key.
    ///
    /// Its page on the Wallet API says so. Whether other services have limits, and whether the platform counts in
    /// the same way, is not known.
    ///
    /// ```
    /// use mileston_api::{Client, RateLimit};
    ///
    /// let client = Client::builder_without_key().governor(RateLimit::documented()).build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn documented() -> Self {
        let hour = Duration::from_secs(3600);
        RateLimit::new(100, Duration::from_secs(60)).and(1000, hour).and(10_000, 24 * hour)
    }

    /// And at most this many in any span of this length. 0 requests count as 1.
    #[must_use]
    pub fn and(mut self, requests: u32, span: Duration) -> Self {
        let requests = usize::try_from(requests.max(1)).unwrap_or(usize::MAX);
        self.quotas.push(Quota { requests, span });
        self
    }

    /// A call that would have to wait fails at once.
    ///
    /// ```
    /// use mileston_api::{Client, RateLimit};
    ///
    /// let limit = RateLimit::documented().fail_fast();
    /// let client = Client::builder_without_key().governor(limit).build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    #[must_use]
    pub fn fail_fast(mut self) -> Self {
        self.fails_fast = true;
        self
    }

    /// Admits a request at this moment, or says how long there is no room for it.
    fn ask(&self, now: Instant) -> Result<(), Duration> {
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
    fn wait(&self, admitted: &VecDeque<Instant>, now: Instant) -> Duration {
        let oldest = admitted.len().checked_sub(self.requests).and_then(|at| admitted.get(at));
        match oldest {
            Some(oldest) => self.span.saturating_sub(now.saturating_duration_since(*oldest)),
            None => Duration::ZERO,
        }
    }
}

impl Governor for RateLimit {
    fn admit(&self, _: &'static Operation) -> Admission {
        match self.ask(Instant::now()) {
            Ok(()) => Admission::Now,
            Err(wait) if self.fails_fast => Admission::Refuse(wait),
            Err(wait) => Admission::After(wait),
        }
    }
}

/// Waits for admission. Gives what is left of the attempt's limit, which the wait does not count against.
///
/// `needed` is what a wait has to leave of the call's time: for a write, as long as a connection may take.
pub(crate) async fn admission(
    governor: &dyn Governor,
    operation: &'static Operation,
    attempt: Attempt,
    needed: Duration,
) -> Result<Duration, Error> {
    let started = Instant::now();
    let mut waited = false;
    loop {
        let remaining = attempt.remaining.saturating_sub(started.elapsed());
        let pause = match governor.admit(operation) {
            // The wait may have been longer than it was meant to be.
            Admission::Now if waited && remaining <= needed => return Err(late()),
            Admission::Now => return Ok(attempt.limit.min(remaining)),
            Admission::After(pause) if pause.saturating_add(needed) < remaining => pause,
            Admission::After(pause) if pause < remaining => return Err(too_late(pause)),
            Admission::After(pause) | Admission::Refuse(pause) => return Err(limited(pause)),
        };
        trace::held_back(pause);
        // A governor that says zero is not asked in circles.
        sleep(pause.max(Duration::from_millis(1))).await;
        waited = true;
    }
}

/// The call has time for the wait, and then too little for a connection.
fn too_late(pause: Duration) -> Error {
    Error::new(ErrorKind::RateLimited)
        .with_detail(format!(
            "this client's rate limit allows no request for {:.1} seconds, and after that a write needs more than \
             `connect_timeout`: raise `total_timeout`, or try again later",
            pause.as_secs_f64()
        ))
        .with_retry_after(pause)
}

fn late() -> Error {
    Error::new(ErrorKind::RateLimited)
        .with_detail("the rate limit of this client left too little time for the call")
        .with_retry_after(Duration::ZERO)
}

fn limited(pause: Duration) -> Error {
    Error::new(ErrorKind::RateLimited)
        .with_detail(format!(
            "this client's rate limit allows no request for {:.1} seconds",
            pause.as_secs_f64()
        ))
        .with_retry_after(pause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Outcome;
    use crate::runtime::testing::GET;

    fn attempt(remaining: u64) -> Attempt {
        let remaining = Duration::from_secs(remaining);
        Attempt { number: 1, limit: Duration::from_secs(10).min(remaining), remaining }
    }

    /// At which second each of so many requests is admitted.
    async fn admitted(limit: &RateLimit, requests: usize) -> Vec<u64> {
        let start = Instant::now();
        let mut seconds = Vec::new();
        for _ in 0..requests {
            admission(limit, &GET, attempt(1_000_000), Duration::ZERO).await.unwrap();
            seconds.push(start.elapsed().as_secs());
        }
        seconds
    }

    #[tokio::test(start_paused = true)]
    async fn all_quotas_hold_in_any_span() {
        let limit = RateLimit::new(2, Duration::from_secs(10)).and(3, Duration::from_secs(60));
        assert_eq!(admitted(&limit, 7).await, [0, 0, 10, 60, 60, 70, 120]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_vendor_documents() {
        let limit = RateLimit::documented();
        let seconds = admitted(&limit, 10_001).await;
        assert_eq!((seconds[99], seconds[100]), (0, 60));
        assert_eq!((seconds[999], seconds[1000]), (540, 3600));
        assert_eq!((seconds[9999], seconds[10_000]), (9 * 3600 + 540, 24 * 3600));
        assert_eq!(limit.admitted.lock().unwrap().len(), 10_000);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_no_part_of_the_attempt_and_part_of_the_call() {
        let limit = RateLimit::new(1, Duration::from_secs(25));
        assert_eq!(
            admission(&limit, &GET, attempt(30), Duration::ZERO).await.unwrap().as_secs(),
            10
        );
        let left = admission(&limit, &GET, attempt(30), Duration::ZERO).await.unwrap();
        assert_eq!(left, Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_wait_is_told_for_how_long() {
        let limit = RateLimit::new(1, Duration::from_secs(60));
        admission(&limit, &GET, attempt(30), Duration::ZERO).await.unwrap();
        let start = Instant::now();
        let error = admission(&limit, &GET, attempt(60), Duration::ZERO).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::RateLimited, Outcome::NotSent));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        let hasty = RateLimit::new(0, Duration::from_secs(60)).fail_fast();
        admission(&hasty, &GET, attempt(1000), Duration::ZERO).await.unwrap();
        let error = admission(&hasty, &GET, attempt(1000), Duration::ZERO).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_leaves_what_is_needed() {
        let needed = Duration::from_secs(10);
        for (span, kind) in [(20, Some(ErrorKind::RateLimited)), (19, None)] {
            let limit = RateLimit::new(1, Duration::from_secs(span));
            // Without a wait it goes, however little time there is.
            admission(&limit, &GET, attempt(1), needed).await.unwrap();
            let start = Instant::now();
            let second = admission(&limit, &GET, attempt(30), needed).await;
            assert_eq!(second.err().map(|error| error.kind()), kind);
            assert_eq!(start.elapsed().as_secs(), if kind.is_some() { 0 } else { span });
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_took_too_long_is_no_admission() {
        /// The timer counts whole milliseconds, so this takes a whole second.
        struct Slow(Mutex<bool>);
        impl Governor for Slow {
            fn admit(&self, _: &'static Operation) -> Admission {
                let asked = std::mem::replace(&mut *self.0.lock().unwrap(), true);
                if asked {
                    Admission::Now
                } else {
                    Admission::After(Duration::from_micros(999_500))
                }
            }
        }
        let slow = Slow(Mutex::new(false));
        let needed = Duration::from_micros(11_000_400);
        let error = admission(&slow, &GET, attempt(12), needed).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimited, Some(Duration::ZERO))
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_governor_that_says_zero_is_not_asked_in_circles() {
        struct Zero(Mutex<u32>);
        impl Governor for Zero {
            fn admit(&self, _: &'static Operation) -> Admission {
                *self.0.lock().unwrap() += 1;
                Admission::After(Duration::ZERO)
            }
        }
        let zero = Arc::new(Zero(Mutex::new(0)));
        let error = admission(&zero, &GET, attempt(1), Duration::ZERO).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        assert!(*zero.0.lock().unwrap() <= 1001);
    }
}
