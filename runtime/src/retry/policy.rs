//! Defines how many times a call is retried, and how long the client waits between attempts.

use std::time::Duration;

/// How many times a call is retried, and how long the client waits between attempts.
///
/// A policy doesn't decide which failures are retried. These rules always apply:
///
/// * A **read** (GET, HEAD, OPTIONS, TRACE) is retried if there was no connection, if there was no response in time, if
///   the connection broke, if the body was truncated, or if the status was 408, 429, 500, 502, 503 or 504.
/// * A **write** is retried only if there was no connection, because in that case nothing was sent.
///
/// The wait is random, between zero and a limit that doubles with each attempt. If a response contains `Retry-After`,
/// in seconds or as a date, that time is added. The call's timeout covers all attempts and waits. The error is returned
/// immediately if the next wait would outlast the timeout, or would leave a write less time than the connect timeout.
///
/// | setting | default |
/// | --- | --- |
/// | [`new`](RetryPolicy::new) | 2 retries, so 3 attempts |
/// | [`base_delay`](RetryPolicy::base_delay) | 250 milliseconds |
/// | [`max_delay`](RetryPolicy::max_delay) | 5 seconds |
/// | [`max_retry_after`](RetryPolicy::max_retry_after) | 10 seconds |
/// | [`attempt_timeout`](RetryPolicy::attempt_timeout) | 10 seconds |
///
/// ```
/// use std::time::Duration;
///
/// use openapi_keys_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::new(5).base_delay(Duration::from_secs(1));
/// // … `Client::builder(credential).retries(patient)`
/// assert_eq!(RetryPolicy::default(), RetryPolicy::new(2));
/// # let _ = patient;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is passed to a client or a call"]
pub struct RetryPolicy {
    retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    attempt_timeout: Duration,
}

impl RetryPolicy {
    /// Creates a policy that allows up to `retries` retries after the first attempt, with the default waits.
    pub const fn new(retries: u32) -> Self {
        RetryPolicy {
            retries,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(10),
        }
    }

    /// Creates a policy that allows no retries, so every call is sent at most once.
    pub const fn never() -> Self {
        RetryPolicy::new(0)
    }

    /// Sets the longest wait before the first retry. This limit doubles with each further retry, up to
    /// [`max_delay`](RetryPolicy::max_delay).
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest wait before any retry, not counting `Retry-After`.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest `Retry-After` that the client waits for. If the server requests more, the error is returned
    /// immediately, and [`Error::retry_after`](crate::Error::retry_after) returns the requested wait.
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Sets the timeout for each attempt at a read, except for the last attempt.
    ///
    /// The last attempt may use all of the call's remaining time. This timeout doesn't apply to writes, because
    /// aborting a write would only make its outcome unknown.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    pub(super) fn max_attempts(&self) -> u32 {
        self.retries.saturating_add(1)
    }

    pub(super) fn longest_retry_after(&self) -> Duration {
        self.max_retry_after
    }

    /// Returns the upper limit of the random wait after this attempt. Attempts are counted from 1.
    pub(super) fn longest_delay(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1);
        let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }

    /// Returns how long this attempt may take. `remaining` is how much of the call's time is left.
    pub(crate) fn attempt_limit(&self, write: bool, attempt: u32, remaining: Duration) -> Duration {
        if write || attempt >= self.max_attempts() {
            return remaining;
        }
        remaining.min(self.attempt_timeout)
    }
}

/// Creates a policy that allows two retries.
impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy::new(2)
    }
}
