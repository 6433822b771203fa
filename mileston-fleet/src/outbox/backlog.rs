//! How much an outbox has to do.

use std::time::Duration;

/// How much an outbox has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backlog {
    /// The number of writes that aren't decided.
    pub pending: u64,
    /// The age of the oldest of them; zero if there are none.
    pub oldest: Duration,
    /// The number of writes that need a person.
    pub needs_person: u64,
}
