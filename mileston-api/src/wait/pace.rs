//! When the next question is asked.

use std::time::Duration;

/// Times are cut to this, so that no sum of them can overflow: thirty years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// A pause is never shorter, whatever was asked for: a loop without pauses would be an attack.
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

    /// The next pause. What the platform asks for is the least, and the pause comes on top: else all who were turned
    /// away together would come back together.
    ///
    /// `random` is from 0 to 1, without 1.
    pub(super) fn next(&mut self, asked: Duration, random: f64) -> Duration {
        // A clock of somebody else's may give anything, and not all can be multiplied with.
        let random = if (0.0..=1.0).contains(&random) { random } else { 0.5 };
        let jittered = self.pause.mul_f64(f64::midpoint(1.0, random)).max(SHORTEST);
        self.pause = (self.pause.saturating_mul(3) / 2).min(self.longest);
        asked.min(FAR).saturating_add(jittered)
    }
}

/// This time, or thirty years if that is shorter.
pub(super) fn cut(span: Duration) -> Duration {
    span.min(FAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_pace() -> Pace {
        Pace::new(Duration::from_secs(2), Duration::from_secs(15))
    }

    /// How many questions begin within a time, the first one at its start.
    fn questions(within: Duration, random: f64) -> u32 {
        let (mut pace, mut now, mut count) = (default_pace(), Duration::ZERO, 0);
        while now < within {
            count += 1;
            now += pace.next(Duration::ZERO, random);
        }
        count
    }

    /// The figures that the documentation of `Wait` tells.
    #[test]
    fn the_documented_numbers_of_questions_hold() {
        let minute = Duration::from_secs(60);
        let figures = |random| (questions(minute, random), questions(10 * minute, random));
        assert_eq!(figures(0.0), (12, 84), "at most");
        assert_eq!(figures(0.5), (9, 57), "on the average");
        let mut late = default_pace();
        for _ in 0..20 {
            late.next(Duration::ZERO, 0.0);
        }
        assert_eq!(late.next(Duration::ZERO, 0.0), minute / 8, "8 in a later minute");
    }

    #[test]
    fn a_pause_is_between_half_and_whole_and_grows_by_half() {
        for (random, millis) in [(0.0, [1000, 1500, 2250]), (1.0, [2000, 3000, 4500])] {
            let mut pace = default_pace();
            let pauses = [(); 3].map(|()| pace.next(Duration::ZERO, random));
            assert_eq!(pauses, millis.map(Duration::from_millis));
        }
    }

    #[test]
    fn no_time_is_too_long_or_too_short() {
        let mut pace = Pace::new(Duration::MAX, Duration::MAX);
        assert!(pace.next(Duration::MAX, 0.5) >= FAR);
        assert!(pace.next(Duration::MAX, 0.5) <= 2 * FAR);
        assert_eq!(cut(Duration::MAX), FAR);
        for random in [0.0, f64::NAN, f64::INFINITY, -1.0, 1e300] {
            let mut pace = Pace::new(Duration::ZERO, Duration::ZERO);
            assert_eq!(pace.next(Duration::ZERO, random), SHORTEST);
            assert!(Pace::new(FAR, FAR).next(Duration::ZERO, random) <= FAR);
        }
    }

    #[test]
    fn what_the_platform_asks_for_is_the_least() {
        let asked = Duration::from_secs(7);
        assert_eq!(default_pace().next(asked, 0.0), Duration::from_secs(8));
    }
}
