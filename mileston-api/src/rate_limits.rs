//! Defines the platform's rate limits.

use std::time::Duration;

use openapi_keys_runtime::RateLimit;

/// The rate limits of each key, as documented by the vendor. Each pair is a number of requests and the period in which
/// they may be sent.
///
/// [`documented_rate_limit`] applies them within one process.
pub const DOCUMENTED_QUOTAS: [(u32, Duration); 3] = [
    (100, Duration::from_secs(60)),
    (1_000, Duration::from_secs(60 * 60)),
    (10_000, Duration::from_secs(24 * 60 * 60)),
];

/// Returns the rate limit that the vendor documents: 100 requests a minute, 1000 an hour and 10,000 a day for each key.
///
/// The source is the vendor's Wallet API page. It is unknown whether the other services have limits, or whether the
/// platform counts requests in the same way as this crate.
///
/// ```
/// use mileston_api::{Client, documented_rate_limit};
///
/// let client = Client::builder_without_key().governor(documented_rate_limit()).build()?;
/// // A call that would have to wait fails immediately:
/// let hasty = Client::builder_without_key().governor(documented_rate_limit().fail_fast()).build()?;
/// # Ok::<(), mileston_api::Error>(())
/// ```
#[must_use]
pub fn documented_rate_limit() -> RateLimit {
    let [minute, hour, day] = DOCUMENTED_QUOTAS;
    RateLimit::new(minute.0, minute.1).and(hour.0, hour.1).and(day.0, day.1)
}

#[cfg(test)]
mod tests {
    use openapi_keys_runtime::{Admission, Ask, Eventually, Governor};

    use super::*;
    use crate::catalogue::GET_INVOICE;

    /// Records when each request is admitted, in seconds since the start. A request that isn't admitted is tried again
    /// after the pause that the rate limit returns.
    #[test]
    fn the_rate_limit_is_the_one_that_the_vendor_documents() {
        let limit = documented_rate_limit();
        let mut now = Duration::ZERO;
        let mut admitted = Vec::new();
        while admitted.len() <= 10_000 {
            match limit.admit(Ask::new(&GET_INVOICE, now)) {
                Eventually::Now(Admission::Now) => admitted.push(now.as_secs()),
                Eventually::Now(Admission::After(pause)) => now += pause,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((admitted[99], admitted[100]), (0, 60));
        assert_eq!((admitted[999], admitted[1000]), (540, 3600));
        assert_eq!((admitted[9999], admitted[10_000]), (9 * 3600 + 540, 24 * 3600));
    }
}
