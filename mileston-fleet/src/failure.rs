//! The error for a failure of Redis or PostgreSQL.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Redis or PostgreSQL, or the connection to it, failed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum StoreFailure {
    /// The store reported an error, or there is no connection.
    Error(Arc<dyn Error + Send + Sync>),
    /// There was no response within this time. The command may have been executed, or may still be executed.
    Timeout(Duration),
}

impl StoreFailure {
    pub(crate) fn new(error: impl Error + Send + Sync + 'static) -> Self {
        StoreFailure::Error(Arc::new(error))
    }
}

impl fmt::Display for StoreFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreFailure::Error(_) => f.write_str("the store failed"),
            StoreFailure::Timeout(limit) => {
                write!(f, "the store didn't respond within {} ms", limit.as_millis())
            }
        }
    }
}

impl Error for StoreFailure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            StoreFailure::Error(error) => Some(&**error),
            StoreFailure::Timeout(_) => None,
        }
    }
}
