//! Lowers an OpenAPI 3.0 document to a typed Rust client in which `security` is a bound.
#![forbid(unsafe_code)]

mod settings;

pub use settings::{Scope, Server, Settings};
