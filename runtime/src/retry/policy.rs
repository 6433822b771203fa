//! How often and how patiently a call is tried again.

use std::time::Duration;

/// How often a call is tried again, and how long it waits in between.
///
/// What is tried again is not for a policy to say, and no setting changes it:
///
/// * A **read** (GET, HEAD) if there was no connection, no answer in time, a connection that broke, a body that was
///   cut off, or a status of 408, 429, 500, 502, 503 or 504.
/// * A **write** only if there was no connection, so that it certainly was not sent.
///
/// The wait is random, between zero and a bound that doubles with each attempt. An answer with `Retry-After`, in
/// seconds or as a date, adds what it asks for. The time limit of the call covers all attempts and waits: where the
/// next wait would outlast it, or would leave a write less time than a connection may take, the error comes at once.
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
#[must_use = "a policy does nothing until a client or a call is given it"]
pub struct RetryPolicy {
    retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    attempt_timeout: Duration,
}

impl RetryPolicy {
    /// At most this many retries after the first attempt, with the default waits.
    pub const fn new(retries: u32) -> Self {
        RetryPolicy {
            retries,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(10),
        }
    }

    /// Every call is sent once at most.
    pub const fn never() -> Self {
        RetryPolicy::new(0)
    }

    /// The longest wait before the first retry. It doubles with each further one, up to
    /// [`max_delay`](RetryPolicy::max_delay).
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait before any retry, but for what `Retry-After` adds.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for. Where the server asks for more, the error comes at once, and
    /// [`Error::retry_after`](crate::Error::retry_after) says for how much.
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// How long an attempt of a read may take while another may follow.
    ///
    /// The last attempt has all the time that is left of the call, and so has every attempt of a write: to give up on
    /// a write early gains nothing but an unknown outcome.
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

    /// The bound of the random wait after this attempt; the first is 1.
    pub(super) fn longest_delay(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1);
        let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }

    /// How long this attempt may take if so much is left of the call.
    pub(crate) fn attempt_limit(&self, write: bool, attempt: u32, remaining: Duration) -> Duration {
        if write || attempt >= self.max_attempts() {
            return remaining;
        }
        remaining.min(self.attempt_timeout)
    }
}

/// Two retries.
impl Default for RetryPolicy {
    fn default() -> Self {
        RetryPolicy::new(2)
    }
}
