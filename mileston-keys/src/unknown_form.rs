//! Checks values in a format that this version doesn't recognise yet. Rejects only text that would
//! be wrong in any format.

use crate::error::KeyErrorKind;
use crate::mode::ModeName;
use crate::parse::{KeyKind, classify};
use crate::paste::{
    check_ascii, check_before_key, check_edges, check_line, check_quotes, check_size,
};
use crate::pattern::MAX_UNKNOWN_FORM_LEN;
use crate::prefix::{Beginning, beginning};

/// Checks a key against the kind and mode that the caller passed.
pub(crate) fn check_key(text: &str, kind: KeyKind, mode: ModeName) -> Result<(), KeyErrorKind> {
    check_header_value(text)?;
    check_quotes(text)?;
    check_line(text)?;
    check_before_key(text)?;
    match beginning(text) {
        Beginning::Prefix(prefix) => match prefix.stands_for {
            Some(own) if own != (kind, mode) => {
                Err(KeyErrorKind::WrongKey { kind: own.0, mode: own.1 })
            }
            Some(_) if text.len() == prefix.text.len() => Err(KeyErrorKind::MissingSecret),
            Some(_) => Ok(()),
            None => Err(KeyErrorKind::RetiredPrefix),
        },
        // Only the prefix distinguishes a Checkout key from a Normal key, so a Checkout key with
        // an incomplete prefix is rejected.
        Beginning::Incomplete { mode: named }
            if kind == KeyKind::Checkout || named != Some(mode) =>
        {
            Err(KeyErrorKind::CutPrefix)
        }
        Beginning::Incomplete { .. } | Beginning::Other => Ok(()),
    }
}

/// Checks text that is sent in a header without encoding.
pub(crate) fn check_header_value(text: &str) -> Result<(), KeyErrorKind> {
    check_size(text, MAX_UNKNOWN_FORM_LEN)?;
    check_edges(text)?;
    check_ascii(text)?;
    match text.bytes().position(|byte| byte.is_ascii_control()) {
        Some(at) => Err(KeyErrorKind::NotForHeader { position: at + 1 }),
        None => Ok(()),
    }
}

/// Checks text that isn't meant to be a key and so must not look like one.
pub(crate) fn check_not_a_key(text: &str) -> Result<(), KeyErrorKind> {
    if let Ok((kind, mode)) = classify(text) {
        return Err(KeyErrorKind::WrongKey { kind, mode });
    }
    match beginning(text) {
        Beginning::Other => Ok(()),
        // Someone may have chosen a name such as `mileston-test-hook`. A key has `_` where this
        // name has `-`.
        Beginning::Incomplete { .. } if has_other_separator(text) => Ok(()),
        Beginning::Prefix(_) | Beginning::Incomplete { .. } => Err(KeyErrorKind::MalformedKey),
    }
}

fn has_other_separator(text: &str) -> bool {
    let separator = text.as_bytes().get("Mileston".len());
    separator.is_some_and(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
}
