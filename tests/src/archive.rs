//! Tests of the archive, the API in `other-api` whose operations need credentials of every kind.

pub mod holders;
pub mod server;
