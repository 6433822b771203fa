//! Limits a client's retries so that they don't multiply its requests during an outage.

use std::sync::atomic::{AtomicU32, Ordering};

/// The number of successful calls that restore one retry.
const PER_RETRY: u32 = 10;

/// The retry budget that all clones of a client share. The budget doesn't need a clock, because only successful calls
/// restore it.
pub(crate) struct Budget {
    /// The remaining budget, in tenths of a retry.
    stock: AtomicU32,
    full: u32,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(PER_RETRY);
        Budget { stock: AtomicU32::new(full), full }
    }

    /// Takes one retry from the budget. Returns `false` if no retry is left.
    pub(crate) fn withdraw(&self) -> bool {
        self.change(|stock| stock.checked_sub(PER_RETRY))
    }

    /// Restores a tenth of a retry.
    pub(crate) fn deposit(&self) {
        self.change(|stock| (stock < self.full).then(|| stock + 1));
    }

    // `Relaxed` is enough because no other data depends on this number.
    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.stock.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withdrawn(budget: &Budget) -> usize {
        (0..100).take_while(|_| budget.withdraw()).count()
    }

    #[test]
    fn retries_use_up_the_budget_and_successful_calls_restore_it() {
        let budget = Budget::new(3);
        assert_eq!(withdrawn(&budget), 3);
        for _ in 0..9 {
            budget.deposit();
        }
        assert_eq!(withdrawn(&budget), 0);
        budget.deposit();
        assert_eq!(withdrawn(&budget), 1);
    }

    #[test]
    fn the_budget_never_exceeds_its_maximum() {
        let budget = Budget::new(2);
        for _ in 0..1000 {
            budget.deposit();
        }
        assert_eq!(withdrawn(&budget), 2);
    }

    #[test]
    fn zero_and_huge_budgets_work() {
        assert_eq!(withdrawn(&Budget::new(0)), 0);
        let much = Budget::new(u32::MAX);
        much.deposit();
        assert!(much.withdraw());
    }
}
