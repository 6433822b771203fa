//! Settings of a shared rate limit.

use std::sync::Arc;
use std::time::Duration;

use mileston_api::DOCUMENTED_QUOTAS;
use redis::aio::ConnectionLike;

use super::local::Local;
use super::quota::Quota;
use super::store::Store;
use super::{IfUnavailable, SharedRateLimit};
use crate::observe::{Observer, Observers};

/// Builds a [`SharedRateLimit`].
#[derive(Debug)]
#[must_use = "call `.build()`"]
pub struct SharedRateLimitBuilder<C> {
    connection: C,
    name: String,
    quotas: Vec<Quota>,
    processes: u32,
    margin: f64,
    timeout: Duration,
    if_unavailable: IfUnavailable,
    observers: Observers,
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> SharedRateLimit<C> {
    /// Starts building a limit for a credential. `credential` is the text of the API key. Only a part of its SHA-256
    /// leaves the process.
    ///
    /// `processes` is the maximum number of processes that share the credential at the same time, including during a
    /// deployment. This number determines each process's share while the store can't be trusted. 0 is treated as 1.
    pub fn builder(connection: C, credential: &str, processes: u32) -> SharedRateLimitBuilder<C> {
        SharedRateLimitBuilder::new(connection, credential, processes)
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> SharedRateLimitBuilder<C> {
    pub(super) fn new(connection: C, credential: &str, processes: u32) -> Self {
        SharedRateLimitBuilder {
            connection,
            name: super::store::name(credential),
            quotas: Vec::new(),
            processes: processes.max(1),
            margin: 0.02,
            timeout: Duration::from_millis(200),
            if_unavailable: IfUnavailable::Refuse,
            observers: Observers::default(),
        }
    }

    /// Adds a quota: at most `requests` in any window of this length. 0 requests are treated as 1.
    ///
    /// If you add no quota, the vendor's documented quotas apply: 100 a minute, 1,000 an hour and 10,000 a
    /// day.
    pub fn quota(mut self, requests: u32, window: Duration) -> Self {
        self.quotas.push(Quota { requests: requests.max(1), window });
        self
    }

    /// Lengthens each window by this fraction; 0.02 by default. The store counts a request when it is admitted, but the
    /// platform counts the request only when it arrives, and the delay between admission and arrival varies. Values are
    /// clamped to the range from 0 to 1, and NaN is treated as 1.
    pub fn margin(mut self, margin: f64) -> Self {
        self.margin = clamped(margin);
        self
    }

    /// Sets how long the store may take to respond before it is treated as unavailable; 200 ms by default.
    pub fn store_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets what happens to requests while the store is unavailable; [`IfUnavailable::Refuse`] by default.
    pub fn if_unavailable(mut self, policy: IfUnavailable) -> Self {
        self.if_unavailable = policy;
        self
    }

    /// Registers an observer that receives each decision, for metrics.
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observers.set(observer);
        self
    }

    /// Returns the limit. Pass it to `ClientBuilder::governor`, in an [`Arc`] if several clients use the credential.
    #[must_use]
    pub fn build(mut self) -> SharedRateLimit<C> {
        if self.quotas.is_empty() {
            self.quotas
                .extend(DOCUMENTED_QUOTAS.map(|(requests, window)| Quota { requests, window }));
        }
        let quotas: Vec<Quota> =
            self.quotas.iter().map(|quota| quota.with_margin(self.margin)).collect();
        let shares = quotas.iter().map(|quota| quota.share(self.processes)).collect();
        SharedRateLimit {
            store: Store::new(self.connection, self.name, self.timeout, longest(&quotas)),
            quotas,
            local: Local::new(shares),
            if_unavailable: self.if_unavailable,
            observers: self.observers,
        }
    }
}

fn clamped(margin: f64) -> f64 {
    if margin.is_nan() { 1.0 } else { margin.clamp(0.0, 1.0) }
}

/// Returns the longest window among the quotas.
fn longest(quotas: &[Quota]) -> Duration {
    quotas.iter().map(|quota| quota.window).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::clamped;

    #[test]
    fn a_margin_outside_the_range_becomes_the_nearest_limit() {
        for (margin, expected) in [
            (0.02, 0.02),
            (-0.5, 0.0),
            (1.5, 1.0),
            (f64::NEG_INFINITY, 0.0),
            (f64::INFINITY, 1.0),
            (f64::NAN, 1.0),
        ] {
            assert_eq!(clamped(margin), expected, "{margin}");
        }
    }
}
