//! The data of the sandbox in SQLite: a separate account for each business and mode.
//!
//! The same code works in memory and in a file. One thread writes; a write gets its response once it is on disk. A file
//! also has read-only connections; in memory, the same thread also reads.

mod account;
mod accounts;
mod adversary;
mod arrivals;
mod batch;
mod chain;
mod database;
mod deliveries;
mod delivery_log;
mod draw;
mod error;
mod health;
mod job;
mod kept;
mod keyring;
mod keys;
mod ledger;
mod listing;
mod migrations;
mod on_ramp;
mod outbox;
mod overview;
mod owner;
mod place;
mod purse;
mod readers;
mod rejection;
mod reporting;
mod reset;
mod resource;
mod schedule;
mod sending;
mod sql;
mod transfer;
mod verifying;
mod wallets;
mod webhooks;
mod world;
mod writer;

pub(crate) use account::Account;
pub(crate) use accounts::Store;
pub(crate) use chain::{Chained, Deposit, InFlight};
pub(crate) use deliveries::{Parcel, Report, Work};
pub use delivery_log::{DeliveryState, WebhookAttempt, WebhookDelivery};
pub use error::{StoreError, StoreErrorKind};
pub(crate) use kept::Kept;
pub use keys::{KeyState, StoredKey};
pub(crate) use ledger::Saved;
pub(crate) use listing::Listing;
pub(crate) use on_ramp::OnRamp;
pub(crate) use overview::{Line, PaidState};
pub(crate) use owner::Owner;
pub(crate) use place::expect_name;
pub(crate) use purse::{Holding, Purse, total};
pub(crate) use rejection::{Failure, Rejection};
pub(crate) use resource::Resource;
pub(crate) use sending::Order;
pub(crate) use verifying::{Question, Standing};
pub(crate) use wallets::{CHAINS, Payer};
pub use webhooks::Webhook;
pub(crate) use webhooks::{Destination, WebhookDraft};
pub(crate) use world::Rules;
pub use world::Settlement;
