//! Counts this process's requests against its share of each quota. The counts are used while the store can't be
//! trusted.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::quota::Quota;

/// This process's latest admissions, counted against its share of each quota.
#[derive(Debug)]
pub(super) struct Local {
    shares: Vec<Quota>,
    log: Mutex<Log>,
}

#[derive(Debug, Default)]
struct Log {
    /// The number and time of each admission, oldest first.
    admitted: VecDeque<(u64, Duration)>,
    next: u64,
}

/// A request that is counted as admitted until its reservation is released.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reservation {
    number: u64,
    /// For each quota, how long this process would have to wait if it could use only its share.
    pub(super) waits: Vec<Duration>,
}

impl Local {
    pub(super) fn new(shares: Vec<Quota>) -> Self {
        Local { shares, log: Mutex::default() }
    }

    /// Counts a request before the store is queried. If the future is dropped before the store responds, the request
    /// remains counted although it isn't sent. That only makes the limit stricter.
    pub(super) fn reserve(&self, now: Duration) -> Reservation {
        let mut log = self.lock();
        let waits = self.shares.iter().map(|share| log.wait(share, now)).collect();
        let number = log.next;
        log.next += 1;
        log.admitted.push_back((number, now));
        let window = self.shares.iter().map(|share| share.window).max().unwrap_or_default();
        // Requests that are still waiting may briefly hold more reservations than the largest quota, so old entries are
        // removed by age, not by number.
        while log.admitted.front().is_some_and(|(_, at)| now.saturating_sub(*at) > window) {
            log.admitted.pop_front();
        }
        Reservation { number, waits }
    }

    /// Stops counting a request that wasn't admitted.
    pub(super) fn give_back(&self, reservation: &Reservation) {
        let mut log = self.lock();
        if let Ok(at) =
            log.admitted.binary_search_by_key(&reservation.number, |(number, _)| *number)
        {
            log.admitted.remove(at);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Log> {
        // The log is still usable after a panic while the lock was held.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    /// Returns how long this process must wait before it may send another request: until the nth latest request is
    /// older than the window, where n is the share.
    fn wait(&self, share: &Quota, now: Duration) -> Duration {
        let requests = usize::try_from(share.requests).unwrap_or(usize::MAX);
        let nth = self.admitted.len().checked_sub(requests).and_then(|at| self.admitted.get(at));
        nth.map_or(Duration::ZERO, |(_, at)| share.window.saturating_sub(now.saturating_sub(*at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn each_share_holds_in_any_window() {
        let shares = vec![
            Quota { requests: 2, window: seconds(10) },
            Quota { requests: 3, window: seconds(60) },
        ];
        let local = Local::new(shares);
        assert_eq!(local.reserve(seconds(0)).waits, [seconds(0), seconds(0)]);
        assert_eq!(local.reserve(seconds(1)).waits, [seconds(0), seconds(0)]);
        let third = local.reserve(seconds(2));
        assert_eq!(third.waits, [seconds(8), seconds(0)]);
        local.give_back(&third);
        assert_eq!(local.reserve(seconds(10)).waits, [seconds(0), seconds(0)]);
        assert_eq!(local.reserve(seconds(11)).waits, [seconds(0), seconds(49)]);
    }

    #[test]
    fn a_reservation_that_is_not_released_stays_counted() {
        let local = Local::new(vec![Quota { requests: 1, window: seconds(10) }]);
        let first = local.reserve(seconds(0));
        drop(first);
        assert_eq!(local.reserve(seconds(1)).waits, [seconds(9)]);
    }

    #[test]
    fn old_requests_are_forgotten() {
        let local = Local::new(vec![Quota { requests: 1, window: seconds(10) }]);
        for second in 0..1_000 {
            local.reserve(seconds(second));
        }
        assert!(local.lock().admitted.len() <= 12);
    }
}
