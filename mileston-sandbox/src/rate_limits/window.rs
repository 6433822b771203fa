//! The requests in the last window, counted in parts of the window, so that memory use doesn't depend on the number of
//! requests.

use std::collections::VecDeque;
use std::time::Duration;

use super::quota::Quota;

/// The number of parts of a window.
const PARTS: u32 = 60;
/// The number of parts for which a request is counted, including the part in which it arrives.
const COUNTED: u128 = 59;

/// The requests in the last window. All times are measured from the same start.
#[derive(Debug)]
pub(super) struct Window {
    quota: Quota,
    /// The parts with requests, and their counts, oldest first. Parts that are no longer counted are removed.
    parts: VecDeque<(u128, u32)>,
    requests: u32,
}

impl Window {
    pub(super) fn new(quota: Quota) -> Self {
        Window { quota, parts: VecDeque::new(), requests: 0 }
    }

    pub(super) fn quota(&self) -> Quota {
        self.quota
    }

    /// Returns how long a request at this time must wait, or `None` if it is allowed.
    pub(super) fn wait(&mut self, now: Duration) -> Option<Duration> {
        self.forget(now);
        if self.requests < self.quota.requests {
            return None;
        }
        // One request has to expire, and the requests in the oldest part expire first.
        let (oldest, _) = self.parts.front()?;
        let end = (oldest + COUNTED).saturating_mul(self.part_length());
        let wait = end.saturating_sub(now.as_nanos());
        Some(Duration::from_nanos(u64::try_from(wait).unwrap_or(u64::MAX)))
    }

    /// Counts a request at this time.
    pub(super) fn add(&mut self, now: Duration) {
        let part = self.part_of(now);
        match self.parts.back_mut() {
            Some((newest, requests)) if *newest == part => *requests += 1,
            _ => self.parts.push_back((part, 1)),
        }
        self.requests += 1;
    }

    /// Returns whether no request is counted at this time.
    pub(super) fn is_empty(&mut self, now: Duration) -> bool {
        self.forget(now);
        self.requests == 0
    }

    fn forget(&mut self, now: Duration) {
        let part = self.part_of(now);
        while let Some((oldest, requests)) = self.parts.front().copied()
            && oldest + COUNTED <= part
        {
            self.parts.pop_front();
            self.requests -= requests;
        }
    }

    fn part_of(&self, now: Duration) -> u128 {
        now.as_nanos() / self.part_length()
    }

    /// Returns the length of a part in nanoseconds, at least 1.
    fn part_length(&self) -> u128 {
        (self.quota.span / PARTS).as_nanos().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Quota = Quota { requests: 3, span: Duration::from_secs(60) };

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    /// Returns which of the requests at these seconds are allowed.
    fn admitted(quota: Quota, seconds: &[f64]) -> Vec<bool> {
        let mut window = Window::new(quota);
        let admit = |seconds: &f64| {
            let room = window.wait(at(*seconds)).is_none();
            if room {
                window.add(at(*seconds));
            }
            room
        };
        seconds.iter().map(admit).collect()
    }

    #[test]
    fn a_request_expires_after_59_parts() {
        let seconds = [0.5, 10.0, 58.0, 58.9, 59.0, 59.1, 68.9, 69.0];
        let expected = [true, true, true, false, true, false, false, true];
        assert_eq!(admitted(MINUTE, &seconds), expected);
    }

    #[test]
    fn a_rejection_says_how_long_to_wait() {
        let mut window = Window::new(MINUTE);
        [5.7, 20.0, 20.0].iter().for_each(|seconds| window.add(at(*seconds)));
        let wait = window.wait(at(30.0)).unwrap();
        assert_eq!(wait, at(34.0), "the first request was in the part from 5 to 6");
        assert!(window.wait(at(30.0) + wait).is_none());
        assert!(window.wait(at(63.9)).is_none_or(|wait| wait > Duration::ZERO));
    }

    /// Checks that at most three requests are admitted in any 58 seconds (a minute minus two parts), and that a client
    /// within the limit is always admitted.
    #[test]
    fn exactly_the_requests_within_the_limit_are_allowed() {
        let greedy: Vec<_> = (0..4000).map(|tick| f64::from(tick) * 0.1).collect();
        let taken: Vec<_> =
            greedy.iter().zip(admitted(MINUTE, &greedy)).filter(|(_, in_)| *in_).collect();
        assert!(taken.len() >= 18, "{}", taken.len());
        for four in taken.windows(4) {
            assert!(four[3].0 - four[0].0 >= 58.0, "{four:?}");
        }
        // Every minute, the client sends three requests at once. The first three arrive 0.9 seconds late.
        let polite: Vec<_> =
            (0..30).map(|n| f64::from(n / 3) * 60.0 + if n == 0 { 0.9 } else { 0.0 }).collect();
        let mut polite = polite;
        polite[1..3].fill(0.9);
        assert!(admitted(MINUTE, &polite).iter().all(|room| *room));
    }

    #[test]
    fn memory_does_not_grow_with_requests() {
        let mut window = Window::new(Quota { requests: u32::MAX, span: Duration::from_secs(1) });
        (0..100_000_u32).for_each(|n| {
            let now = at(f64::from(n) * 0.001);
            assert!(window.wait(now).is_none());
            window.add(now);
        });
        assert!(window.parts.len() <= 60, "{}", window.parts.len());
        assert!(!window.is_empty(at(100.0)) && window.is_empty(at(102.0)));
    }

    #[test]
    fn the_shortest_window_works() {
        let quota = Quota { requests: 1, span: Duration::ZERO };
        assert_eq!(admitted(quota, &[0.0, 0.0, 1.0]), [true, false, true]);
    }
}
