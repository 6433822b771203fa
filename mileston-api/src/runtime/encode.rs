//! What generated code needs to put a caller's values into a request, and how it reports that it could not.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::HeaderValue;

use crate::runtime::error::{Error, ErrorKind};

/// All but the unreserved characters of RFC 3986.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as one segment of a path, whatever is in it.
///
/// The vendor's SDKs escape nothing, so with them an id like `../x` or `a?b` asks for something else.
///
/// # Errors
///
/// Three texts cannot be a segment and would reach another operation: the empty one, and `.` and `..`, which every
/// parser of URLs resolves, escaped or not.
pub(crate) fn path_segment(
    name: &'static str,
    value: &(impl Display + ?Sized),
) -> Result<String, Error> {
    let text = value.to_string();
    let problem = match text.as_str() {
        "" => "is empty, so the request would reach another operation",
        "." | ".." => {
            "is `.` or `..`, which is resolved like a folder, so the request would reach another \
             operation"
        }
        // Most ids need no escaping and are taken as they are.
        _ if text.bytes().all(is_unreserved) => return Ok(text),
        _ => return Ok(utf8_percent_encode(&text, ESCAPED).to_string()),
    };
    Err(invalid(name, problem))
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// A value as a header.
///
/// # Errors
///
/// Only visible ASCII, space and tab can be in a header.
#[allow(dead_code, reason = "whether generated code calls it depends on the document")]
pub(crate) fn header_value(
    name: &'static str,
    value: &(impl Display + ?Sized),
) -> Result<HeaderValue, Error> {
    header_text(&value.to_string()).ok_or_else(|| {
        invalid(name, "holds a character that cannot be in a header (only visible ASCII can)")
    })
}

/// Only visible ASCII, space and tab can be in a header.
pub(crate) fn header_text(text: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(text).ok().filter(|value| value.to_str().is_ok())
}

/// For what reqwest refuses to build.
pub(crate) fn not_built(error: reqwest::Error) -> Error {
    Error::new(ErrorKind::InvalidArgument)
        .with_detail("the arguments cannot be made into a request")
        .with_source(error.without_url())
}

/// Names the parameter and not its value, which may be personal.
fn invalid(name: &'static str, problem: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument).with_detail(format!("the argument `{name}` {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let segment = path_segment("id", value).unwrap();
        assert_eq!(segment, expected);
        let url = reqwest::Url::parse(&format!("https://host/a/{segment}/b")).unwrap();
        assert_eq!(url.path(), format!("/a/{expected}/b"), "it is not one segment");
        assert_eq!(url.query(), None);
    }

    #[test]
    fn a_segment_stays_one_segment() {
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
    fn what_would_reach_another_operation_is_refused() {
        for (value, expected) in
            [("", "`id` is empty"), (".", "`id` is `.`"), ("..", "`id` is `.`")]
        {
            let error = path_segment("id", value).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert_eq!(error.outcome(), crate::runtime::Outcome::NotSent);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }

    #[test]
    fn headers_take_visible_ascii_only() {
        assert_eq!(header_value("env", &"prod").unwrap(), "prod");
        for value in ["a\r\nb: c", "é", "\0"] {
            let error = header_value("env", value).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(!error.to_string().contains(value), "{error}");
        }
    }
}
