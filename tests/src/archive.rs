//! Helpers for tests of the archive, the API in `tests/other-api/archive.yaml`. Its operations use every kind of
//! credential.

pub mod holders;
pub mod server;
