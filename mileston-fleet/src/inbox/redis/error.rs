//! The errors of a lease.

use std::error::Error;
use std::fmt;

use crate::StoreFailure;

/// A [`Delivery`](super::Delivery) couldn't be marked as done, released or extended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum LeaseError {
    /// The lease is no longer valid: it ended and another process has begun processing the delivery, the store has
    /// forgotten it, or the delivery was already marked as processed. This process must stop working on the delivery.
    Lost,
    /// The store failed. The call can be repeated.
    Store(StoreFailure),
}

impl fmt::Display for LeaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LeaseError::Lost => {
                "this delivery's lease is no longer valid; unless the delivery was already marked as done, another \
                 process may have begun processing it: undo your work, or guard your writes with the fencing token"
            }
            LeaseError::Store(_) => "can't change this delivery's lease",
        })
    }
}

impl Error for LeaseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            LeaseError::Lost => None,
            LeaseError::Store(failure) => Some(failure),
        }
    }
}

impl From<StoreFailure> for LeaseError {
    fn from(failure: StoreFailure) -> Self {
        LeaseError::Store(failure)
    }
}
