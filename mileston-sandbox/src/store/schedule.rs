//! The due dates of recurring payments.

use mileston_api::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The first due date and the interval in days. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    first: i64,
    every: i64,
}

impl Schedule {
    /// Creates a schedule. Returns `None` if the interval is 0.
    pub(super) fn new(first: Timestamp, days: u32) -> Option<Self> {
        let every = i64::from(days) * DAY;
        (days > 0).then_some(Schedule { first: first.as_millisecond(), every })
    }

    /// Returns whether something that was paid at time `paid` is due again at time `now`. A payment covers the latest
    /// due date up to `paid`, or the first due date if that is later.
    pub(super) fn is_due_again(self, paid: i64, now: i64) -> bool {
        self.next_after(paid) <= now
    }

    /// Returns when something that was paid at this time is due again.
    pub(super) fn next_after(self, paid: i64) -> i64 {
        let before = paid.saturating_sub(self.first).max(0) / self.every;
        before.saturating_add(1).saturating_mul(self.every).saturating_add(self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paid: i64, last_paid_moment: i64) {
        let first = Timestamp::from_millisecond(100 * DAY).unwrap();
        let schedule = Schedule::new(first, 30).unwrap();
        assert!(!schedule.is_due_again(paid, last_paid_moment));
        assert!(schedule.is_due_again(paid, last_paid_moment + 1));
    }

    #[test]
    fn a_payment_lasts_until_the_next_due_date() {
        check(0, 130 * DAY - 1);
        check(100 * DAY - 1, 130 * DAY - 1);
        check(100 * DAY, 130 * DAY - 1);
        check(130 * DAY - 1, 130 * DAY - 1);
        check(130 * DAY, 160 * DAY - 1);
        check(3_100 * DAY, 3_130 * DAY - 1);
    }

    #[test]
    fn extreme_intervals_and_times_do_not_panic() {
        let first = Timestamp::from_millisecond(0).unwrap();
        assert_eq!(Schedule::new(first, 0), None);
        let schedule = Schedule::new(first, u32::MAX).unwrap();
        assert!(!schedule.is_due_again(i64::MAX, i64::MAX - 1));
        assert!(!schedule.is_due_again(i64::MIN, 0));
    }
}
