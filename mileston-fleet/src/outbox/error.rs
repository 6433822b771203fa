//! Outbox errors.

use std::error::Error;
use std::fmt;

use super::Decision;
use crate::postgres::PostgresError;

/// An outbox couldn't store, send or decide a write.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutboxError {
    /// A PostgreSQL statement failed.
    Postgres(PostgresError),
    /// This key was used for a write with a different body.
    KeyReused,
    /// Another write of this kind that wasn't refused already has this name, so the records of the two writes couldn't
    /// be distinguished.
    NameTaken,
    /// The write has no name, for example a payment link without a title, so the record couldn't be found.
    Unnamed,
    /// The write was sent, but its outcome couldn't be stored. A worker determines the outcome later, except for a
    /// payment from a wallet. If `decision` says that such a payment is done, keep its id.
    NotStored {
        /// The outcome of the write.
        decision: Decision,
        /// Why the outcome couldn't be stored.
        error: PostgresError,
    },
    /// The write was sent, but the database has lost it: its row or table was deleted. Keep the outcome.
    Gone {
        /// The outcome of the write.
        decision: Decision,
    },
    /// Another process has just stored a write with this key or name, and this transaction can't see that row. This
    /// write wasn't sent.
    Conflict,
    /// The write wasn't sent, because its lease had ended or was about to end. A worker decides what happens to the
    /// write.
    TooLate,
    /// The body couldn't be encrypted or decrypted.
    Cipher(Box<dyn Error + Send + Sync>),
    /// This version of the crate can't read the stored write.
    Stored(serde_json::Error),
}

impl From<PostgresError> for OutboxError {
    fn from(error: PostgresError) -> Self {
        OutboxError::Postgres(error)
    }
}

impl fmt::Display for OutboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OutboxError::Postgres(_) => "the outbox failed",
            OutboxError::KeyReused => {
                "the key of this write was used for a write with a different body; give each write its own key"
            }
            OutboxError::NameTaken => {
                "another write of this kind already has this name; give each record its own name, for example one \
                 that contains the order number"
            }
            OutboxError::Unnamed => {
                "the write has no name by which its record can be found; give a payment link a title, an invoice an \
                 item name, and a recurring payment a subscription name"
            }
            OutboxError::NotStored { .. } => "the write was sent, but its outcome can't be stored",
            OutboxError::Gone { .. } => {
                "the write was sent, but it is no longer in the outbox, so its outcome can't be stored"
            }
            OutboxError::Conflict => {
                "another process has just stored a write with the same key or name; roll the transaction back and begin \
                 again, at the isolation level `read committed`"
            }
            OutboxError::TooLate => {
                "the write was not sent, because its lease had ended or was about to end; a worker takes the write \
                 over"
            }
            OutboxError::Cipher(_) => "the body of the write can't be encrypted or decrypted",
            OutboxError::Stored(_) => "the outbox contains a write that this version can't read",
        })
    }
}

impl Error for OutboxError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            OutboxError::Postgres(error) => Some(error),
            OutboxError::NotStored { error, .. } => Some(error),
            OutboxError::Cipher(error) => Some(&**error),
            OutboxError::Stored(error) => Some(error),
            _ => None,
        }
    }
}
