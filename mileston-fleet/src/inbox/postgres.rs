//! An inbox in PostgreSQL: a delivery is recorded as processed when the caller's own transaction commits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::begun::Begun;
use crate::observe::{Event, Observer};
use crate::postgres::{Connection, PostgresError, Statements, Tables};

/// How long to wait before checking again whether another process has finished.
const PAUSE: Duration = Duration::from_millis(20);

/// Remembers in a PostgreSQL table which webhook deliveries were processed.
///
/// The delivery is recorded in your own transaction, together with its effects. So effects in that transaction happen
/// exactly once: if the transaction rolls back, or the process dies, the delivery is treated as new. Effects outside
/// the database, such as an e-mail, can still happen twice.
///
#[cfg_attr(feature = "tokio-postgres", doc = "```no_run")]
#[cfg_attr(not(feature = "tokio-postgres"), doc = "```ignore")]
/// use mileston_api::StatusCode;
/// use mileston_api::webhook::{Delivery, RECEIVED, SEND_AGAIN};
/// use mileston_fleet::{Begun, PostgresInbox};
///
/// async fn serve(
///     inbox: &PostgresInbox,
///     database: &mut tokio_postgres::Client,
///     delivery: &Delivery,
/// ) -> Result<StatusCode, Box<dyn std::error::Error>> {
///     let transaction = database.transaction().await?;
///     match inbox.begin(&transaction, &delivery.dedupe_key()).await? {
///         Begun::First => {
///             let id = delivery.paid_id();
///             transaction.execute("UPDATE orders SET paid = true WHERE payment = $1", &[&id]).await?;
///             transaction.commit().await?;
///             Ok(RECEIVED)
///         }
///         Begun::Done => Ok(RECEIVED),
///         Begun::Busy => Ok(SEND_AGAIN),
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct PostgresInbox {
    begin: String,
    forget: String,
    forget_old: String,
    wait: Duration,
    statements: Statements,
}

impl PostgresInbox {
    /// Returns an inbox that uses these tables. [`migrate`](crate::postgres::migrate) creates the tables.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        let inbox = tables.inbox();
        PostgresInbox {
            // This uses an advisory lock instead of waiting for the unique index, because only an error could cut that
            // wait short, and an error aborts the caller's transaction. The row decides whether the delivery is new.
            // The lock only shows that a process is working on the delivery.
            begin: format!(
                "WITH lock AS MATERIALIZED (
                     SELECT pg_try_advisory_xact_lock(hashtextextended('{inbox}' || $1, 0)) AS free
                 ), new AS (
                     INSERT INTO {inbox} (key) SELECT $1 FROM lock WHERE free
                     ON CONFLICT (key) DO NOTHING RETURNING key
                 )
                 SELECT CASE WHEN NOT free THEN 'busy' WHEN EXISTS (SELECT FROM new) THEN 'first' ELSE 'done' END
                 FROM lock"
            ),
            forget: format!("DELETE FROM {inbox} WHERE key = $1 RETURNING key"),
            forget_old: format!(
                "WITH old AS (
                     DELETE FROM {inbox}
                     WHERE received_at < now() - make_interval(secs => $1::text::float8) RETURNING key
                 )
                 SELECT count(*)::text FROM old"
            ),
            wait: Duration::from_secs(2),
            statements: Statements::default(),
        }
    }

    /// Sets how long [`begin`](Self::begin) waits while another process is handling the same delivery; 2 seconds by
    /// default.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Sets how long a statement may take; 5 seconds by default. After that, the server may still execute the
    /// statement, so roll the transaction back, or drop the connection.
    #[must_use]
    pub fn store_timeout(mut self, timeout: Duration) -> Self {
        self.statements.timeout = timeout;
        self
    }

    /// Registers an observer that receives the results of this inbox, for metrics.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.statements.observers.set(observer);
        self
    }

    /// Begins to process a delivery in the caller's transaction. `key` is the
    /// [`dedupe_key`](mileston_api::webhook::Delivery::dedupe_key) of the delivery.
    ///
    /// The transaction must have the isolation level "read committed", which is PostgreSQL's default. On a connection
    /// without a transaction, the delivery would be recorded as processed immediately.
    ///
    /// # Errors
    ///
    /// Returns an error if the statement fails or takes too long. The transaction can then no longer be used.
    pub async fn begin(
        &self,
        mut transaction: impl Connection,
        key: &str,
    ) -> Result<Begun, PostgresError> {
        let end = Instant::now() + self.wait;
        let (event, begun) = loop {
            let found = self.statements.text(&mut transaction, &self.begin, &[key]).await?;
            match found.as_deref() {
                Some("first") => break (Event::FirstDelivery, Begun::First),
                Some("done") => break (Event::DuplicateDelivery, Begun::Done),
                _ if Instant::now() >= end => break (Event::BusyDelivery, Begun::Busy),
                _ => tokio::time::sleep(PAUSE).await,
            }
        };
        self.statements.observers.report(&event);
        Ok(begun)
    }

    /// Deletes the record of a delivery, and returns whether there was one. If the delivery arrives again, it is
    /// treated as new.
    ///
    /// # Errors
    ///
    /// Returns an error if the statement fails.
    pub async fn forget(
        &self,
        mut connection: impl Connection,
        key: &str,
    ) -> Result<bool, PostgresError> {
        Ok(self.statements.text(&mut connection, &self.forget, &[key]).await?.is_some())
    }

    /// Deletes the deliveries that were recorded more than `age` ago, and returns their number.
    ///
    /// A delivery that arrives again after that is treated as new. Mileston doesn't document how long it keeps
    /// resending deliveries.
    ///
    /// # Errors
    ///
    /// Returns an error if the statement fails.
    pub async fn forget_older_than(
        &self,
        mut connection: impl Connection,
        age: Duration,
    ) -> Result<u64, PostgresError> {
        let seconds = age.as_secs_f64().to_string();
        let count = self.statements.text(&mut connection, &self.forget_old, &[&seconds]).await?;
        Ok(count.and_then(|text| text.parse().ok()).unwrap_or(0))
    }
}
