//! Text that somebody else has chosen, made fit to be shown, printed or pasted.
//!
//! A terminal obeys control characters, also those in a text that is pasted into it, and invisible characters hide what
//! a text says. So nothing leaves the sandbox for a terminal, a page or the clipboard unless it has passed through here.

mod json;
mod plain;
mod redact;
mod shell;

pub use json::{escape_json, to_json};
pub use plain::{is_plain, lines, plain};
pub use redact::{redact, redact_bytes};
pub use shell::word;
pub(crate) use shell::{format, quoted};
