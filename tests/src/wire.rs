//! The wire test: a recorded call of the vendor's SDK is made with our client, and the two requests are compared.
//!
//! The way of a trace: `trace` reads it, `call` says it with our client (`say` and `bodies` try each value), `ours`
//! makes the call, `recorder` keeps the bytes, `differences` turns the vendor's request into what ours must be,
//! `compare` compares, `judge` gives the verdict and `table` counts.

pub mod bodies;
pub mod call;
pub mod compare;
pub mod differences;
pub mod instant;
pub mod js;
pub mod json;
pub mod judge;
pub mod ours;
pub mod recorder;
pub mod say;
pub mod table;
pub mod target;
pub mod trace;

/// Operations that neither SDK has, so that no call of theirs can be compared with ours.
#[rustfmt::skip]
pub const IN_NO_SDK: &[&str] = &[
    "getStatus",
];
