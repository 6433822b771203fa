//! Time and randomness: the source of both for a client.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::platform::{BoxFuture, MaybeSend, MaybeSync};

/// The source of time and randomness for a client. `ClientBuilder::clock` takes one; the default is [`TokioClock`].
///
/// A test that implements it controls how long waits take and which jitter is used.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use openapi_keys_runtime::{BoxFuture, Clock};
///
/// /// Makes every short wait end immediately.
/// struct Impatient;
///
/// impl Clock for Impatient {
///     fn now(&self) -> Duration {
///         Duration::ZERO
///     }
///     fn wall_time(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH
///     }
///     fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
///         // An attempt's time limit is a sleep as well and must not end immediately.
///         if duration >= Duration::from_secs(5) {
///             Box::pin(std::future::pending())
///         } else {
///             Box::pin(std::future::ready(()))
///         }
///     }
///     fn random(&self) -> f64 {
///         0.5
///     }
/// }
/// # let _ = Impatient;
/// ```
pub trait Clock: MaybeSend + MaybeSync {
    /// Returns the time since a fixed moment. It never goes back.
    fn now(&self) -> Duration;

    /// Returns the time of day, which is compared with dates in responses.
    fn wall_time(&self) -> SystemTime;

    /// Returns a future that ends after this time. [`Duration::MAX`] means never.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns a random number from 0 (inclusive) to 1 (exclusive). It spreads retries and must not be used for
    /// secrets.
    fn random(&self) -> f64;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Duration {
        (**self).now()
    }

    fn wall_time(&self) -> SystemTime {
        (**self).wall_time()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }

    fn random(&self) -> f64 {
        (**self).random()
    }
}

/// The clock of tokio. The future of a call then needs a tokio runtime with its timer enabled.
///
/// In a test with tokio's paused time, waits end immediately.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

/// Returns the moment that times are counted from, which is before the start of any tokio runtime whose time is paused.
fn beginning() -> Instant {
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    const BEFORE: Duration = Duration::from_secs(24 * 60 * 60);
    *BEGINNING.get_or_init(|| {
        let now = std::time::Instant::now();
        Instant::from_std(now.checked_sub(BEFORE).unwrap_or(now))
    })
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        Instant::now().saturating_duration_since(beginning())
    }

    fn wall_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    /// Needs no crate: the keys of the standard library's hash maps are random.
    fn random(&self) -> f64 {
        let bits = RandomState::new().build_hasher().finish() >> 11;
        // Both are exact: 53 bits fit into the mantissa.
        bits as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_are_spread_over_the_whole_range() {
        let mut seen = [0_u32; 4];
        for _ in 0..4000 {
            let random = TokioClock.random();
            assert!((0.0..1.0).contains(&random), "{random}");
            seen[(random * 4.0) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| (800..1200).contains(&count)), "{seen:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn it_follows_the_paused_time_of_tokio() {
        let before = TokioClock.now();
        TokioClock.sleep(Duration::from_secs(3600)).await;
        assert_eq!(TokioClock.now() - before, Duration::from_secs(3600));
    }
}
