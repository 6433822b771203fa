//! A server for an API other than Mileston's: the counterpart of `other-api`, with a minimal
//! runtime.

#![deny(unused)]

pub mod archive;
#[rustfmt::skip]
pub mod generated;
pub mod runtime;
pub mod small;

pub use generated::server::{Services, router};
