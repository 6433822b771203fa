//! The log of recent requests and their results, for the Requests page.
//!
//! The log is bounded and in memory, and never contains keys, signatures or wallet secrets.

mod entry;
mod record;
mod repeat;
mod ring;
mod tee;

pub(crate) use entry::{Entry, ShownKey};
pub(crate) use record::{Recorder, record};
pub(crate) use repeat::{curl, rust};
pub(crate) use ring::RequestLog;
