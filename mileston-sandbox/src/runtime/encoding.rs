//! Percent-encoding, read strictly: what is malformed is refused, not guessed at.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What a name or value of a query string says (`+` is a space). `None`: it is malformed or no UTF-8.
pub(super) fn decode_form(text: &str) -> Option<Cow<'_, str>> {
    if !is_well_formed(text) {
        return None;
    }
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
        Some(Cow::Owned(decoded.into_owned()))
    } else {
        percent_decode_str(text).decode_utf8().ok()
    }
}

/// Whether two hexadecimal digits follow each `%`.
pub(super) fn is_well_formed(text: &str) -> bool {
    let hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    text.split('%').skip(1).map(str::as_bytes).all(|rest| hex(rest.first()) && hex(rest.get(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_well_formed_is_decoded() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("a+b%20c", "a b c"),
            ("%2B", "+"),
            ("%C3%9Cn%c3%af", "Ünï"),
            ("Tom%20%26%20Jerry%20%3D%2050", "Tom & Jerry = 50"),
            ("a;b,c/?:@", "a;b,c/?:@"),
        ] {
            assert_eq!(decode_form(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for text in
            ["%", "a%", "%2", "100%%20legit", "%zz", "%+20", "%ff", "%C3", "%ED%A0%80", "+%"]
        {
            assert_eq!(decode_form(text), None, "{text}");
        }
    }
}
