//! Faults that a test injects.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Fault, FaultError, Faults, Schedule};

/// A fault to inject, from [`Sandbox::fault`](crate::Sandbox::fault). It applies to all operations, or to the one
/// selected with [`on`](Self::on).
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until `times`, `every` or `with_probability` is called"]
pub struct FaultPlan {
    faults: Arc<Faults>,
    fault: Fault,
    operation: String,
}

/// An active fault rule. The rule stays active when this value is dropped.
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

    /// Restricts the fault to the operation with this id, such as `sendPayment`.
    pub fn on(mut self, operation: &str) -> Self {
        operation.clone_into(&mut self.operation);
        self
    }

    /// Applies the fault to the next `times` calls.
    ///
    /// # Errors
    ///
    /// Returns an error if no operation has the id from [`on`](Self::on), if the schedule is invalid (see
    /// [`FaultError::Never`]), if the latency is longer than 10 minutes, or if there are too many rules.
    pub fn times(self, times: u64) -> Result<FaultRule, FaultError> {
        self.order(Schedule::Times(times))
    }

    /// Applies the fault to every nth call until the rule is removed; 1 means every call.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`times`](Self::times).
    pub fn every(self, every: u64) -> Result<FaultRule, FaultError> {
        self.order(Schedule::Every(every))
    }

    /// Applies the fault to each call with this probability, until the rule is removed. The same seed picks the same
    /// calls.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`times`](Self::times).
    pub fn with_probability(self, probability: f64, seed: u64) -> Result<FaultRule, FaultError> {
        self.order(Schedule::Chance { probability, seed })
    }

    fn order(self, schedule: Schedule) -> Result<FaultRule, FaultError> {
        let (listed, made) = self.faults.add(self.fault, &self.operation, schedule)?;
        Ok(FaultRule { faults: self.faults, number: listed.number, made })
    }
}

impl FaultRule {
    /// Returns how many times the rule was applied.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// Removes the rule.
    pub fn remove(self) {
        self.faults.remove(self.number);
    }
}
