//! Which values can fill in a segment of a raw path.
//!
//! A value is escaped, and stays one segment for a server that follows the standard. Not all do: some servers and proxies
//! decode `%2F` before they look for the route, some decode twice, some take `\\` or a look-alike for `/`, and some
//! drop what follows `;`. So what could become another path in any of these ways is refused.

use openapi_keys_runtime::Error;

/// What a segment may not hold: separators, and letters of Unicode that some systems turn into them.
const SEPARATORS: [char; 4] = ['/', '\\', '?', '#'];
const LOOK_ALIKES: [char; 14] = [
    '\u{ff0f}', '\u{2215}', '\u{2044}', '\u{29f8}', '\u{ff3c}', '\u{fe68}', '\u{2216}', '\u{ff0e}',
    '\u{2024}', '\u{2025}', '\u{fe52}', '\u{ff1f}', '\u{ff03}', '\u{ff05}',
];

/// Refuses what could be read as another path.
pub(super) fn check(name: &str, value: &str) -> Result<(), Error> {
    match problem(value) {
        None => Ok(()),
        Some(problem) => Err(Error::invalid_argument(format!(
            "the value for `{name}` in the path of the raw operation {problem}, so the request could reach another \
             endpoint"
        ))),
    }
}

fn problem(value: &str) -> Option<&'static str> {
    // What some servers make of `..;x`, and others of `.. `.
    let kept = value.split(';').next().unwrap_or_default().trim();
    if matches!(kept, "" | "." | "..") {
        return Some("is empty, `.` or `..`");
    }
    if value.contains(SEPARATORS) || value.contains(LOOK_ALIKES) {
        return Some(
            "holds `/`, `\\`, `?`, `#` or a letter that looks like one of these, `.` or `%`",
        );
    }
    if value.contains(|c: char| c.is_control() || is_invisible(c)) {
        return Some("holds a control character or an invisible one");
    }
    is_encoded(value).then_some("is percent-encoded already (it is escaped when it is sent)")
}

/// Of no width, or a change of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether `%2F`, or `%u002F`, is in it.
fn is_encoded(value: &str) -> bool {
    value.split('%').skip(1).any(|after| {
        let digits = after.strip_prefix(['u', 'U']).unwrap_or(after).as_bytes();
        digits.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}
