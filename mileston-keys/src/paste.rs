//! Accidents of copying: what came along with a credential. Pure, allocates nothing.

use crate::error::KeyErrorKind;
use crate::prefix::{find_key, public_prefix};

/// Refuses what no credential survives: nothing, too much, a whole line, and whitespace, invisible characters or quotes
/// around it.
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

/// Whitespace and invisible characters at the start and the end.
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

/// Refuses a character outside ASCII, which no header carries unchanged.
pub(crate) fn check_ascii(text: &str) -> Result<(), KeyErrorKind> {
    match text.char_indices().find(|(_, character)| !character.is_ascii()) {
        None => Ok(()),
        Some((at, character)) if is_invisible(character) => {
            Err(KeyErrorKind::InvisibleCharacter { position: at + 1 })
        }
        Some((at, _)) => Err(KeyErrorKind::NotAscii { position: at + 1 }),
    }
}

/// Refuses a line of which the credential is only a part: `NAME=…`, `export …`, `apikey: …`, `Bearer …`.
pub(crate) fn check_line(text: &str) -> Result<(), KeyErrorKind> {
    let text = unwrapped(text);
    check_scheme(text)?;
    let is_header = HEADERS.iter().any(|name| {
        after_ignoring_case(text, name).is_some_and(|rest| rest.trim_start().starts_with(':'))
    });
    let shouted = |name: &str| name.len() > 2 && !name.contains(|c: char| c.is_lowercase());
    match assignment(text) {
        Some(Assignment { name, by_command }) if by_command || shouted(name) => {
            Err(KeyErrorKind::PastedLine)
        }
        _ if is_header => Err(KeyErrorKind::PastedLine),
        _ => Ok(()),
    }
}

/// The same where a key belongs. A key has no `=`, and nothing comes before its prefix.
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

/// Refuses visible text before the prefix of a key.
pub(crate) fn check_before_key(text: &str) -> Result<(), KeyErrorKind> {
    let before = find_key(text).and_then(|at| text.as_bytes().get(at.checked_sub(1)?));
    match before {
        Some(b' '..=b'~') => Err(KeyErrorKind::PastedLine),
        _ => Ok(()),
    }
}

/// An authorization scheme: the credentials here are sent as they are.
pub(crate) fn check_scheme(text: &str) -> Result<(), KeyErrorKind> {
    let text = unwrapped(text);
    match SCHEMES.iter().any(|scheme| after_ignoring_case(text, scheme).is_some()) {
        true => Err(KeyErrorKind::AuthScheme),
        false => Ok(()),
    }
}

/// Whether this is what often follows a key: punctuation, a written-out line break, a comment.
pub(crate) fn is_after_key(rest: &str) -> bool {
    let trimmed = rest.trim();
    let is_comment = trimmed.len() < rest.len() && trimmed.starts_with(['#', '/']);
    let is_punctuation =
        |c: char| QUOTES.contains(&c) || matches!(c, ',' | ';' | '.' | ')' | '}' | ']');
    is_comment || matches!(trimmed, "\\n" | "\\r\\n" | "\\") || trimmed.chars().all(is_punctuation)
}

struct Assignment<'a> {
    name: &'a str,
    /// With `export` or its like before the name.
    by_command: bool,
}

/// `NAME=value`, with or without the command of a shell before it. The `=` at the end of base64 is no assignment.
fn assignment(text: &str) -> Option<Assignment<'_>> {
    let after_command = COMMANDS.iter().find_map(|command| after_ignoring_case(text, command));
    let (name, value) = after_command.unwrap_or(text).split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    // No name of a variable begins with a digit.
    let is_name = name.starts_with(|c: char| !c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_value = !value.is_empty() && !value.starts_with('=');
    (is_name && is_value).then_some(Assignment { name, by_command: after_command.is_some() })
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

/// Straight quotes come from files and shells, the others from word processors and chat.
const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];

/// Characters without a width of their own that copying from a page or a chat brings along.
#[doc(hidden)]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}
