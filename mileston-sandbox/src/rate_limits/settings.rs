//! The limits of a sandbox.

use std::time::Duration;

use super::quota::Quota;

/// The maximum number of requests with each key in a sliding window, for
/// [`SandboxBuilder::rate_limits`](crate::SandboxBuilder::rate_limits).
///
/// A sandbox divides a window into 60 parts, and counts a request for at most 59 of them. So if a client sends exactly
/// as many requests as a limit allows, small differences in latency don't lead to a rejection.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mileston_sandbox::StartError> {
/// use std::time::Duration;
/// use mileston_sandbox::{RateLimits, Sandbox};
///
/// let documented = Sandbox::builder().rate_limits(RateLimits::documented()).start().await?;
/// // Smaller limits, for a test that shouldn't wait for a minute.
/// let limits = RateLimits::new(5, Duration::from_secs(1)).and(20, Duration::from_secs(10));
/// let small = Sandbox::builder().rate_limits(limits).start().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "limits do nothing until they are passed to `SandboxBuilder::rate_limits`"]
pub struct RateLimits {
    pub(super) quotas: Vec<Quota>,
}

impl RateLimits {
    /// Allows this many requests with each key in any window of this length. A limit of 0 is treated as 1.
    pub fn new(requests: u32, span: Duration) -> Self {
        RateLimits { quotas: Vec::new() }.and(requests, span)
    }

    /// Adds another limit. A limit of 0 is treated as 1.
    pub fn and(mut self, requests: u32, span: Duration) -> Self {
        self.quotas.push(Quota { requests: requests.max(1), span });
        self
    }

    /// Returns the limits that the vendor documents: 100 requests a minute, 1000 an hour, 10,000 a day.
    pub fn documented() -> Self {
        let hour = Duration::from_secs(3600);
        RateLimits::new(100, Duration::from_secs(60)).and(1000, hour).and(10_000, 24 * hour)
    }
}
