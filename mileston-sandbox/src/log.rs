//! What was asked of the sandbox lately, and how it ended: for the page that shows it.
//!
//! It is bounded and in memory. No key, no signature and no wallet secret is ever in it.

mod entry;
mod record;
mod repeat;
mod ring;
mod tee;

pub(crate) use entry::{Entry, ShownKey};
pub(crate) use record::record;
pub(crate) use repeat::{curl, rust};
pub(crate) use ring::RequestLog;
