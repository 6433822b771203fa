//! Every operation × every holder of credentials: which calls must compile, and which must fail with which message.
//!
//! All APIs share `cells`. Each API has its own hand-written table of who may call what.

pub mod archive;
mod cells;
pub mod mileston;

pub use cells::{Cell, Counts, Refusal, check, code, compiling, wrong};
