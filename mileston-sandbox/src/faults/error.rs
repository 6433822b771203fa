//! Why a fault can't be ordered.

use std::fmt;

use mileston_keys::write_report;

use super::Fault;
use super::rules::ROOM;

/// A fault can't be ordered. Its text says what to write instead, and never repeats what was written.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultError {
    /// There is no such fault.
    Unknown,
    /// The latency is longer than 10 minutes.
    Latency,
    /// No operation has this id.
    Operation,
    /// It would never happen: 0 times, every 0th time, or a probability that is not above 0 and up to 1.
    Never,
    /// There are as many rules as there may be.
    Full,
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultError::Unknown => write!(f, "a fault is one of {}", Fault::FORMS),
            FaultError::Latency => f.write_str("a latency is 600000 milliseconds at most"),
            FaultError::Operation => f.write_str(
                "no operation has this id; `mileston_api::catalogue` and the OpenAPI document list them, and `*` \
                 means all",
            ),
            FaultError::Never => f.write_str(
                "this would never happen: `times` and `every` are at least 1, a probability is above 0 and at most 1",
            ),
            FaultError::Full => write!(f, "there are {ROOM} rules, which is all there may be; remove some"),
        }
    }
}

/// The sentence. With `{:#?}` the name of the case.
impl fmt::Debug for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.write_str(match self {
            FaultError::Unknown => "Unknown",
            FaultError::Latency => "Latency",
            FaultError::Operation => "Operation",
            FaultError::Never => "Never",
            FaultError::Full => "Full",
        })
    }
}

impl std::error::Error for FaultError {}
