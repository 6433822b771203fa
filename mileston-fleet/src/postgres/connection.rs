//! The connections on which this crate runs its statements, from `tokio-postgres` and from `sqlx`.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::StoreFailure;

/// A connection to PostgreSQL, or a transaction on one.
///
/// Implemented for `tokio-postgres`'s `&Transaction` and `&Client` (feature `tokio-postgres`), for `sqlx`'s
/// `PgConnection` (feature `sqlx`), and for mutable references to each of these types. `&mut *transaction` turns an
/// `sqlx` transaction into a `PgConnection`. Connections from pools such as deadpool dereference to these types. This
/// crate doesn't set up TLS: configure it when you connect.
///
/// No statement stays prepared between two calls, so a connection may go through PgBouncer in transaction mode.
pub trait Connection: sealed::Sealed {}

pub(crate) mod sealed {
    use super::PostgresError;

    pub trait Sealed: Send {
        /// Runs a statement whose parameters and only column are text, and returns the first row. Returns `None` for
        /// NULL, or if there are no rows.
        #[doc(hidden)]
        fn text(
            &mut self,
            statement: &str,
            parameters: &[&str],
        ) -> impl Future<Output = Result<Option<String>, PostgresError>> + Send;

        /// Runs several statements without parameters.
        #[doc(hidden)]
        fn batch(
            &mut self,
            statements: &str,
        ) -> impl Future<Output = Result<(), PostgresError>> + Send;
    }
}

impl<C: Connection> Connection for &mut C {}

impl<C: Connection> sealed::Sealed for &mut C {
    async fn text(
        &mut self,
        statement: &str,
        parameters: &[&str],
    ) -> Result<Option<String>, PostgresError> {
        (**self).text(statement, parameters).await
    }

    async fn batch(&mut self, statements: &str) -> Result<(), PostgresError> {
        (**self).batch(statements).await
    }
}

/// PostgreSQL, or the connection to it, failed.
#[derive(Clone, Debug)]
pub struct PostgresError {
    pub(super) failure: StoreFailure,
}

impl PostgresError {
    fn new(source: impl Error + Send + Sync + 'static) -> Self {
        PostgresError { failure: StoreFailure::new(source) }
    }

    pub(super) fn timeout(limit: Duration) -> Self {
        PostgresError { failure: StoreFailure::Timeout(limit) }
    }

    /// Returns whether no response arrived in time. The statement may have been executed, or may still be executed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.failure, StoreFailure::Timeout(_))
    }
}

impl fmt::Display for PostgresError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.failure {
            StoreFailure::Error(_) => f.write_str("a PostgreSQL statement failed"),
            StoreFailure::Timeout(limit) => {
                write!(f, "PostgreSQL didn't respond within {} ms", limit.as_millis())
            }
        }
    }
}

impl Error for PostgresError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.failure.source()
    }
}

#[cfg(feature = "tokio-postgres")]
mod tokio_postgres {
    use tokio_postgres::types::{ToSql, Type};
    use tokio_postgres::{Client, Row, Transaction};

    use super::sealed::Sealed;
    use super::{Connection, PostgresError};

    macro_rules! connection {
        ($type:ty) => {
            impl Connection for $type {}

            impl Sealed for $type {
                async fn text(
                    &mut self,
                    statement: &str,
                    parameters: &[&str],
                ) -> Result<Option<String>, PostgresError> {
                    let typed: Vec<(&(dyn ToSql + Sync), Type)> = parameters
                        .iter()
                        .map(|text| (text as &(dyn ToSql + Sync), Type::TEXT))
                        .collect();
                    let rows = self.query_typed(statement, &typed).await;
                    first(&rows.map_err(PostgresError::new)?)
                }

                async fn batch(&mut self, statements: &str) -> Result<(), PostgresError> {
                    self.batch_execute(statements).await.map_err(PostgresError::new)
                }
            }
        };
    }

    connection!(&Client);
    connection!(&Transaction<'_>);

    fn first(rows: &[Row]) -> Result<Option<String>, PostgresError> {
        let first = rows.first().map(|row| row.try_get::<_, Option<String>>(0));
        Ok(first.transpose().map_err(PostgresError::new)?.flatten())
    }
}

#[cfg(feature = "sqlx")]
mod sqlx {
    use sqlx::{Executor as _, PgConnection};

    use super::sealed::Sealed;
    use super::{Connection, PostgresError};

    impl Connection for PgConnection {}

    impl Sealed for PgConnection {
        async fn text(
            &mut self,
            statement: &str,
            parameters: &[&str],
        ) -> Result<Option<String>, PostgresError> {
            let mut query = sqlx::query_scalar(statement).persistent(false);
            for text in parameters {
                query = query.bind(text.to_string());
            }
            let first: Option<Option<String>> =
                query.fetch_optional(&mut *self).await.map_err(PostgresError::new)?;
            Ok(first.flatten())
        }

        async fn batch(&mut self, statements: &str) -> Result<(), PostgresError> {
            let done = self.execute(sqlx::raw_sql(statements)).await;
            done.map(drop).map_err(PostgresError::new)
        }
    }
}
