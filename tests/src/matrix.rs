//! Every operation × every holder of credentials: what must compile, and what must fail with which words.
//!
//! `cells` is common to all APIs; each API has its own table of who may call what, written by hand.

pub mod archive;
mod cells;
pub mod mileston;

pub use cells::{Cell, Counts, Refusal, check, code, compiling, wrong};
