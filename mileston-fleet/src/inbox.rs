//! Webhook deliveries that several copies of a backend may receive at once: each is processed once.

mod begun;
mod postgres;

pub use begun::Begun;
pub use postgres::PostgresInbox;
