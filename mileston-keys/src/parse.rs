//! What a text is, judged in one place: kind, mode, or the reason why it's no key. Pure, allocates nothing.

use std::fmt;

use crate::error::KeyErrorKind;
use crate::mode::ModeName;
use crate::pattern::MAX_KEY_LEN;

/// The two kinds of key that Mileston issues.
///
/// Source: "Why Use API Keys", Types of API Keys. Displays as `Normal` and `Checkout`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// For the backend: makes payment links, invoices and recurring payments. Must stay in the backend.
    Normal,
    /// For frontends: starts payments and reads their status, no backend operation.
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

/// A prefix that Mileston uses or used, and what it stands for (`None`: retired).
struct Prefix {
    text: &'static str,
    stands_for: Option<(KeyKind, ModeName)>,
}

/// The longer prefix comes first: every Checkout key also begins with the Normal prefix of its mode.
/// `PROD` was the name of `LIVE` until 2025-05-12 (history of the vendor's documentation, commit cf3dfff).
const PREFIXES: [Prefix; 5] = [
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

/// Says which key the text is, or why it is none.
///
/// The checks go from the accidents of copying to the grammar, so that the first thing said is the first
/// thing to mend. A text that is too long is never looked at.
pub(crate) fn classify(text: &str) -> Result<(KeyKind, ModeName), KeyErrorKind> {
    match well_formed(text) {
        Some(found) => Ok(found),
        None => diagnose(text),
    }
}

/// Which key the text is, by the grammar alone: one pass, no words.
fn well_formed(text: &str) -> Option<(KeyKind, ModeName)> {
    let found = PREFIXES.iter().find(|prefix| text.starts_with(prefix.text))?;
    let secret = text.as_bytes().get(found.text.len()..)?;
    let sound = !secret.is_empty()
        && text.len() <= MAX_KEY_LEN
        && secret.iter().all(u8::is_ascii_alphanumeric);
    found.stands_for.filter(|_| sound)
}

/// Why the text is no key; if nothing is found to be wrong, which one it is.
fn diagnose(text: &str) -> Result<(KeyKind, ModeName), KeyErrorKind> {
    check_copied(text, MAX_KEY_LEN)?;
    if is_abbreviated(text) {
        return Err(KeyErrorKind::Placeholder);
    }
    if let Some(at) = text.bytes().position(|byte| !byte.is_ascii()) {
        return Err(KeyErrorKind::NotAscii { position: at + 1 });
    }
    let found = PREFIXES
        .iter()
        .find(|prefix| starts_with_ignoring_case(text, prefix.text))
        .ok_or(KeyErrorKind::UnknownPrefix)?;
    if !text.starts_with(found.text) {
        return Err(KeyErrorKind::WrongCase);
    }
    let (kind, mode) = found.stands_for.ok_or(KeyErrorKind::RetiredPrefix)?;
    let start = found.text.len();
    if text.len() == start {
        return Err(KeyErrorKind::MissingSecret);
    }
    match text.bytes().skip(start).position(|byte| !byte.is_ascii_alphanumeric()) {
        Some(at) => Err(KeyErrorKind::ForbiddenCharacter { position: start + at + 1 }),
        None => Ok((kind, mode)),
    }
}

/// The accidents of copying that no credential survives: nothing, too much, whitespace or quotes around it.
pub(crate) fn check_copied(text: &str, max_len: usize) -> Result<(), KeyErrorKind> {
    if text.is_empty() {
        return Err(KeyErrorKind::Empty);
    }
    if text.len() > max_len {
        return Err(KeyErrorKind::TooLong { limit: max_len });
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(KeyErrorKind::Empty);
    }
    if trimmed.len() < text.len() {
        return Err(KeyErrorKind::SurroundingWhitespace);
    }
    if text.starts_with(QUOTES) || text.ends_with(QUOTES) {
        return Err(KeyErrorKind::Quoted);
    }
    Ok(())
}

/// Straight quotes come from files and shells, the others from word processors and chat.
const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];

/// Documentation shortens keys with dots, dashboards mask them with stars or bullets, examples use brackets.
fn is_abbreviated(text: &str) -> bool {
    text.contains("...") || text.contains(['…', '*', '•', '<', '>'])
}

/// Whether a key, well-formed or not, begins anywhere in the text. For places where none belongs.
pub(crate) fn holds_key(text: &str) -> bool {
    PREFIXES.iter().any(|prefix| {
        text.as_bytes()
            .windows(prefix.text.len())
            .any(|window| window.eq_ignore_ascii_case(prefix.text.as_bytes()))
    })
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
