//! Why waiting ended without what was waited for.

use std::error::Error as StdError;
use std::fmt;

use mileston_keys::write_report;

use crate::Error;

/// Waiting ended without what was waited for. That is no failure of the payment: it may still arrive.
#[non_exhaustive]
pub enum WaitError<T> {
    /// The time is up.
    Deadline {
        /// What the platform said last, if it said anything.
        last: Option<Box<T>>,
        /// Why the last question had no answer, if it had none.
        failure: Option<Error>,
    },
    /// The question was refused, cannot be sent, or has an answer that this version cannot read, so that asking again
    /// brings nothing else.
    Refused(Error),
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WaitError::Deadline { failure: None, .. } => {
                f.write_str("the time to wait is up, and what was waited for has not happened yet")
            }
            WaitError::Deadline { failure: Some(failure), .. } => {
                write!(f, "the time to wait is up, and the last question had no answer: {failure}")
            }
            WaitError::Refused(error) => write!(f, "waiting is of no use: {error}"),
        }
    }
}

/// The sentence, then its causes. With `{:#?}` the fields, also what the platform said last.
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
