//! PostgreSQL: the tables of this crate, and the connections on which it works.

mod connection;
mod migrate;
mod statements;
mod tables;

pub use connection::{Connection, PostgresError};
pub use migrate::{MigrateError, migrate};
pub(crate) use statements::Statements;
pub use tables::{InvalidPrefix, Tables};
