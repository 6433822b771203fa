//! Prevents several copies of a backend from processing the same webhook delivery.

#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
mod begun;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
mod postgres;
#[cfg(feature = "redis")]
mod redis;

#[cfg(feature = "redis")]
pub use self::redis::{Claim, Delivery, LeaseError, RedisInbox};
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub use begun::Begun;
#[cfg(any(feature = "sqlx", feature = "tokio-postgres"))]
pub use postgres::PostgresInbox;
