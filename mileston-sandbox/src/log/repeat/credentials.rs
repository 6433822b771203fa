//! The credentials that a call needs.

use mileston_keys::{KeyKind, ModeName};

use super::super::{Entry, ShownKey};

/// Returns the kind and mode of the key to use. Takes them from the key in the request, or otherwise from the
/// operation's requirements.
pub(super) fn key_of(entry: &Entry) -> (KeyKind, ModeName) {
    let required = entry.operation.and_then(|operation| operation.bound);
    match (entry.key, required) {
        (ShownKey::Of(kind, mode), _) => (kind, mode),
        (_, Some("Checkout")) => (KeyKind::Checkout, ModeName::Test),
        _ => (KeyKind::Normal, ModeName::Test),
    }
}

/// Returns the name of the environment variable for the key. `serve` prints the same name in its banner.
pub(super) fn variable_of(entry: &Entry) -> &'static str {
    match key_of(entry) {
        (KeyKind::Normal, ModeName::Test) => "MILESTON_KEY",
        (KeyKind::Normal, ModeName::Live) => "MILESTON_LIVE_KEY",
        (KeyKind::Checkout, ModeName::Test) => "MILESTON_CHECKOUT_KEY",
        (KeyKind::Checkout, ModeName::Live) => "MILESTON_LIVE_CHECKOUT_KEY",
    }
}

/// Returns whether the call needs no credentials.
pub(super) fn is_open(entry: &Entry) -> bool {
    match entry.operation {
        Some(operation) => operation.bound.is_none(),
        None => entry.key == ShownKey::None,
    }
}

/// Returns whether the call must be signed.
pub(super) fn is_signed(entry: &Entry) -> bool {
    entry.operation.is_some_and(|operation| operation.bound == Some("Wallet"))
}
