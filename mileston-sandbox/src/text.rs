//! Makes untrusted text safe to show, print or paste.
//!
//! A terminal interprets control characters, even in pasted text, and invisible characters can hide what the text says.
//! So all untrusted text passes through this module before it reaches a terminal, a page or the clipboard.

mod counted;
mod json;
mod plain;
mod pretty;
mod redact;
mod shell;

pub(crate) use counted::counted;
pub(crate) use json::{escape_json, to_json};
pub(crate) use plain::{is_plain, lines, plain};
pub(crate) use pretty::pretty_json;
pub(crate) use redact::{redact, redact_bytes};
pub(crate) use shell::word;
pub(crate) use shell::{format, quoted};
