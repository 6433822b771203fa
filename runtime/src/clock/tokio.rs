//! Implements the clock for native programs, based on tokio.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use ::tokio::time::Instant;

use super::contract::Clock;
use crate::platform::BoxFuture;

/// A clock based on tokio. With this clock, a call must be awaited in a tokio runtime whose timer is enabled.
///
/// In a test with tokio's paused time, waits end immediately.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

/// Returns the moment from which times are measured. This moment is earlier than the start of any tokio runtime with
/// paused time.
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
        Box::pin(::tokio::time::sleep(duration))
    }

    /// Returns a random number. This needs no additional crate, because the keys of the standard library's hash maps
    /// are random.
    fn random(&self) -> f64 {
        let bits = RandomState::new().build_hasher().finish() >> 11;
        // Both conversions are exact, because 53 bits fit into the mantissa.
        bits as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_cover_the_whole_range() {
        let mut seen = [0_u32; 4];
        for _ in 0..4000 {
            let random = TokioClock.random();
            assert!((0.0..1.0).contains(&random), "{random}");
            seen[(random * 4.0) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| (800..1200).contains(&count)), "{seen:?}");
    }

    #[::tokio::test(start_paused = true)]
    async fn the_clock_follows_tokios_paused_time() {
        let before = TokioClock.now();
        TokioClock.sleep(Duration::from_secs(3600)).await;
        assert_eq!(TokioClock.now() - before, Duration::from_secs(3600));
    }
}
