//! Decodes a secret's characters, which may be escaped as in a URL or in JSON.

/// How many levels of nested escapes are decoded.
const LAYERS: usize = 8;

/// Returns the first character of the text, decoded, and the number of bytes it takes.
pub(super) fn letter(text: &str) -> Option<(char, usize)> {
    let plain = || text.chars().next().map(|letter| (letter, letter.len_utf8()));
    percent(text).or_else(|| unicode(text)).or_else(plain)
}

/// Decodes `%5F`, as in a URL, or `%255F`.
fn percent(text: &str) -> Option<(char, usize)> {
    escaped(text, strip(text.strip_prefix('%')?, "25"), 2)
}

/// Decodes `\u005f`, as in JSON, or `\\u005f`.
fn unicode(text: &str) -> Option<(char, usize)> {
    escaped(text, strip(text.strip_prefix('\\')?, "\\").strip_prefix('u')?, 4)
}

fn strip<'t>(text: &'t str, layer: &str) -> &'t str {
    (0..LAYERS).fold(text, |text, _| text.strip_prefix(layer).unwrap_or(text))
}

/// Returns the character whose hexadecimal code is at the start of `rest`, and the number of bytes it takes in `text`.
fn escaped(text: &str, rest: &str, digits: usize) -> Option<(char, usize)> {
    let number = rest.get(..digits).filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let letter = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
    Some((letter, text.len() - rest.len() + digits))
}
