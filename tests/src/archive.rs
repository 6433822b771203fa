//! The archive of `other-api`, whose operations need credentials of every kind.

pub mod holders;
pub mod server;
