//! Looking before sending again: what to do after a write whose outcome is unknown.
//!
//! The platform has no idempotency key, so a write that is repeated may happen twice. When an error's
//! [`outcome`](crate::Error::outcome) is [`Outcome::Unknown`](crate::Outcome::Unknown), look first:
//!
//! | what was sent | how to look |
//! | --- | --- |
//! | a payment link, invoice or recurring payment was created | [`Snapshot`]: list before, list after, compare |
//! | one was changed | [`is_updated`] |
//! | one was deleted | [`is_deleted`] |
//! | a payment was sent, and its id is known | [`transaction`](crate::operations::Wallets::get_transaction_status), or [`wait_until_settled`](crate::wait_until_settled) |
//! | a payment was sent, and its id is not known | [`Balances`]: there is no list of payments |
//!
//! # What it cannot know
//!
//! No server of the platform was ever seen. How long a list may be, in which order it comes, how soon something new is
//! in it and whether amounts come back as they were sent is not documented. So amounts are compared as numbers, what an
//! answer leaves out is told as not known, and where more than one thing could be meant, that is the verdict. "Not seen"
//! never means "send it again": the first request may still be under way. A program that creates the same thing twice at
//! the same time on purpose cannot be told from one that did so by accident: give each a title or a name of its own.

mod balances;
mod comparison;
mod created;
mod looks;
mod records;

pub use balances::{Balances, Change, Held};
pub use created::{Snapshot, Verdict};
pub use looks::{Updated, is_deleted, is_updated};
pub use records::Record;
