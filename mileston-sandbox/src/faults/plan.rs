//! Faults, ordered by a test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Fault, FaultError, Faults, Schedule};

/// A fault that is about to be ordered: made by [`Sandbox::fault`](crate::Sandbox::fault). It is of every operation
/// unless [`on`](Self::on) names one.
#[derive(Clone, Debug)]
#[must_use = "nothing is ordered until it is said how often"]
pub struct FaultPlan {
    faults: Arc<Faults>,
    fault: Fault,
    operation: String,
}

/// A fault that was ordered. It stays in force when this is dropped.
#[derive(Clone, Debug)]
pub struct FaultRule {
    faults: Arc<Faults>,
    number: u64,
    made: Arc<AtomicU64>,
}

impl FaultPlan {
    pub(crate) fn new(faults: &Arc<Faults>, fault: Fault) -> Self {
        FaultPlan { faults: Arc::clone(faults), fault, operation: "*".to_owned() }
    }

    /// Only of the operation with this id, such as `sendPayment`.
    pub fn on(mut self, operation: &str) -> Self {
        operation.clone_into(&mut self.operation);
        self
    }

    /// To the next so many calls.
    ///
    /// # Errors
    ///
    /// No operation has this id, it would never happen, or there are too many rules.
    pub fn times(self, times: u64) -> Result<FaultRule, FaultError> {
        self.order(Schedule::Times(times))
    }

    /// To each so-manieth call, until it is removed; 1 means to every call.
    ///
    /// # Errors
    ///
    /// As for [`times`](Self::times).
    pub fn every(self, every: u64) -> Result<FaultRule, FaultError> {
        self.order(Schedule::Every(every))
    }

    /// To each call with this probability, until it is removed. The same seed picks the same calls.
    ///
    /// # Errors
    ///
    /// As for [`times`](Self::times).
    pub fn with_probability(self, probability: f64, seed: u64) -> Result<FaultRule, FaultError> {
        self.order(Schedule::Chance { probability, seed })
    }

    fn order(self, schedule: Schedule) -> Result<FaultRule, FaultError> {
        let (listed, made) = self.faults.add(self.fault, &self.operation, schedule)?;
        Ok(FaultRule { faults: self.faults, number: listed.number, made })
    }
}

impl FaultRule {
    /// How often it happened.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// Ends it.
    pub fn remove(self) {
        self.faults.remove(self.number);
    }
}
