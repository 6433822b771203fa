//! Writes a caller's values into a request. Pure.

use std::fmt::{Display, Write as _};

use http::header::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, ErrorKind};

/// All characters except RFC 3986's unreserved characters.
pub(crate) const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Appends a value to a URL as a single path segment. Characters that would end the segment are escaped.
///
/// # Errors
///
/// Returns an error if the value can't be written as text. Also returns an error if the text is empty, `.` or `..`,
/// because the request would then call a different operation. Every URL parser resolves `.` and `..`, escaped or not.
pub(crate) fn push_segment(
    url: &mut String,
    name: &'static str,
    value: &(impl Display + ?Sized),
) -> Result<(), Error> {
    let start = url.len();
    // Most ids need no escaping, so the value is written to the URL without an intermediate copy.
    let written = write!(url, "{value}");
    let text = url.get(start..).unwrap_or_default();
    // If writing the value failed, the URL may contain the start of it. That URL isn't used, because the start of an id
    // may be the id of a different record.
    if written.is_err() {
        return Err(refused(name, "can't be written as text"));
    }
    check_segment(name, text)?;
    if !text.bytes().all(is_unreserved) {
        let escaped = utf8_percent_encode(text, ESCAPED).to_string();
        url.truncate(start);
        url.push_str(&escaped);
    }
    Ok(())
}

/// Rejects text that can't be a path segment. With such text, the request would call a different operation.
///
/// # Errors
///
/// Returns an error if the text is empty, `.` or `..`. Every URL parser resolves `.` and `..`, escaped or not.
pub(crate) fn check_segment(name: &'static str, text: &str) -> Result<(), Error> {
    let problem = match text {
        "" => "is empty, so the request would call a different operation",
        "." | ".." => {
            "is `.` or `..`, which URL parsers resolve, so the request would call a different operation"
        }
        _ => return Ok(()),
    };
    Err(refused(name, problem))
}

fn refused(name: &'static str, problem: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument).with_detail(format!("the argument `{name}` {problem}"))
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Returns whether the byte is allowed in an HTTP token.
pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Returns whether the byte is an RFC 6265 `cookie-octet`.
pub(crate) fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

/// Converts text to a header value. Only visible ASCII, spaces and tabs are allowed.
pub(crate) fn header_text(text: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(text).ok().filter(|value| value.to_str().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let mut url = "https://host/a/".to_owned();
        push_segment(&mut url, "id", value).unwrap();
        let url = url::Url::parse(&format!("{url}/b")).unwrap();
        assert_eq!(url.path(), format!("/a/{expected}/b"), "the value must be a single segment");
        assert_eq!(url.query(), None);
    }

    #[test]
    fn a_value_stays_a_single_segment() {
        check("abc-DEF_0.9~", "abc-DEF_0.9~");
        check("#", "%23");
        check("a/b", "a%2Fb");
        check("a?b#c", "a%3Fb%23c");
        check("50%", "50%25");
        check("a\\b c", "a%5Cb%20c");
        check("é…", "%C3%A9%E2%80%A6");
        check("../x", "..%2Fx");
        check("%2e%2e", "%252e%252e");
        check("...", "...");
        check("\r\n\t", "%0D%0A%09");
        check("a;b=c&d+e@f:g", "a%3Bb%3Dc%26d%2Be%40f%3Ag");
    }

    #[test]
    fn a_value_that_is_only_partly_written_is_rejected() {
        struct Broken;
        impl Display for Broken {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("12")?;
                Err(std::fmt::Error)
            }
        }
        let error = push_segment(&mut String::new(), "id", &Broken).unwrap_err();
        assert_eq!(error.to_string(), "the argument `id` can't be written as text");
    }

    #[test]
    fn a_value_that_would_call_a_different_operation_is_rejected() {
        for (value, expected) in
            [("", "`id` is empty"), (".", "`id` is `.`"), ("..", "`id` is `.`")]
        {
            let error = push_segment(&mut String::new(), "id", value).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert_eq!(error.outcome(), crate::Outcome::NotSent);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
