//! Lowers an OpenAPI 3.0 document to a typed Rust client in which `security` is a bound.
//!
//! The way is `parse -> check -> model -> passes -> tokens -> text`, each a module. Nothing is read or written here:
//! text and settings in, files or diagnostics out. It knows no API; which security requirement is which bound is said
//! by the [`Settings`].

mod check;
mod diagnostic;
mod document;
mod emit;
mod generate;
mod lower;
mod model;
mod names;
mod passes;
mod progenitor;
mod settings;
mod text;

pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use document::{Document, Entry, Node, Span, Value, decode};
pub use generate::{Files, Output, check_text, generate};
pub use settings::{
    Bound, Constructor, Conversion, Credentials, Examples, Hooks, MissingSecurity, RequiredScheme,
    Requirement, Server, Settings,
};

/// Compiles and runs the examples of the page on other APIs.
#[cfg(doctest)]
#[doc = include_str!("../../docs/extending.md")]
struct Extending;

/// Compiles and runs the examples of the page on hand-written credentials.
#[cfg(doctest)]
#[doc = include_str!("../../docs/own-credentials.md")]
struct OwnCredentials;
