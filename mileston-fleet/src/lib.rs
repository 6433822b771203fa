//! Parts for a backend that runs on several machines. They keep the state that all its processes must share.
//!
//! A single process doesn't need this crate: use [`documented_rate_limit`](mileston_api::documented_rate_limit), and
//! store the `dedupe_key` of each delivery and the outcome of each write in your database.
//!
//! | part | what it does | feature |
//! | --- | --- | --- |
//! | `SharedRateLimit` | keeps all processes with the same key within the key's rate limits; it uses Redis 6.2 or later, or Valkey, and is a [`Governor`](mileston_api::Governor) | `redis` |
//! | `PostgresInbox` | makes sure that a webhook is processed once, by recording it in your own transaction | `tokio-postgres` or `sqlx` |
//! | `RedisInbox` | leases a webhook to one process at a time, with a fencing token | `redis` |
//! | `Outbox`, `Worker` | store a write before it is sent, and determine its outcome if the response was lost | `tokio-postgres` or `sqlx` |
//! | [`Observer`], [`Metrics`] | report what the other parts do, as the metrics in [`METRICS`] | |
//!
//! Every command to a store has a time limit, after which the command is treated as failed. The store may have executed
//! the command anyway, and each part takes that into account.
//!
//! # When a store fails
//!
//! The file `tests/servers/failures.rs` has a test for each row of this table.
//!
//! | the store | `SharedRateLimit` | `RedisInbox` | `PostgresInbox`, `Outbox` |
//! | --- | --- | --- | --- |
//! | is unavailable | `Refuse`: calls fail with `RateLimited`, and nothing is sent. `LocalShare`: each process sends its share. The limit works again within 2 seconds after the store does | `begin` fails, and the delivery isn't processed | `begin` fails, and nothing is processed or sent. If a write had already been sent, the `NotStored` error contains its outcome, and a worker looks for its record |
//! | doesn't respond | as if unavailable, after 200 ms; if the command was executed, the store counts a request that may not have been sent. The store isn't queried for a second | as if unavailable, after 500 ms; if the command was executed, the delivery is free again when its lease ends | as if unavailable, after 5 s; if the statement was executed, it is part of your transaction: roll it back |
//! | is full | as if unavailable, immediately | as if unavailable, immediately | as if unavailable, immediately |
//! | is read-only | as if unavailable, immediately | as if unavailable, immediately | as if unavailable, immediately |
//! | was emptied | each process also stays within its share until a whole window has passed, and the metric `mileston.fleet.limit.incomplete` is 1 | deliveries that arrive again are treated as new; earlier leases are `Lost`, and fencing tokens still grow | deliveries that arrive again are treated as new; if a write had already been sent, the `Gone` error contains its outcome |
//!
//! A process's clock may be wrong, even by an hour, because all times in a store come from the store's clock. Redis's
//! clock must not jump forward. If it jumps back, the rate limit starts counting from zero, as if Redis had been
//! emptied.
//!
//! With `LocalShare`, all processes together stay within the quota as long as none of them reaches the store. But a
//! process doesn't know how many requests the other processes sent before the failure. If a few processes sent most of
//! them, up to twice the quota can be sent in a window that includes the failure. If only some processes reach the
//! store, the others send their shares in addition to the quota. If a 429 is worse than a failed call, use `Refuse`.
//!
//! # What Redis must keep
//!
//! With `appendonly yes` and `appendfsync everysec`, a killed server loses nothing, and a crash of its machine loses
//! what was stored in about the last second. With `appendfsync always`, such a crash loses nothing. Without
//! persistence, a restart empties the store. Set `maxmemory-policy noeviction`, or use a separate server for this
//! crate: if a list is evicted, the rate limit treats the store as emptied.
//!
//! # Personal data
//!
//! | part | what it stores | how to delete it |
//! | --- | --- | --- |
//! | `SharedRateLimit` | times of requests, under a part of the SHA-256 of the API key | expires after 30 days without requests |
//! | `PostgresInbox` | the key of each delivery, which is a SHA-256 | `forget` one, or `forget_older_than` |
//! | `RedisInbox` | a part of the SHA-256 of the key of each delivery | `forget` one; expires after the time that `keep` sets |
//! | `Outbox` | the key that you chose; the write, until it is decided (a `Cipher` can encrypt it); after that, the write's SHA-256, the record's id, and why the write was refused or needs a person | once it is decided: `forget` one, or `forget_older_than` |
//!
//! API keys and secrets are never stored.
//!
//! **Unofficial.** Mileston neither wrote nor reviewed this crate.

#[cfg(not(any(feature = "redis", feature = "sqlx", feature = "tokio-postgres")))]
compile_error!(
    "mileston-fleet is empty without features: enable `redis`, `tokio-postgres` or `sqlx`"
);

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
#[cfg(feature = "redis-sentinel")]
mod sentinel;

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
#[cfg(feature = "redis-sentinel")]
pub use sentinel::SentinelConnection;

/// Compiles the example in the README.
#[cfg(all(doctest, feature = "redis", feature = "tokio-postgres"))]
#[doc = include_str!("../README.md")]
struct Readme;
