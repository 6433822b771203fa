//! The error for a fault that can't be injected.

use std::fmt;

use mileston_keys::write_report;

use super::limits::{FORMS, LONGEST, MAX_RULES};

/// Why a fault can't be injected. The message says what is allowed, and never repeats the input.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultError {
    /// The fault doesn't exist.
    Unknown,
    /// The latency is longer than 10 minutes.
    Latency,
    /// No operation has this id.
    Operation,
    /// The schedule is invalid: `times` or `every` is 0, or the probability isn't in the range (0, 1].
    Never,
    /// The maximum number of rules has been reached.
    Full,
}

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultError::Unknown => write!(f, "a fault must be one of {FORMS}"),
            FaultError::Latency => {
                write!(f, "a latency must be at most {} milliseconds", LONGEST.as_millis())
            },
            FaultError::Operation => f.write_str(
                "no operation has this id; `mileston_api::catalogue` and the OpenAPI document list all ids, and `*` \
                 means all operations",
            ),
            FaultError::Never => f.write_str(
                "the schedule is invalid: `times` and `every` must be at least 1, and a probability must be above 0 and at most 1",
            ),
            FaultError::Full => write!(f, "there are already {MAX_RULES} rules, the maximum; remove some"),
        }
    }
}

/// Prints the message, or the variant's name with `{:#?}`.
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
