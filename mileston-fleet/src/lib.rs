//! Parts for a backend that runs on several machines: the state that its copies must share.
//!
//! A [`SharedRateLimit`] keeps all copies of a backend within the rate limits of a Mileston key. It is a
//! [`Governor`](mileston_api::Governor) that counts in Redis or Valkey (6.2 or later). One backend process needs none
//! of this: use [`documented_rate_limit`](mileston_api::documented_rate_limit).
//!
//! **Unofficial.** Mileston neither wrote nor reviewed this crate.

#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
mod inbox;
#[cfg(feature = "redis")]
mod limit;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
mod outbox;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub mod postgres;

#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub use inbox::{Begun, PostgresInbox};
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub use outbox::{
    Cipher, Decision, IfNotSeen, Intent, Look, NewInvoice, NewPaymentLink, NewRecurringPayment,
    Outbox, OutboxError, Pending, Sent, Started, Step, WalletBatchPayment, WalletPayment, Worker,
    Write,
};

#[cfg(feature = "redis")]
pub use limit::{
    Event, IfUnavailable, Observer, SharedRateLimit, SharedRateLimitBuilder, StoreFailure, connect,
};

/// Compiles the example in the README.
#[cfg(all(doctest, feature = "redis", feature = "tokio-postgres"))]
#[doc = include_str!("../README.md")]
struct Readme;
