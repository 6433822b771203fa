//! Recognises the public prefixes of keys. The functions are pure and don't allocate.

use crate::bytes::{after, after_ignoring_case, begins_with};
use crate::mode::ModeName;
use crate::parse::KeyKind;

/// A prefix that Mileston uses or has used. `stands_for` is the kind and mode of the keys with this
/// prefix, or `None` for a retired prefix.
pub(crate) struct Prefix {
    pub(crate) text: &'static str,
    pub(crate) stands_for: Option<(KeyKind, ModeName)>,
}

/// The longer prefixes come first, because every Checkout key also begins with the Normal prefix of its mode. `LIVE`
/// was called `PROD` until 2025-05-12 (history of the vendor's documentation, commit cf3dfff).
pub(crate) const PREFIXES: [Prefix; 5] = [
    Prefix::of(KeyKind::Checkout, ModeName::Test),
    Prefix::of(KeyKind::Checkout, ModeName::Live),
    Prefix::of(KeyKind::Normal, ModeName::Test),
    Prefix::of(KeyKind::Normal, ModeName::Live),
    Prefix { text: "Mileston_PROD_", stands_for: None },
];

impl Prefix {
    const fn of(kind: KeyKind, mode: ModeName) -> Self {
        Prefix { text: prefix(kind, mode), stands_for: Some((kind, mode)) }
    }

    pub(crate) const fn is_normal(&self) -> bool {
        matches!(self.stands_for, Some((KeyKind::Normal, _)))
    }
}

/// Returns the public text that a key of this kind and mode begins with.
pub(crate) const fn prefix(kind: KeyKind, mode: ModeName) -> &'static str {
    match (kind, mode) {
        (KeyKind::Normal, ModeName::Test) => "Mileston_TEST_",
        (KeyKind::Normal, ModeName::Live) => "Mileston_LIVE_",
        (KeyKind::Checkout, ModeName::Test) => "Mileston_TEST_CHECKOUTKEY_",
        (KeyKind::Checkout, ModeName::Live) => "Mileston_LIVE_CHECKOUTKEY_",
    }
}

/// Returns the part of a key that may be shown: the Mileston prefix that the key begins with, or an empty string.
///
/// This is for crates that remove keys from text. A key without a known prefix has no public part.
#[doc(hidden)]
pub fn public_prefix(key: &str) -> &str {
    let found = split(key);
    found.and_then(|(prefix, _)| key.get(..prefix.text.len())).unwrap_or_default()
}

/// Returns the prefix that the text begins with, and the text after it.
pub(crate) const fn split(text: &str) -> Option<(&'static Prefix, &[u8])> {
    let mut prefixes: &'static [Prefix] = &PREFIXES;
    while let [prefix, others @ ..] = prefixes {
        if let Some(secret) = after(text.as_bytes(), prefix.text.as_bytes()) {
            return Some((prefix, secret));
        }
        prefixes = others;
    }
    None
}

/// How the text begins, ignoring case.
pub(crate) enum Beginning {
    /// The text begins with a complete prefix.
    Prefix(&'static Prefix),
    /// The text begins with an incomplete or changed prefix. If the prefix still names a mode
    /// (`Mileston-LIVE-…`), the text may be a key in an unknown format, and `mode` is that mode. If the prefix
    /// was cut off, `mode` is `None`.
    Incomplete {
        mode: Option<ModeName>,
    },
    Other,
}

pub(crate) fn beginning(text: &str) -> Beginning {
    let bytes = text.as_bytes();
    let whole = PREFIXES
        .iter()
        .find_map(|prefix| Some((prefix, after_ignoring_case(bytes, prefix.text.as_bytes())?)));
    match whole {
        Some((found, secret)) if found.is_normal() && is_cut_checkout(secret) => {
            Beginning::Incomplete { mode: None }
        }
        Some((found, _)) => Beginning::Prefix(found),
        None => without_prefix(bytes),
    }
}

/// Handles text whose prefix is incomplete or changed: `Mileston_LIV`, `Mileston_LIVEfake0123`,
/// `mileston-live-fake0123`.
fn without_prefix(bytes: &[u8]) -> Beginning {
    let Some(rest) = after_ignoring_case(bytes, VENDOR.as_bytes()) else {
        return Beginning::Other;
    };
    let rest = match rest {
        [separator, rest @ ..] if !separator.is_ascii_alphanumeric() => rest,
        rest => rest,
    };
    let is_cut = |word: &&str| begins_with(word.as_bytes(), rest);
    if MODES.iter().any(|(word, _)| is_cut(word)) {
        return Beginning::Incomplete { mode: None };
    }
    match MODES.iter().find(|(word, _)| begins_with(rest, word.as_bytes())) {
        Some((_, mode)) => Beginning::Incomplete { mode: *mode },
        None => Beginning::Other,
    }
}

const VENDOR: &str = "Mileston";
const MODES: [(&str, Option<ModeName>); 3] =
    [("TEST", Some(ModeName::Test)), ("LIVE", Some(ModeName::Live)), ("PROD", None)];

/// Returns whether the text after the Normal prefix is an incomplete `CHECKOUTKEY_` (such as `CHECK`) or
/// begins with `CHECKOUT` (such as `CHECKOUTKEYfake0123`), ignoring case.
///
/// This is true for fewer than one in 10^11 random secret parts of at least eight characters.
pub(crate) const fn is_cut_checkout(secret: &[u8]) -> bool {
    const WHOLE: &[u8] = b"CHECKOUTKEY_";
    const TELLING: &[u8] = b"CHECKOUT";
    !secret.is_empty() && (begins_with(WHOLE, secret) || begins_with(secret, TELLING))
}

/// Returns the position where a key begins in the text, whether or not the key is well-formed. Use this function to
/// check text that must not contain a key.
pub(crate) const fn find_key(text: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    let mut position = 0;
    loop {
        if is_stem(rest) {
            return Some(position);
        }
        let [_, others @ ..] = rest else { return None };
        rest = others;
        position += 1;
    }
}

/// Returns whether the text begins with `Mileston_` and the name of a mode, ignoring case.
const fn is_stem(text: &[u8]) -> bool {
    let Some(rest) = after_ignoring_case(text, b"Mileston_") else { return false };
    let mut modes: &[(&str, Option<ModeName>)] = &MODES;
    while let [(word, _), others @ ..] = modes {
        if begins_with(rest, word.as_bytes()) {
            return true;
        }
        modes = others;
    }
    false
}
