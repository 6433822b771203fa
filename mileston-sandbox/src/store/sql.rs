//! Statements, prepared once for each connection. What SQLite can't do is a refusal with 500.

use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::Refusal;

/// A connection in the middle of a transaction.
#[derive(Clone, Copy)]
pub(crate) struct Sql<'c>(pub(super) &'c Connection);

impl Sql<'_> {
    /// Runs a statement and tells how many rows it changed.
    pub(super) fn run(&self, text: &str, values: impl Params) -> Result<usize, Refusal> {
        let mut statement = self.0.prepare_cached(text).map_err(fault)?;
        statement.execute(values).map_err(fault)
    }

    /// The first row, if there is any.
    pub(super) fn first<T>(
        &self,
        text: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Refusal> {
        let mut statement = self.0.prepare_cached(text).map_err(fault)?;
        statement.query_row(values, read).optional().map_err(fault)
    }

    /// All rows.
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

    /// Adds a row and gives its number.
    pub(super) fn insert(&self, text: &str, values: impl Params) -> Result<i64, Refusal> {
        self.run(text, values)?;
        Ok(self.0.last_insert_rowid())
    }

    /// Whether SQLite has given the transaction up by itself, as it does when a disk is full.
    pub(super) fn has_lost_its_transaction(&self) -> bool {
        self.0.is_autocommit()
    }
}

/// What a column keeps of one of the platform's types.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|error| unreadable(&error))
}

/// One of the platform's types from its column.
pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}

/// For columns that hold what this version does not understand.
pub(super) fn unreadable(problem: &dyn std::fmt::Display) -> Refusal {
    Refusal::internal(format!("The sandbox's store holds what it can't read: {problem}."))
}

/// SQLite's message names tables and columns, never values.
pub(super) fn fault(error: rusqlite::Error) -> Refusal {
    Refusal::internal(format!("The sandbox's store failed: {error}. Nothing was changed."))
}
