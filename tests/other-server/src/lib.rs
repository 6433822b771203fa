//! A server of an API that is not Mileston's: the other half of what `other-api` is, with a runtime as small as can be.

#![deny(unused)]

pub mod archive;
#[rustfmt::skip]
pub mod generated;
pub mod runtime;
pub mod small;

pub use generated::server::{Library, router};
