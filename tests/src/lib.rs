//! Shared helpers of the end-to-end tests.

pub mod compile;
pub mod matrix;
pub mod copy;
pub mod http;
pub mod verdicts;
