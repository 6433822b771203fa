//! Shared helpers of the end-to-end tests.

pub mod archive;
pub mod attacks;
pub mod browser;
pub mod compile;
pub mod copy;
pub mod deny;
pub mod documents;
pub mod http;
pub mod javascript;
pub mod large;
pub mod matrix;
pub mod metadata;
pub mod modules;
pub mod pictures;
pub mod program;
pub mod promises;
pub mod verdicts;
pub mod wire;

pub use tools;

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
