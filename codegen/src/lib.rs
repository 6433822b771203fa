//! Generates a typed Rust client from an OpenAPI 3.0 or 3.1 document. Each operation's `security`
//! becomes a bound on its method, so a call with the wrong credential doesn't compile.
//!
//! Credentials are also generated: a type for each security scheme, a trait for each requirement
//! and a type for each scope. For hand-written credentials, name their traits in the [`Settings`].
//!
//! The pipeline is `parse -> normalise -> check -> model -> passes -> tokens -> text`. The library
//! doesn't read or write files: its input is text and settings, and its output is either the text
//! of files or diagnostics. The `openapi-keys` command, which needs the `cli` feature, reads and
//! writes files.

mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod deep;
mod diagnostic;
mod document;
mod emit;
mod generate;
mod lower;
mod model;
mod names;
mod normalise;
mod parallel;
mod passes;
mod progenitor;
mod report;
mod settings;
mod template;
mod text;

pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use document::{Document, Entry, Node, Span, Value, decode};
pub use generate::{Files, Output, check_text, generate};
pub use report::{Decision, Omitted, Report};
pub use settings::{
    Bound, Constructor, Conversion, Credentials, Examples, Hooks, MissingSecurity, PageStyle,
    Pagination, RequiredScheme, Requirement, Server, Settings, SharedPlaces, Strictness,
};

/// Compiles and runs the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
