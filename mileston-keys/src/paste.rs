//! Finds copying mistakes, such as a line break or a variable's name that was copied together with a credential. The
//! functions are pure and don't allocate.

use crate::bytes;
use crate::error::KeyErrorKind;
use crate::prefix::{find_key, public_prefix};

/// Rejects mistakes that can happen with any credential: empty or overlong text, a complete line from a file, and
/// whitespace, invisible characters or quotes around the text.
pub(crate) fn check_copied(text: &str, max_len: usize) -> Result<(), KeyErrorKind> {
    check_size(text, max_len)?;
    check_line(text)?;
    check_edges(text)?;
    check_quotes(text)
}

pub(crate) fn check_size(text: &str, max_len: usize) -> Result<(), KeyErrorKind> {
    if text.is_empty() {
        return Err(KeyErrorKind::Empty);
    }
    if text.len() > max_len {
        return Err(KeyErrorKind::TooLong { limit: max_len });
    }
    Ok(())
}

/// Rejects whitespace and invisible characters at the start and the end.
pub(crate) fn check_edges(text: &str) -> Result<(), KeyErrorKind> {
    if text.starts_with('\u{feff}') {
        return Err(KeyErrorKind::ByteOrderMark);
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(KeyErrorKind::Empty);
    }
    if trimmed.len() < text.len() {
        return Err(KeyErrorKind::SurroundingWhitespace);
    }
    let mut edges = text.char_indices().next().into_iter().chain(text.char_indices().next_back());
    match edges.find(|(_, character)| is_invisible(*character)) {
        Some((at, _)) => Err(KeyErrorKind::InvisibleCharacter { position: at + 1 }),
        None => Ok(()),
    }
}

pub(crate) fn check_quotes(text: &str) -> Result<(), KeyErrorKind> {
    if text.starts_with(QUOTES) || text.ends_with(QUOTES) {
        return Err(KeyErrorKind::Quoted);
    }
    Ok(())
}

/// Rejects characters outside ASCII, because a header can't contain them unchanged.
pub(crate) fn check_ascii(text: &str) -> Result<(), KeyErrorKind> {
    match text.char_indices().find(|(_, character)| !character.is_ascii()) {
        None => Ok(()),
        Some((at, character)) if is_invisible(character) => {
            Err(KeyErrorKind::InvisibleCharacter { position: at + 1 })
        }
        Some((at, _)) => Err(KeyErrorKind::NotAscii { position: at + 1 }),
    }
}

/// Rejects a line that contains more than the credential: `NAME=…`, `export …`, `apikey: …`, `Bearer …`.
pub(crate) fn check_line(text: &str) -> Result<(), KeyErrorKind> {
    let text = unwrapped(text);
    check_scheme(text)?;
    let is_header = HEADERS.iter().any(|name| {
        after_ignoring_case(text, name).is_some_and(|rest| rest.trim_start().starts_with(':'))
    });
    match assignment(text) {
        Some(Assignment { name, by_command }) if by_command || is_shouted(name.as_bytes()) => {
            Err(KeyErrorKind::PastedLine)
        }
        _ if is_header => Err(KeyErrorKind::PastedLine),
        _ => Ok(()),
    }
}

/// Returns whether [`check_line`] rejects the text, which must contain neither whitespace nor quotes. Can be called at
/// compile time.
pub(crate) const fn is_line(text: &str) -> bool {
    let text = text.as_bytes();
    let mut headers: &[&str] = &HEADERS;
    while let [name, others @ ..] = headers {
        if let Some([b':', ..]) = bytes::after_ignoring_case(text, name.as_bytes()) {
            return true;
        }
        headers = others;
    }
    let after_command = first_after(text, &COMMANDS);
    let assigned = match after_command {
        Some(assignment) => bytes::split_once(assignment, b'='),
        None => bytes::split_once(text, b'='),
    };
    let is_assigned = match assigned {
        Some((name, value)) => {
            is_assignment(name, value) && (after_command.is_some() || is_shouted(name))
        }
        None => false,
    };
    is_assigned || first_after(text, &SCHEMES).is_some()
}

/// Strips the first matching prefix in `starts`, and returns the rest.
const fn first_after<'a>(text: &'a [u8], mut starts: &[&str]) -> Option<&'a [u8]> {
    while let [start, others @ ..] = starts {
        if let Some(rest) = bytes::after_ignoring_case(text, start.as_bytes()) {
            return Some(rest);
        }
        starts = others;
    }
    None
}

/// Like [`check_line`], but for input that must be a key. The rules are stricter, because a key contains no `=`, and no
/// text comes before its prefix.
pub(crate) fn check_line_of_key(text: &str) -> Result<(), KeyErrorKind> {
    let text = unwrapped(text);
    check_scheme(text)?;
    check_before_key(text)?;
    let is_key = !public_prefix(text).is_empty();
    match assignment(text) {
        Some(_) if !is_key => Err(KeyErrorKind::PastedLine),
        _ => Ok(()),
    }
}

/// Rejects visible text before the prefix of a key.
pub(crate) fn check_before_key(text: &str) -> Result<(), KeyErrorKind> {
    let before = find_key(text).and_then(|at| text.as_bytes().get(at.checked_sub(1)?));
    match before {
        Some(b' '..=b'~') => Err(KeyErrorKind::PastedLine),
        _ => Ok(()),
    }
}

/// Rejects an authorization scheme, because these credentials are sent without one.
pub(crate) fn check_scheme(text: &str) -> Result<(), KeyErrorKind> {
    let text = unwrapped(text);
    match SCHEMES.iter().any(|scheme| after_ignoring_case(text, scheme).is_some()) {
        true => Err(KeyErrorKind::AuthScheme),
        false => Ok(()),
    }
}

/// Returns whether this text is something that often follows a key: punctuation, an escaped line break, or a
/// comment.
pub(crate) fn is_after_key(rest: &str) -> bool {
    let trimmed = rest.trim();
    let is_comment = trimmed.len() < rest.len() && trimmed.starts_with(['#', '/']);
    let is_punctuation =
        |c: char| QUOTES.contains(&c) || matches!(c, ',' | ';' | '.' | ')' | '}' | ']');
    is_comment || matches!(trimmed, "\\n" | "\\r\\n" | "\\") || trimmed.chars().all(is_punctuation)
}

struct Assignment<'a> {
    name: &'a str,
    /// Whether `export` or a similar command comes before the name.
    by_command: bool,
}

/// Splits `NAME=value`, with or without a shell command in front.
fn assignment(text: &str) -> Option<Assignment<'_>> {
    let after_command = COMMANDS.iter().find_map(|command| after_ignoring_case(text, command));
    // `SET = value` has no command: `SET` is the name.
    let by_command = after_command.and_then(|text| assignment_of(text, true));
    by_command.or_else(|| assignment_of(text, false))
}

fn assignment_of(text: &str, by_command: bool) -> Option<Assignment<'_>> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    is_assignment(name.as_bytes(), value.as_bytes()).then_some(Assignment { name, by_command })
}

/// Returns whether the name and the value can be the two sides of `NAME=value`. The `=` at the end of base64 text isn't
/// an assignment.
const fn is_assignment(mut name: &[u8], value: &[u8]) -> bool {
    // A variable's name never begins with a digit.
    if matches!(name, [] | [b'0'..=b'9', ..]) {
        return false;
    }
    while let [byte, others @ ..] = name {
        if !(byte.is_ascii_alphanumeric() || *byte == b'_') {
            return false;
        }
        name = others;
    }
    !matches!(value, [] | [b'=', ..])
}

/// Returns whether the name has at least three characters and no lowercase letters, such as `MILESTON_KEY`.
const fn is_shouted(name: &[u8]) -> bool {
    let mut rest = name;
    while let [byte, others @ ..] = rest {
        if byte.is_ascii_lowercase() {
            return false;
        }
        rest = others;
    }
    name.len() > 2
}

fn unwrapped(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || QUOTES.contains(&character))
}

fn after_ignoring_case<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (found, rest) = text.split_at_checked(start.len())?;
    found.eq_ignore_ascii_case(start).then_some(rest)
}

const COMMANDS: [&str; 4] = ["export ", "set ", "setx ", "$env:"];
const SCHEMES: [&str; 3] = ["bearer ", "basic ", "authorization:"];
const HEADERS: [&str; 4] = ["apikey", "businessid", "x-webhook-signature", "x-request-signature"];

/// The quotation marks that are recognised. The straight ones come from files and shells, and the curly ones from word
/// processors and chats.
const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];

/// Returns whether the character has no width and is often copied from web pages or chats.
#[doc(hidden)]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}
