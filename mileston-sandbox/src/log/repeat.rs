//! How to make a call again: as a command and as Rust. Secrets come from the variables that `serve` prints.

mod arguments;
mod command;
mod program;

use mileston_keys::{KeyKind, ModeName};

use super::{Entry, ShownKey};

pub(crate) use command::curl;
pub(crate) use program::rust;

/// The kind and mode of the key to use: what was sent, else what the operation takes.
fn key_of(entry: &Entry) -> (KeyKind, ModeName) {
    let asked = entry.operation.and_then(|operation| operation.bound);
    match (entry.key, asked) {
        (ShownKey::Of(kind, mode), _) => (kind, mode),
        (_, Some("Checkout")) => (KeyKind::Checkout, ModeName::Test),
        _ => (KeyKind::Normal, ModeName::Test),
    }
}

/// The variable that holds it, as the banner of `serve` names it.
fn variable_of(entry: &Entry) -> &'static str {
    match key_of(entry) {
        (KeyKind::Normal, ModeName::Test) => "MILESTON_KEY",
        (KeyKind::Normal, ModeName::Live) => "MILESTON_LIVE_KEY",
        (KeyKind::Checkout, ModeName::Test) => "MILESTON_CHECKOUT_KEY",
        (KeyKind::Checkout, ModeName::Live) => "MILESTON_LIVE_CHECKOUT_KEY",
    }
}

/// Whether the call goes without credentials.
fn is_open(entry: &Entry) -> bool {
    match entry.operation {
        Some(operation) => operation.bound.is_none(),
        None => entry.key == ShownKey::None,
    }
}

/// Whether the call has to be signed.
fn is_signed(entry: &Entry) -> bool {
    entry.operation.is_some_and(|operation| operation.bound == Some("Wallet"))
}
