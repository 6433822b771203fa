//! Writes that are stored before they are sent. After a crash or a lost response, no write is forgotten, and none is
//! sent again before a look at the platform's list.

mod backlog;
mod cipher;
mod decide;
mod error;
mod intent;
mod kinds;
mod rows;
mod send;
mod worker;

pub use backlog::Backlog;
pub use cipher::Cipher;
pub use decide::{Decision, IfNotSeen};
pub use error::OutboxError;
pub use intent::{Intent, Look, Sent, Write};
pub use kinds::{
    NewInvoice, NewPaymentLink, NewRecurringPayment, WalletBatchPayment, WalletPayment,
};
pub use send::{Outbox, Pending, Started};
pub use worker::{Step, Worker};
