//! Calculates how long `wait` pauses between two requests.

use std::time::Duration;

/// Thirty years. Longer times are shortened to this so that sums of times can't overflow.
pub(super) const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The shortest pause, regardless of the caller's settings, because polling without pauses would flood the platform.
const SHORTEST: Duration = Duration::from_millis(10);

/// The pauses of one wait.
pub(super) struct Pace {
    pause: Duration,
    longest: Duration,
}

impl Pace {
    pub(super) fn new(first: Duration, longest: Duration) -> Self {
        let pause = first.clamp(SHORTEST, FAR);
        Pace { pause, longest: longest.clamp(pause, FAR) }
    }

    /// Returns the time until the next request: the wait that the platform or the client's rate limit requires, plus a
    /// random pause. Without the random pause, all clients that were rejected at the same time would also send their
    /// next requests at the same time.
    pub(super) fn next(&mut self, requested: Duration, random: f64) -> Duration {
        let jittered = self.pause.mul_f64(f64::midpoint(1.0, random)).max(SHORTEST);
        self.pause = (self.pause.saturating_mul(3) / 2).min(self.longest);
        requested.min(FAR).saturating_add(jittered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_pace() -> Pace {
        Pace::new(Duration::from_secs(2), Duration::from_secs(15))
    }

    /// Counts the requests that start within a period. The first one starts immediately.
    fn requests(within: Duration, random: f64) -> u32 {
        let (mut pace, mut now, mut count) = (default_pace(), Duration::ZERO, 0);
        while now < within {
            count += 1;
            now += pace.next(Duration::ZERO, random);
        }
        count
    }

    /// Checks the numbers in the documentation of `Wait`.
    #[test]
    fn the_documented_numbers_of_requests_are_correct() {
        let minute = Duration::from_secs(60);
        let figures = |random| (requests(minute, random), requests(10 * minute, random));
        assert_eq!(figures(0.0), (12, 84), "at most");
        assert_eq!(figures(0.5), (9, 57), "on average");
        let mut late = default_pace();
        for _ in 0..20 {
            late.next(Duration::ZERO, 0.0);
        }
        assert_eq!(late.next(Duration::ZERO, 0.0), minute / 8, "8 in each later minute");
    }

    #[test]
    fn a_pause_is_at_least_half_of_its_length_and_grows_by_half() {
        for (random, millis) in [(0.0, [1000, 1500, 2250]), (1.0, [2000, 3000, 4500])] {
            let mut pace = default_pace();
            let pauses = [(); 3].map(|()| pace.next(Duration::ZERO, random));
            assert_eq!(pauses, millis.map(Duration::from_millis));
        }
    }

    #[test]
    fn extreme_times_are_accepted() {
        let mut pace = Pace::new(Duration::MAX, Duration::MAX);
        assert!(pace.next(Duration::MAX, 0.5) >= FAR);
        assert!(pace.next(Duration::MAX, 0.5) <= 2 * FAR);
        let mut pace = Pace::new(Duration::ZERO, Duration::ZERO);
        assert_eq!(pace.next(Duration::ZERO, 0.5), SHORTEST);
    }

    #[test]
    fn the_requested_wait_is_the_minimum() {
        let requested = Duration::from_secs(7);
        assert_eq!(default_pace().next(requested, 0.0), Duration::from_secs(8));
    }
}
