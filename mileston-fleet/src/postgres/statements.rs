//! Runs statements within a time limit, and reports failures.

use std::time::Duration;

use super::connection::{Connection, PostgresError};
use crate::StoreFailure;
use crate::observe::{Event, Observers, Store};

/// How a part's statements are run.
#[derive(Clone, Debug)]
pub(crate) struct Statements {
    pub(crate) timeout: Duration,
    pub(crate) observers: Observers,
}

impl Default for Statements {
    fn default() -> Self {
        Statements { timeout: Duration::from_secs(5), observers: Observers::default() }
    }
}

impl Statements {
    /// Runs a statement whose parameters and only column are text, and returns the first row.
    ///
    /// After a timeout, the server may still execute the statement, because dropping the future doesn't cancel it.
    pub(crate) async fn text(
        &self,
        connection: &mut impl Connection,
        statement: &str,
        parameters: &[&str],
    ) -> Result<Option<String>, PostgresError> {
        let running = connection.text(statement, parameters);
        let result = tokio::time::timeout(self.timeout, running).await;
        let result = result.unwrap_or_else(|_| Err(PostgresError::timeout(self.timeout)));
        if let Err(error) = &result {
            let failure = StoreFailure::clone(&error.failure);
            self.observers.report(&Event::StoreFailed { store: Store::Postgres, failure });
        }
        result
    }
}
