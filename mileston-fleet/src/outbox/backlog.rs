//! How much work is left in an outbox.

use std::time::Duration;

/// Statistics about the writes of an outbox that still need work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlog {
    /// The number of writes that aren't decided.
    pub pending: u64,
    /// The age of the oldest of these writes; zero if there are none.
    pub oldest: Duration,
    /// The number of writes that need a person.
    pub needs_person: u64,
}
