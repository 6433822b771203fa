//! Parts for a backend that runs on several machines: the state that its copies must share.
//!
//! One process needs none of this: use [`documented_rate_limit`](mileston_api::documented_rate_limit).
//!
//! | part | what it does | feature |
//! | --- | --- | --- |
//! | `SharedRateLimit` | keeps all processes with the same key together within its rate limits, in Redis or Valkey (6.2 or later); it is a [`Governor`](mileston_api::Governor) | `redis` |
//! | `PostgresInbox` | processes a webhook once, in your own transaction | `tokio-postgres` or `sqlx` |
//! | `RedisInbox` | processes a webhook under a lease with a fencing number | `redis` |
//! | `Outbox`, `Worker` | store a write before it is sent, and find out about it if its response was lost | `tokio-postgres` or `sqlx` |
//! | [`Observer`], [`Metrics`] | report what the other parts do, with the names of [`METRICS`] | |
//!
//! Every command to a store has a time limit, after which it counts as failed. It may have been executed nevertheless, and
//! each part treats it that way.
//!
//! **Unofficial.** Mileston neither wrote nor reviewed this crate.

#[cfg(feature = "redis")]
mod connect;
mod digest;
mod failure;
mod inbox;
#[cfg(feature = "redis")]
mod limit;
mod observe;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
mod outbox;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub mod postgres;

#[cfg(feature = "redis")]
pub use connect::connect;
pub use failure::StoreFailure;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub use inbox::{Begun, PostgresInbox};
#[cfg(feature = "redis")]
pub use inbox::{Claim, Delivery, LeaseError, RedisInbox};
#[cfg(feature = "redis")]
pub use limit::{IfUnavailable, SharedRateLimit, SharedRateLimitBuilder};
pub use observe::{Event, Instrument, METRICS, Measurement, Metric, Metrics, Observer, Store};
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub use outbox::{
    Backlog, Cipher, Decision, IfNotSeen, Intent, Look, NewInvoice, NewPaymentLink,
    NewRecurringPayment, Outbox, OutboxError, Pending, Sent, Started, Step, WalletBatchPayment,
    WalletPayment, Worker, Write,
};

/// Compiles the example in the README.
#[cfg(all(doctest, feature = "redis", feature = "tokio-postgres"))]
#[doc = include_str!("../README.md")]
struct Readme;
