//! Describes why a wait ended before the payment arrived.

use std::error::Error as StdError;
use std::fmt;

use mileston_keys::write_report;

use crate::Error;

/// A wait ended before the payment arrived. This doesn't mean that the payment failed, because it may still arrive.
#[non_exhaustive]
pub enum WaitError<T> {
    /// The deadline has passed.
    Deadline {
        /// The last record that the platform returned, if any.
        last: Option<Box<T>>,
        /// Why the last request failed, or `None` if it succeeded. A request that the deadline cut short doesn't
        /// count.
        failure: Option<Error>,
    },
    /// The platform rejected the request, the request can't be sent, or this version can't read the response. Another
    /// request would fail in the same way.
    Refused(Error),
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WaitError::Deadline { failure: None, .. } => {
                f.write_str("the deadline has passed; the payment may still complete")
            }
            WaitError::Deadline { failure: Some(failure), .. } => {
                write!(f, "the deadline has passed, and the last request failed: {failure}")
            }
            WaitError::Refused(error) => write!(f, "waiting can't succeed: {error}"),
        }
    }
}

/// Writes the message and its causes. `{:#?}` writes the fields, including the last record.
impl<T: fmt::Debug> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            _ if !f.alternate() => write_report(self, f),
            WaitError::Deadline { last, failure } => {
                f.debug_struct("Deadline").field("last", last).field("failure", failure).finish()
            }
            WaitError::Refused(error) => f.debug_tuple("Refused").field(error).finish(),
        }
    }
}

impl<T: fmt::Debug> StdError for WaitError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            WaitError::Deadline { failure, .. } => failure.as_ref().map(|error| error as _),
            WaitError::Refused(error) => Some(error),
        }
    }
}
