//! How many retries a client has in stock, so that an outage is not met with three times the requests.

use std::sync::atomic::{AtomicU32, Ordering};

/// A tenth of a retry comes back with each success.
const PER_RETRY: u32 = 10;

/// The stock of retries that all clones of a client share. It needs no clock: only success fills it.
pub(crate) struct Budget {
    /// In tenths of a retry.
    stock: AtomicU32,
    full: u32,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(PER_RETRY);
        Budget { stock: AtomicU32::new(full), full }
    }

    /// Takes one retry, if there is one.
    pub(crate) fn withdraw(&self) -> bool {
        self.change(|stock| stock.checked_sub(PER_RETRY))
    }

    /// Gives a tenth of a retry back.
    pub(crate) fn deposit(&self) {
        self.change(|stock| (stock < self.full).then(|| stock + 1));
    }

    // The number stands for itself and guards nothing else, so no order of memory is needed.
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
    fn it_is_used_up_and_filled_by_success() {
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
    fn it_is_never_more_than_full() {
        let budget = Budget::new(2);
        for _ in 0..1000 {
            budget.deposit();
        }
        assert_eq!(withdrawn(&budget), 2);
    }

    #[test]
    fn nothing_and_very_much_are_fine() {
        assert_eq!(withdrawn(&Budget::new(0)), 0);
        let much = Budget::new(u32::MAX);
        much.deposit();
        assert!(much.withdraw());
    }
}
