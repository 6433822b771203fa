//! Finds or installs what tests and builds need besides Rust: Node.js, Python, Chromium, Debian packages.

mod chromium;
pub mod debian;
mod missing;
pub mod once;
mod packages;
mod pgbouncer;
mod postgres;
mod program;
mod redis;
#[cfg(unix)]
pub mod servers;
mod workspace;

pub use chromium::chromium;
pub use missing::{Missing, say, skip};
pub use packages::{node, npm, python};
pub use pgbouncer::pgbouncer;
pub use postgres::postgres;
pub use redis::redis_server;
pub use workspace::{members, metadata, target, workspace};
