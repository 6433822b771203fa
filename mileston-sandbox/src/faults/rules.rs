//! The active fault rules, and how they apply to a call.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::Operation;

use super::error::FaultError;
use super::fault::Fault;
use super::limits::MAX_RULES;
use super::schedule::Schedule;

/// The name that selects all operations.
const ALL: &str = "*";

/// The active rules.
#[derive(Debug)]
pub(crate) struct Faults {
    /// Whether a request may choose its fault with a header.
    by_header: bool,
    rules: Mutex<Rules>,
}

#[derive(Debug, Default)]
struct Rules {
    kept: Vec<Rule>,
    counted: u64,
}

#[derive(Debug)]
struct Rule {
    number: u64,
    /// The operation that the rule applies to; `None` for all operations.
    operation: Option<&'static Operation>,
    fault: Fault,
    schedule: Schedule,
    seen: u64,
    made: Arc<AtomicU64>,
}

/// A rule, as [`Faults::list`] returns it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    pub(crate) number: u64,
    pub(crate) operation: &'static str,
    pub(crate) fault: Fault,
    pub(crate) schedule: Schedule,
    /// The number of calls that were checked against the rule.
    pub(crate) seen: u64,
    /// The number of calls that the rule was applied to.
    pub(crate) made: u64,
}

impl Faults {
    pub(crate) fn new(by_header: bool) -> Self {
        Faults { by_header, rules: Mutex::default() }
    }

    /// Returns whether there are no active rules.
    pub(super) fn are_none(&self) -> bool {
        self.rules().kept.is_empty()
    }

    pub(super) fn are_taken_by_header(&self) -> bool {
        self.by_header
    }

    /// Adds a rule. Returns the rule, and a counter of how many times the rule is applied.
    pub(crate) fn add(
        &self,
        fault: Fault,
        operation: &str,
        schedule: Schedule,
    ) -> Result<(Listed, Arc<AtomicU64>), FaultError> {
        let (fault, schedule) = (fault.check()?, schedule.check()?);
        let operation = find(operation)?;
        let mut rules = self.rules();
        if rules.kept.len() == MAX_RULES {
            return Err(FaultError::Full);
        }
        rules.counted += 1;
        let (number, made) = (rules.counted, Arc::<AtomicU64>::default());
        let rule = Rule { number, operation, fault, schedule, seen: 0, made: Arc::clone(&made) };
        let listed = rule.listed();
        rules.kept.push(rule);
        Ok((listed, made))
    }

    /// Returns all rules, oldest first.
    pub(crate) fn list(&self) -> Vec<Listed> {
        self.rules().kept.iter().map(Rule::listed).collect()
    }

    /// Removes a rule, and returns whether it existed.
    pub(crate) fn remove(&self, number: u64) -> bool {
        let mut rules = self.rules();
        let before = rules.kept.len();
        rules.kept.retain(|rule| rule.number != number);
        rules.kept.len() < before
    }

    /// Removes all rules, and returns how many there were.
    pub(crate) fn clear(&self) -> usize {
        std::mem::take(&mut self.rules().kept).len()
    }

    /// Returns the fault for a call. The oldest rule that applies takes precedence, and later rules don't count the
    /// call.
    pub(super) fn decide(&self, operation: &'static Operation) -> Option<Fault> {
        let mut rules = self.rules();
        let fault = rules.kept.iter_mut().find_map(|rule| rule.decide(operation));
        if fault.is_some() {
            rules.kept.retain(|rule| !rule.schedule.is_over(rule.seen));
        }
        fault
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rule {
    fn decide(&mut self, operation: &'static Operation) -> Option<Fault> {
        if self.operation.is_some_and(|wanted| wanted.id != operation.id) {
            return None;
        }
        self.seen += 1;
        let hits = self.schedule.hits(self.seen);
        self.made.fetch_add(u64::from(hits), Ordering::Relaxed);
        hits.then_some(self.fault)
    }

    fn listed(&self) -> Listed {
        Listed {
            number: self.number,
            operation: self.operation.map_or(ALL, |operation| operation.id),
            fault: self.fault,
            schedule: self.schedule,
            seen: self.seen,
            made: self.made.load(Ordering::Relaxed),
        }
    }
}

fn find(id: &str) -> Result<Option<&'static Operation>, FaultError> {
    if id == ALL {
        return Ok(None);
    }
    let found = OPERATIONS.iter().copied().find(|operation| operation.id == id);
    found.map(Some).ok_or(FaultError::Operation)
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::{GET_INVOICE, LIST_INVOICES};

    use super::*;

    #[test]
    fn rules_apply_in_order_until_they_are_used_up_or_removed() {
        let faults = Faults::new(true);
        faults.add(Fault::Reset, "getInvoice", Schedule::Times(1)).unwrap();
        faults.add(Fault::BodyCut, "*", Schedule::Every(2)).unwrap();
        assert_eq!(faults.decide(&LIST_INVOICES), None);
        assert_eq!(faults.decide(&GET_INVOICE), Some(Fault::Reset));
        let left: Vec<_> = faults.list().iter().map(|rule| (rule.number, rule.seen)).collect();
        assert_eq!(
            left,
            [(2, 1)],
            "the second rule doesn't count the call that the first rule applied to"
        );
        assert_eq!(faults.decide(&GET_INVOICE), Some(Fault::BodyCut));
        assert!(faults.remove(2) && !faults.remove(2));
        assert_eq!(faults.decide(&GET_INVOICE), None);
    }

    #[test]
    fn invalid_rules_are_refused() {
        let faults = Faults::new(true);
        let add = |fault, operation| faults.add(fault, operation, Schedule::Every(1)).map(drop);
        assert_eq!(add(Fault::Reset, "getInvoices"), Err(FaultError::Operation));
        let long = Fault::Latency(std::time::Duration::from_secs(601));
        assert_eq!(add(long, "*"), Err(FaultError::Latency));
        for _ in 0..MAX_RULES {
            add(Fault::Reset, "*").unwrap();
        }
        assert_eq!(add(Fault::Reset, "*"), Err(FaultError::Full));
        assert_eq!(faults.clear(), MAX_RULES);
    }
}
