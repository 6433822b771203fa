//! A single limit.

use std::time::Duration;

/// The maximum number of requests in any window of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) requests: u32,
    pub(crate) span: Duration,
}
