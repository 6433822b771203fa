//! Decides which calls a fault applies to.

use sha2::{Digest, Sha256};

use super::error::FaultError;

/// Selects the calls that get a rule's fault. Only calls that are checked against the rule are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Schedule {
    /// The next n calls.
    Times(u64),
    /// Every nth call.
    Every(u64),
    /// Each call, with this probability. The same seed picks the same calls.
    Chance { probability: f64, seed: u64 },
}

impl Schedule {
    /// Rejects a schedule that is invalid (see [`FaultError::Never`]).
    pub(crate) fn check(self) -> Result<Self, FaultError> {
        let happens = match self {
            Schedule::Times(count) | Schedule::Every(count) => count > 0,
            Schedule::Chance { probability, .. } => probability > 0.0 && probability <= 1.0,
        };
        if happens { Ok(self) } else { Err(FaultError::Never) }
    }

    /// Returns whether the rule applies to the call with this number, counted from 1.
    pub(super) fn hits(self, call: u64) -> bool {
        match self {
            Schedule::Times(times) => call <= times,
            Schedule::Every(every) => call.checked_rem(every) == Some(0),
            Schedule::Chance { probability, seed } => dice(seed, call) < probability,
        }
    }

    /// Returns whether the rule can't apply to any call after this one.
    pub(super) fn is_over(self, call: u64) -> bool {
        matches!(self, Schedule::Times(times) if call >= times)
    }
}

/// Returns a number from 0 up to, but not including, 1. The number depends only on the seed and the call's number.
fn dice(seed: u64, call: u64) -> f64 {
    let digest = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(call.to_be_bytes());
    let [a, b, c, d, ..] = <[u8; 32]>::from(digest.finalize());
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(schedule: Schedule, calls: u64) -> Vec<u64> {
        (1..=calls).filter(|call| schedule.hits(*call)).collect()
    }

    #[test]
    fn a_schedule_picks_the_next_few_or_every_nth_call() {
        assert_eq!(hit(Schedule::Times(2), 5), [1, 2]);
        assert_eq!(hit(Schedule::Every(3), 9), [3, 6, 9]);
        assert_eq!(hit(Schedule::Every(1), 3), [1, 2, 3]);
        assert!(!Schedule::Times(2).is_over(1) && Schedule::Times(2).is_over(2));
        assert!(!Schedule::Every(1).is_over(u64::MAX));
    }

    #[test]
    fn a_seed_reproduces_the_calls_that_a_probability_picks() {
        let schedule = |seed| Schedule::Chance { probability: 0.2, seed };
        let (one, other) = (hit(schedule(1), 10_000), hit(schedule(2), 10_000));
        assert_eq!(one, hit(schedule(1), 10_000));
        assert_ne!(one, other);
        for hits in [one, other] {
            assert!((1800..2200).contains(&hits.len()), "{}", hits.len());
        }
        assert_eq!(hit(Schedule::Chance { probability: 1.0, seed: 7 }, 100).len(), 100);
    }

    #[test]
    fn a_schedule_that_never_applies_is_refused() {
        let chance = |probability| Schedule::Chance { probability, seed: 0 };
        for schedule in [
            Schedule::Times(0),
            Schedule::Every(0),
            chance(0.0),
            chance(-1.0),
            chance(1.1),
            chance(f64::NAN),
        ] {
            assert_eq!(schedule.check(), Err(FaultError::Never), "{schedule:?}");
        }
        assert!(chance(1.0).check().is_ok() && Schedule::Every(1).check().is_ok());
    }
}
