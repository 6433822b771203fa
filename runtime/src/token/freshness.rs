//! Decides whether a cached token can still be used. Pure.

use std::time::Duration;

/// A token is renewed at most this long before it expires.
const EARLY: Duration = Duration::from_secs(60);

/// Whether a token can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    /// The token is still valid but should be renewed.
    Aging,
    Expired,
}

/// Classifies a token by the time since it was requested. A token without a lifetime stays fresh until it is rejected.
pub(super) fn freshness(age: Duration, lifetime: Option<Duration>) -> Freshness {
    let Some(lifetime) = lifetime else { return Freshness::Fresh };
    let left = lifetime.saturating_sub(age);
    if left.is_zero() {
        Freshness::Expired
    } else if left < (lifetime / 10).min(EARLY) {
        Freshness::Aging
    } else {
        Freshness::Fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_aging_in_its_last_tenth_or_minute() {
        for (lifetime, age, expected) in [
            (100, 0, Freshness::Fresh),
            (100, 90, Freshness::Fresh),
            (100, 91, Freshness::Aging),
            (100, 99, Freshness::Aging),
            (100, 100, Freshness::Expired),
            (100, u64::MAX, Freshness::Expired),
            (3600, 3540, Freshness::Fresh),
            (3600, 3541, Freshness::Aging),
            (0, 0, Freshness::Expired),
            (u64::MAX, 3600, Freshness::Fresh),
        ] {
            let seconds = Duration::from_secs;
            let found = freshness(seconds(age), Some(seconds(lifetime)));
            assert_eq!(found, expected, "age {age}, lifetime {lifetime}");
        }
    }

    #[test]
    fn a_token_without_a_lifetime_never_ages() {
        assert_eq!(freshness(Duration::MAX, None), Freshness::Fresh);
    }
}
