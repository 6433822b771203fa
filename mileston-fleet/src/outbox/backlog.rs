//! How much work is left in an outbox.

use std::time::Duration;

/// Statistics about an outbox's unfinished writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlog {
    /// The number of undecided writes. Their outcome isn't known yet.
    pub pending: u64,
    /// The age of the oldest undecided write; zero if there are none.
    pub oldest: Duration,
    /// The number of writes whose outcome only a person can decide.
    pub needs_person: u64,
}
