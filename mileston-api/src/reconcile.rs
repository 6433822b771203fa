//! Checks whether a write was executed. Use these checks before you send a write again.
//!
//! The platform doesn't support idempotency keys, so a write that is sent twice may be executed twice. If an error's
//! [`outcome`](crate::Error::outcome) is [`Outcome::Unknown`](crate::Outcome::Unknown), check first:
//!
//! | what was sent | how to check |
//! | --- | --- |
//! | a new payment link, invoice or recurring payment | [`Snapshot::take`] before the write, [`Snapshot::check_created`] after it |
//! | a new record whose name is unique | [`check_created_by_name`] after the write; nothing before it |
//! | an update | [`check_updated`] |
//! | a deletion | [`check_deleted`] |
//! | a payment whose id is known | [`get_transaction_status`](crate::operations::Wallets::get_transaction_status) or [`Wait::until_settled`](crate::Wait::until_settled) |
//! | a payment whose id is unknown | [`Balances`], because the platform has no list of payments |
//!
//! The checks change nothing on the platform.
//!
//! # Limits
//!
//! The platform doesn't document how long a list may be, how it is sorted, how soon it contains a new record, or
//! whether it returns amounts as they were sent. So the checks compare amounts as numbers. A value that the response
//! leaves out is "not reported". If several records could be the one that you created, the check returns all of them.
//!
//! "Not seen" never means "send it again", because the first request may still be running. If your program creates two
//! equal records on purpose, a check can't distinguish them, so give each its own title or name.

mod balances;
mod by_name;
mod checks;
mod comparison;
mod records;
mod snapshot;

pub use balances::{Balances, Change, Held};
pub use by_name::check_created_by_name;
pub use checks::{DeleteCheck, UpdateCheck, check_deleted, check_updated};
pub use records::Record;
pub use snapshot::{CreateCheck, Snapshot};
