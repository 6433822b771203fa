//! Prepared statements, cached per connection.

use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::rejection::Rejection;

/// A connection within a transaction.
#[derive(Clone, Copy)]
pub(crate) struct Sql<'c>(pub(super) &'c Connection);

impl Sql<'_> {
    /// Runs a statement and returns the number of changed rows.
    pub(super) fn run(&self, text: &str, values: impl Params) -> Result<usize, Rejection> {
        Ok(self.0.prepare_cached(text)?.execute(values)?)
    }

    /// Returns the first row, if there is one.
    pub(super) fn first<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Rejection> {
        Ok(self.0.prepare_cached(text)?.query_row(values, read).optional()?)
    }

    /// Returns all rows.
    pub(super) fn all<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Rejection> {
        let mut statement = self.0.prepare_cached(text)?;
        let rows = statement.query_map(values, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Inserts a row and returns its id.
    pub(super) fn insert(&self, text: &str, values: impl Params) -> Result<i64, Rejection> {
        self.run(text, values)?;
        Ok(self.0.last_insert_rowid())
    }

    /// Returns whether SQLite has aborted the transaction, as it does when a disk is full.
    pub(super) fn has_lost_its_transaction(&self) -> bool {
        self.0.is_autocommit()
    }
}

/// Serializes one of the platform's types for a column.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, Rejection> {
    serde_json::to_string(value).map_err(Rejection::unreadable)
}

/// Parses one of the platform's types from its column.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Rejection> {
    serde_json::from_str(text).map_err(Rejection::unreadable)
}
