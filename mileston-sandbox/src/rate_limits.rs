//! Rate limits: so many requests with one key, in a span of time.
//!
//! What is counted is a pure function of points in time; `limit` asks it, around the operations of the API alone.

mod limit;
mod limiter;
mod window;

use std::time::Duration;

pub(crate) use limit::limit;
pub(crate) use limiter::Limiter;

/// At most so many requests with each key in any span of a length: given to
/// [`SandboxBuilder::rate_limits`](crate::SandboxBuilder::rate_limits).
///
/// A sandbox counts in sixtieths of a span, and counts each request for 59 of them at most. So whoever keeps a limit to
/// the point is not refused because one request took a little longer on its way than the next one.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mileston_sandbox::StartError> {
/// use std::time::Duration;
/// use mileston_sandbox::{RateLimits, Sandbox};
///
/// let documented = Sandbox::builder().rate_limits(RateLimits::documented()).start().await?;
/// // A test that does not want to wait for a minute has limits of its own.
/// let limits = RateLimits::new(5, Duration::from_secs(1)).and(20, Duration::from_secs(10));
/// let small = Sandbox::builder().rate_limits(limits).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a sandbox has rate limits only if its builder is given some"]
pub struct RateLimits {
    quotas: Vec<Quota>,
}

/// At most so many requests in any span of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) requests: u32,
    pub(crate) span: Duration,
}

impl RateLimits {
    /// At most this many requests with each key in any span of this length. 0 requests count as 1.
    pub fn new(requests: u32, span: Duration) -> Self {
        RateLimits { quotas: Vec::new() }.and(requests, span)
    }

    /// And at most this many in any span of this length. 0 requests count as 1.
    pub fn and(mut self, requests: u32, span: Duration) -> Self {
        self.quotas.push(Quota { requests: requests.max(1), span });
        self
    }

    /// What the vendor documents: 100 requests a minute, 1000 an hour, 10 000 a day.
    pub fn documented() -> Self {
        let hour = Duration::from_secs(3600);
        RateLimits::new(100, Duration::from_secs(60)).and(1000, hour).and(10_000, 24 * hour)
    }
}
