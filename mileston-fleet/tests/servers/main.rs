//! Tests with real Redis and PostgreSQL servers. The tests start the servers, with throwaway data, on free local ports.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

mod failures;
mod inbox;
mod outbox;
mod pgbouncer;
#[path = "postgres.rs"]
mod postgres_server;
mod rate_limit;
mod redis_groups;
mod redis_inbox;
#[path = "redis.rs"]
mod redis_server;
mod redis_tls;
