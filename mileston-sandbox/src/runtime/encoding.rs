//! Percent-encoding. In a query, a `%` that isn't followed by two hexadecimal digits is literal, as in form decoders.
//! In a path, such a `%` causes a 400, as in Express, on which NestJS is built.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Decodes a name or value in a query string or form. `+` stands for a space. Returns `None` if the result isn't UTF-8.
pub(super) fn decode_form(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
        Some(Cow::Owned(decoded.into_owned()))
    } else {
        percent_decode_str(text).decode_utf8().ok()
    }
}

/// Returns whether two hexadecimal digits follow each `%`.
pub(super) fn is_well_formed(text: &str) -> bool {
    let hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    text.split('%').skip(1).map(str::as_bytes).all(|rest| hex(rest.first()) && hex(rest.get(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_escapes_are_decoded() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("a+b%20c", "a b c"),
            ("%2B", "+"),
            ("%C3%9Cn%c3%af", "Ünï"),
            ("Tom%20%26%20Jerry%20%3D%2050", "Tom & Jerry = 50"),
            ("a;b,c/?:@", "a;b,c/?:@"),
            ("%00", "\0"),
            ("%EF%BF%BD", "\u{fffd}"),
        ] {
            assert_eq!(decode_form(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_bare_percent_sign_is_literal() {
        for (text, expected) in [
            ("%", "%"),
            ("100%%20legit", "100% legit"),
            ("a%", "a%"),
            ("%2", "%2"),
            ("%zz", "%zz"),
            ("%+20", "% 20"),
            ("+%", " %"),
            ("%%41", "%A"),
            ("%%%2", "%%%2"),
        ] {
            assert_eq!(decode_form(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn invalid_utf_8_is_refused() {
        for text in ["%ff", "%C3", "%C3%zz", "%C0%80", "%ED%A0%80", "a+%ff"] {
            assert_eq!(decode_form(text), None, "{text}");
        }
    }
}
