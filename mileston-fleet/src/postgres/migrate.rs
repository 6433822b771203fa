//! Brings this crate's tables up to date.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::connection::{Connection, PostgresError};
use super::tables::Tables;

/// The steps, oldest first. Released steps are never changed. `{…}` stands for a table name.
const STEPS: &[&str] =
    &[include_str!("migrations/1_inbox.sql"), include_str!("migrations/2_outbox.sql")];

/// Creates this crate's tables, or brings them up to date. This is safe to run at every startup, even by many processes
/// at once.
///
/// This function begins and commits transactions, so the connection must not be in a transaction.
///
/// If a different tool runs your migrations, pass [`Tables::migrations`] to it.
///
/// # Errors
///
/// Returns an error if a statement fails or takes more than a minute, or if a newer version of this crate created the
/// tables.
pub async fn migrate(mut connection: impl Connection, tables: &Tables) -> Result<(), MigrateError> {
    for step in tables.migrations() {
        if let Err(error) = within(connection.batch(&step)).await {
            // Without this, the connection would stay in the failed transaction. If the rollback fails as well, the
            // connection is broken anyway.
            drop(within(connection.batch("ROLLBACK")).await);
            return Err(error.into());
        }
    }
    let newest = format!("SELECT max(version)::text FROM {}", tables.versions());
    let newest = within(connection.text(&newest, &[])).await?;
    let newest = newest.and_then(|text| text.parse().ok()).unwrap_or(0);
    if newest > STEPS.len() { Err(MigrateError::Newer { newest }) } else { Ok(()) }
}

/// How long a step may take, including the wait for another process that runs it.
const LIMIT: Duration = Duration::from_secs(60);

async fn within<T>(
    running: impl Future<Output = Result<T, PostgresError>>,
) -> Result<T, PostgresError> {
    let result = tokio::time::timeout(LIMIT, running).await;
    result.unwrap_or_else(|_| Err(PostgresError::timeout(LIMIT)))
}

impl Tables {
    /// Returns the migrations as plain SQL, oldest first. Each migration is a transaction that does nothing if it has
    /// already been run.
    #[must_use]
    pub fn migrations(&self) -> Vec<String> {
        let numbered = STEPS.iter().zip(1..);
        numbered.map(|(step, number)| self.migration(number, step)).collect()
    }

    fn migration(&self, number: u32, step: &str) -> String {
        let versions = self.versions();
        let step = step.replace("{inbox}", &self.inbox()).replace("{outbox}", &self.outbox());
        format!(
            "BEGIN;\n\
             -- Only one process at a time.\n\
             SELECT pg_advisory_xact_lock(hashtextextended('{versions}', 0));\n\
             CREATE TABLE IF NOT EXISTS {versions} (\n    \
             version integer PRIMARY KEY,\n    \
             applied_at timestamptz NOT NULL DEFAULT now()\n\
             );\n\
             DO $migration$ BEGIN\n\
             IF NOT EXISTS (SELECT FROM {versions} WHERE version = {number}) THEN\n\
             {step}\
             INSERT INTO {versions} (version) VALUES ({number});\n\
             END IF;\n\
             END $migration$;\n\
             COMMIT;\n"
        )
    }
}

/// The tables can't be brought up to date.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum MigrateError {
    /// A statement failed.
    Postgres(PostgresError),
    /// A newer version of this crate created the tables.
    Newer {
        /// The number of the newest migration.
        newest: usize,
    },
}

impl From<PostgresError> for MigrateError {
    fn from(error: PostgresError) -> Self {
        MigrateError::Postgres(error)
    }
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MigrateError::Postgres(_) => {
                f.write_str("mileston-fleet's tables can't be brought up to date")
            }
            MigrateError::Newer { newest } => write!(
                f,
                "a newer version of mileston-fleet created the tables: they have migration {newest}, but this version \
                 of the crate has only {}. Update the crate",
                STEPS.len()
            ),
        }
    }
}

impl Error for MigrateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            MigrateError::Postgres(error) => Some(error),
            MigrateError::Newer { .. } => None,
        }
    }
}
