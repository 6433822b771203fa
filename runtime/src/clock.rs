//! Time and chance: where a client gets both from.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::platform::{BoxFuture, MaybeSend, MaybeSync};

/// Time and chance for a client. `ClientBuilder::clock` takes one; the default is [`TokioClock`].
///
/// A test that implements it decides how long waits take and what jitter comes out.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use openapi_keys_runtime::{BoxFuture, Clock};
///
/// /// No wait takes any time.
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
///         // The limit of an attempt is a sleep as well: it must not end at once.
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
    /// Returns the time since some moment that stays the same. It never goes back.
    fn now(&self) -> Duration;

    /// Returns the time of day, to compare with dates in responses.
    fn wall_time(&self) -> SystemTime;

    /// Returns a future that ends after this long. [`Duration::MAX`] is never.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns a random number from 0 to 1, without 1: to spread retries, and for nothing that must not be guessed.
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

/// The clock of tokio: the future of a call needs a tokio runtime with its timer on.
///
/// In a test with tokio's paused time, waits take no time.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

/// Times are counted from a moment that lies before the start of any runtime of tokio whose time is paused.
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

    /// Without a crate for it: the keys of the standard library's hash maps are random.
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
