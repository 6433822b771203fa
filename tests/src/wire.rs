//! The wire test: repeats each recorded call to the vendor's SDKs with our client, and compares our request with the
//! SDK's.
//!
//! A trace passes through these modules: `trace` reads it, `call` translates it for our client (`from_js` and `bodies`
//! convert each value), `ours` makes the call, `recorder` records the bytes, `differences` changes the vendor's request
//! into the request that ours must equal, `compare` compares the two requests, `judge` gives the verdict, and `table`
//! counts the verdicts.

pub mod bodies;
pub mod call;
pub mod compare;
pub mod differences;
pub mod from_js;
pub mod instant;
pub mod js;
pub mod json;
pub mod judge;
pub mod ours;
pub mod recorder;
pub mod table;
pub mod target;
pub mod trace;

/// Operations that neither SDK has, so there are no recorded calls to compare.
#[rustfmt::skip]
pub const IN_NO_SDK: &[&str] = &[
    "getStatus",
];
