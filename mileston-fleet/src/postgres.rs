//! PostgreSQL: the tables of this crate, and the connections on which it works.

mod connection;
mod migrate;
mod tables;

pub use connection::{Connection, PostgresError};
pub use migrate::{MigrateError, migrate};
pub use tables::{InvalidPrefix, Tables};
