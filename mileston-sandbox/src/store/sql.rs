//! Prepared statements, cached per connection. An SQLite error becomes a response with status 500.

use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::Refusal;

/// A connection within a transaction.
#[derive(Clone, Copy)]
pub(crate) struct Sql<'c>(pub(super) &'c Connection);

impl Sql<'_> {
    /// Runs a statement and returns the number of changed rows.
    pub(super) fn run(&self, text: &str, values: impl Params) -> Result<usize, Refusal> {
        let mut statement = self.0.prepare_cached(text).map_err(fault)?;
        statement.execute(values).map_err(fault)
    }

    /// Returns the first row, if there is one.
    pub(super) fn first<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Refusal> {
        let mut statement = self.0.prepare_cached(text).map_err(fault)?;
        statement.query_row(values, read).optional().map_err(fault)
    }

    /// Returns all rows.
    pub(super) fn all<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Refusal> {
        let mut statement = self.0.prepare_cached(text).map_err(fault)?;
        let rows = statement.query_map(values, read).map_err(fault)?;
        rows.collect::<Result<_, _>>().map_err(fault)
    }

    /// Inserts a row and returns its id.
    pub(super) fn insert(&self, text: &str, values: impl Params) -> Result<i64, Refusal> {
        self.run(text, values)?;
        Ok(self.0.last_insert_rowid())
    }

    /// Returns whether SQLite has aborted the transaction, as it does when a disk is full.
    pub(super) fn has_lost_its_transaction(&self) -> bool {
        self.0.is_autocommit()
    }
}

/// Serializes one of the platform's types for a column.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|error| unreadable(&error))
}

/// Parses one of the platform's types from its column.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}

/// Creates the error for a column that this version can't read.
pub(super) fn unreadable(problem: &dyn std::fmt::Display) -> Refusal {
    Refusal::internal(format!("The sandbox's store has data that it can't read: {problem}."))
}

/// Converts an SQLite error. SQLite's messages name tables and columns, never values.
pub(super) fn fault(error: rusqlite::Error) -> Refusal {
    Refusal::internal(format!("The sandbox's store failed: {error}. Nothing was changed."))
}
