//! Determines the kind and mode of a key, or the reason why text isn't a key. The functions are pure and don't
//! allocate.

use std::fmt;

use crate::bytes::is_alphanumeric;
use crate::error::KeyErrorKind;
use crate::mode::ModeName;
use crate::paste::{
    check_ascii, check_edges, check_line_of_key, check_quotes, check_size, is_after_key,
};
use crate::pattern::MAX_KEY_LEN;
use crate::prefix::{Beginning, beginning, is_cut_checkout, split};

/// The two kinds of key that Mileston issues.
///
/// Source: "Why Use API Keys", Types of API Keys. Displays as `Normal` or `Checkout`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// A key for the backend, which uses it to create payment links, invoices and recurring payments. It must stay in
    /// the backend.
    Normal,
    /// A key for frontends, which use it to start payments and read their status. It doesn't work for backend
    /// operations.
    Checkout,
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyKind::Normal => "Normal",
            KeyKind::Checkout => "Checkout",
        })
    }
}

/// Returns the kind and mode of a key, or the reason why the text isn't a key.
///
/// If the text isn't a key, this function looks for copying mistakes before other errors, so that the error names the
/// mistake to fix first. Text that is too long isn't checked further.
pub(crate) fn classify(text: &str) -> Result<(KeyKind, ModeName), KeyErrorKind> {
    match well_formed(text) {
        Some(found) => Ok(found),
        None => diagnose(text),
    }
}

/// Returns the kind and mode of a key that follows the grammar, or `None`. Reads the text once and doesn't build an
/// error.
pub(crate) const fn well_formed(text: &str) -> Option<(KeyKind, ModeName)> {
    let Some((prefix, secret)) = split(text) else { return None };
    let sound = !secret.is_empty()
        && text.len() <= MAX_KEY_LEN
        && is_alphanumeric(secret)
        && !(prefix.is_normal() && is_cut_checkout(secret));
    if sound { prefix.stands_for } else { None }
}

/// Finds the reason why the text isn't a key. If it is a key after all, returns its kind and mode.
fn diagnose(text: &str) -> Result<(KeyKind, ModeName), KeyErrorKind> {
    check_size(text, MAX_KEY_LEN)?;
    check_line_of_key(text)?;
    check_edges(text)?;
    check_quotes(text)?;
    if is_abbreviated(text) {
        return Err(KeyErrorKind::Placeholder);
    }
    check_ascii(text)?;
    let found = match beginning(text) {
        Beginning::Prefix(found) => found,
        Beginning::Incomplete { .. } => return Err(KeyErrorKind::CutPrefix),
        Beginning::Other => return Err(KeyErrorKind::UnknownPrefix),
    };
    let Some(secret) = text.strip_prefix(found.text) else {
        return Err(KeyErrorKind::WrongCase);
    };
    let (kind, mode) = found.stands_for.ok_or(KeyErrorKind::RetiredPrefix)?;
    match secret.find(|character: char| !character.is_ascii_alphanumeric()) {
        None if secret.is_empty() => Err(KeyErrorKind::MissingSecret),
        None => Ok((kind, mode)),
        Some(1..)
            if is_after_key(secret.trim_start_matches(|c: char| c.is_ascii_alphanumeric())) =>
        {
            Err(KeyErrorKind::TextAfterKey)
        }
        Some(at) => Err(KeyErrorKind::ForbiddenCharacter { position: found.text.len() + at + 1 }),
    }
}

/// Returns whether the text is a placeholder. Documentation shortens keys with dots, dashboards mask them with
/// asterisks or bullets, and examples use brackets.
fn is_abbreviated(text: &str) -> bool {
    text.contains("...") || text.contains(['…', '*', '•', '<', '>'])
}
