//! Checks the values for the `{name}` segments of a raw operation's path.
//!
//! A value is escaped, so it stays a single segment on a server that follows the standard. Not all servers do: some
//! servers and proxies decode `%2F` before they look up the route, some decode twice, some treat `\` or a look-alike as
//! `/`, and some drop everything after `;`. So a value that could become a different path in any of these ways is
//! rejected.

use openapi_keys_runtime::Error;

/// The separators that a segment must not contain.
const SEPARATORS: [char; 4] = ['/', '\\', '?', '#'];

/// Unicode characters that some systems convert to a separator, `.` or `%`.
const LOOK_ALIKES: [char; 14] = [
    '\u{ff0f}', '\u{2215}', '\u{2044}', '\u{29f8}', '\u{ff3c}', '\u{fe68}', '\u{2216}', '\u{ff0e}',
    '\u{2024}', '\u{2025}', '\u{fe52}', '\u{ff1f}', '\u{ff03}', '\u{ff05}',
];

/// Rejects a value that a server could read as a different path.
pub(super) fn check(name: &str, value: &str) -> Result<(), Error> {
    match problem(value) {
        None => Ok(()),
        Some(problem) => Err(Error::invalid_argument(format!(
            "the value for `{name}` in the path of the raw operation {problem}, so the request \
            could reach a different endpoint"
        ))),
    }
}

fn problem(value: &str) -> Option<&'static str> {
    // Some servers read `..;x` as `..`, and others read `.. ` as `..`.
    let kept = value.split(';').next().unwrap_or_default().trim();
    if matches!(kept, "" | "." | "..") {
        return Some("is empty, `.` or `..`");
    }
    if value.contains(SEPARATORS) || value.contains(LOOK_ALIKES) {
        return Some(
            "contains `/`, `\\`, `?` or `#`, or a character that looks like one of these or like `.` or `%`",
        );
    }
    if value.contains(|c: char| c.is_control() || is_invisible(c)) {
        return Some("contains a control character or an invisible character");
    }
    is_encoded(value)
        .then_some("is already percent-encoded (pass it unescaped; the client escapes it)")
}

/// Returns whether the character has no width or changes the text direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Returns whether the text contains an escape, such as `%2F` or `%u002F`.
fn is_encoded(value: &str) -> bool {
    value.split('%').skip(1).any(|after| {
        let digits = after.strip_prefix(['u', 'U']).unwrap_or(after).as_bytes();
        digits.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}
