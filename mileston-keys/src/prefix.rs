//! The public prefixes of keys, and how a text begins in any case. Pure, allocates nothing.

use crate::mode::ModeName;
use crate::parse::KeyKind;

/// A prefix that Mileston uses or used, and what it stands for (`None`: retired).
pub(crate) struct Prefix {
    pub(crate) text: &'static str,
    pub(crate) stands_for: Option<(KeyKind, ModeName)>,
}

/// The longer prefix comes first: every Checkout key also begins with the Normal prefix of its mode.
/// `PROD` was the name of `LIVE` until 2025-05-12 (history of the vendor's documentation, commit cf3dfff).
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

    fn is_normal(&self) -> bool {
        matches!(self.stands_for, Some((KeyKind::Normal, _)))
    }
}

/// The public text that a key of this kind and mode begins with.
pub(crate) const fn prefix(kind: KeyKind, mode: ModeName) -> &'static str {
    match (kind, mode) {
        (KeyKind::Normal, ModeName::Test) => "Mileston_TEST_",
        (KeyKind::Normal, ModeName::Live) => "Mileston_LIVE_",
        (KeyKind::Checkout, ModeName::Test) => "Mileston_TEST_CHECKOUTKEY_",
        (KeyKind::Checkout, ModeName::Live) => "Mileston_LIVE_CHECKOUTKEY_",
    }
}

/// The part of a key that may be shown: the prefix of Mileston that it begins with, or nothing.
///
/// For the crates that take keys out of texts. A key of an unknown form is secret as a whole.
#[doc(hidden)]
pub fn public_prefix(key: &str) -> &str {
    let found = PREFIXES.iter().find(|prefix| key.starts_with(prefix.text));
    found.and_then(|prefix| key.get(..prefix.text.len())).unwrap_or_default()
}

/// How a text begins, whatever its case.
pub(crate) enum Beginning {
    /// With a whole prefix.
    Prefix(&'static Prefix),
    /// With a part of one. `mode` is the mode that it names, if it may be a form that this version doesn't know.
    Incomplete {
        mode: Option<ModeName>,
    },
    Other,
}

pub(crate) fn beginning(text: &str) -> Beginning {
    let bytes = text.as_bytes();
    let whole = PREFIXES.iter().find(|prefix| begins_with(bytes, prefix.text));
    match whole {
        Some(found) if found.is_normal() && is_cut_checkout(after(bytes, found.text)) => {
            Beginning::Incomplete { mode: None }
        }
        Some(found) => Beginning::Prefix(found),
        None => without_prefix(bytes),
    }
}

/// `Mileston_LIV`, `Mileston_LIVEfake0123`, `mileston-live-fake0123`: a prefix was cut or changed.
fn without_prefix(bytes: &[u8]) -> Beginning {
    if !begins_with(bytes, VENDOR) {
        return Beginning::Other;
    }
    let rest = match after(bytes, VENDOR) {
        [separator, rest @ ..] if !separator.is_ascii_alphanumeric() => rest,
        rest => rest,
    };
    let is_cut = |word: &&str| begins_with(word.as_bytes(), rest);
    if MODES.iter().any(|(word, _)| is_cut(word)) {
        return Beginning::Incomplete { mode: None };
    }
    match MODES.iter().find(|(word, _)| begins_with(rest, word)) {
        Some((_, mode)) => Beginning::Incomplete { mode: *mode },
        None => Beginning::Other,
    }
}

const VENDOR: &str = "Mileston";
const MODES: [(&str, Option<ModeName>); 3] =
    [("TEST", Some(ModeName::Test)), ("LIVE", Some(ModeName::Live)), ("PROD", None)];

/// Whether what follows a Normal prefix is a Checkout prefix that was cut (`CHECK`) or damaged (`CHECKOUTKEYfake0123`).
///
/// A random secret part begins like this once in 10^11 keys or less.
pub(crate) fn is_cut_checkout(secret: &[u8]) -> bool {
    const WHOLE: &str = "CHECKOUTKEY_";
    const TELLING: &str = "CHECKOUT";
    !secret.is_empty() && (begins_with(WHOLE.as_bytes(), secret) || begins_with(secret, TELLING))
}

/// Where a key, well-formed or not, begins in the text. For places where no key belongs.
pub(crate) fn find_key(text: &str) -> Option<usize> {
    const LENGTH: usize = "Mileston_TEST".len();
    let is_stem = |window: &[u8]| {
        begins_with(window, "Mileston_")
            && MODES.iter().any(|(word, _)| begins_with(after(window, "Mileston_"), word))
    };
    text.as_bytes().windows(LENGTH).position(is_stem)
}

/// Compares without case. Bytes, because a text may have any character where a prefix ends.
fn begins_with(bytes: &[u8], start: impl AsRef<[u8]>) -> bool {
    let start = start.as_ref();
    bytes.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

fn after<'a>(bytes: &'a [u8], start: &str) -> &'a [u8] {
    bytes.get(start.len()..).unwrap_or_default()
}
