//! Counts the requests with each key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::quota::Quota;
use super::settings::RateLimits;
use super::window::Window;

/// If there are more keys than this, keys without recent requests are dropped.
const CAPACITY: usize = 1024;

/// Counts the requests with each key, in memory.
#[derive(Debug)]
pub(crate) struct Limiter {
    limits: RateLimits,
    started: Instant,
    /// The counters for each API key. The map contains hashes of the API keys, so that no API key is kept.
    keys: Mutex<HashMap<[u8; 32], Vec<Window>>>,
}

/// The request exceeds a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full {
    /// The limit that was reached.
    pub(super) quota: Quota,
    /// The time until the next request is allowed.
    pub(super) wait: Duration,
}

impl Limiter {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Limiter { limits, started: Instant::now(), keys: Mutex::default() }
    }

    /// Counts a request with this key, or returns which limit the request exceeds. Rejected requests aren't counted.
    pub(super) fn admit(&self, key: &str) -> Result<(), Full> {
        self.admit_at(key, self.started.elapsed())
    }

    /// Starts counting from zero.
    pub(crate) fn clear(&self) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn admit_at(&self, key: &str, now: Duration) -> Result<(), Full> {
        let key = Sha256::digest(key.as_bytes()).into();
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= CAPACITY && !keys.contains_key(&key) {
            keys.retain(|_, windows| !windows.iter_mut().all(|window| window.is_empty(now)));
        }
        let quotas = self.limits.quotas.iter().copied();
        let windows = keys.entry(key).or_insert_with(|| quotas.map(Window::new).collect());
        let full = windows.iter_mut().filter_map(|window| {
            let wait = window.wait(now)?;
            Some(Full { quota: window.quota(), wait })
        });
        match full.max_by_key(|full| full.wait) {
            Some(full) => Err(full),
            None => {
                windows.iter_mut().for_each(|window| window.add(now));
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn each_key_is_limited_separately() {
        let limits = RateLimits::new(2, seconds(60)).and(3, seconds(3600));
        let (hour, limiter) = (limits.quotas[1], Limiter::new(limits));
        assert_eq!(limiter.admit_at("one", seconds(0)), Ok(()));
        assert_eq!(limiter.admit_at("one", seconds(1)), Ok(()));
        assert_eq!(limiter.admit_at("one", seconds(2)).unwrap_err().wait, seconds(57));
        assert_eq!(limiter.admit_at("other", seconds(2)), Ok(()));
        assert_eq!(limiter.admit_at("one", seconds(60)), Ok(()));
        let full = Full { quota: hour, wait: seconds(3540 - 61) };
        assert_eq!(limiter.admit_at("one", seconds(61)), Err(full));
        limiter.clear();
        assert_eq!(limiter.admit_at("one", seconds(61)), Ok(()));
    }

    #[test]
    fn the_documented_limits_are_applied() {
        let limiter = Limiter::new(RateLimits::documented());
        let admit = |second| limiter.admit_at("key", seconds(second)).is_ok();
        assert_eq!((0..200).filter(|_| admit(0)).count(), 100);
        assert!((1..10).all(|minute| (0..100).all(|_| admit(minute * 60))));
        assert!(!admit(10 * 60), "the hour is full");
        let hours = (1..10).flat_map(|hour| (0..10).map(move |minute| hour * 3600 + minute * 60));
        assert!(hours.into_iter().all(|second| (0..100).all(|_| admit(second))));
        assert!(!admit(12 * 3600), "the day is full");
        assert!(admit(24 * 3600));
    }

    #[test]
    fn idle_keys_are_dropped() {
        let limiter = Limiter::new(RateLimits::new(5, seconds(60)));
        let kept = || limiter.keys.lock().unwrap().len();
        for number in 0..CAPACITY {
            limiter.admit_at(&number.to_string(), seconds(0)).unwrap();
        }
        limiter.admit_at("0", seconds(50)).unwrap();
        limiter.admit_at("new", seconds(100)).unwrap();
        assert_eq!(kept(), 2, "the key with recent requests, and the new key");
    }
}
