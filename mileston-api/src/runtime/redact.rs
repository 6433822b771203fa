//! Takes credentials out of what a server sent back, before anything keeps it.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderMap, HeaderValue};

const MARK: &str = "[redacted]";

/// The texts that must not be kept: each credential as it is, in JSON and percent-encoded.
#[derive(Default)]
pub(crate) struct Redactor {
    /// Longest first, so that no shorter one leaves the rest of a longer one behind.
    needles: Vec<Vec<u8>>,
}

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut needles = Vec::new();
        for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
            let json = serde_json::Value::from(secret).to_string();
            needles.push(secret.as_bytes().to_vec());
            needles.push(json.trim_matches('"').as_bytes().to_vec());
            needles.push(utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string().into_bytes());
        }
        needles.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        needles.dedup();
        needles.retain(|needle| !needle.is_empty());
        Redactor { needles }
    }

    /// One pass, so that the mark itself is never looked at.
    pub(crate) fn bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let mut clean: Option<Vec<u8>> = None;
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(needle) = self.needles.iter().find(|needle| rest.starts_with(needle)) {
                let clean = clean.get_or_insert_with(|| bytes[..at].to_vec());
                clean.extend_from_slice(MARK.as_bytes());
                at += needle.len();
            } else {
                if let Some(clean) = &mut clean {
                    clean.push(rest[0]);
                }
                at += 1;
            }
        }
        clean.map_or(Cow::Borrowed(bytes), Cow::Owned)
    }

    pub(crate) fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// A value that holds a credential is replaced as a whole.
    pub(crate) fn headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut headers = headers.clone();
        for value in headers.values_mut() {
            if let Cow::Owned(_) = self.bytes(value.as_bytes()) {
                *value = HeaderValue::from_static(MARK);
            }
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(secrets: &[&str], text: &str, expected: &str) {
        assert_eq!(Redactor::new(secrets.iter().copied()).text(text), expected);
    }

    #[test]
    fn every_spelling_is_replaced() {
        check(&["key123"], "a key123 b key123", "a [redacted] b [redacted]");
        check(&["s \"q\" é"], r#"{"a":"s \"q\" é"}"#, r#"{"a":"[redacted]"}"#);
        check(&["s \"q\" é"], "x=s%20%22q%22%20%C3%A9&y", "x=[redacted]&y");
        check(&["abc", "abcdef"], "abcdef abc", "[redacted] [redacted]");
        check(&["key123"], "key12 and é", "key12 and é");
        check(&[""], "left alone", "left alone");
    }

    #[test]
    fn the_mark_is_not_looked_at() {
        check(&["e", "d"], "red", "r[redacted][redacted]");
    }

    #[test]
    fn a_header_that_holds_one_is_replaced() {
        let mut headers = HeaderMap::new();
        headers.insert("x-echo", HeaderValue::from_static("your key is key123"));
        headers.insert("x-other", HeaderValue::from_static("fine"));
        let headers = Redactor::new(["key123"]).headers(&headers);
        assert_eq!(headers["x-echo"], MARK);
        assert_eq!(headers["x-other"], "fine");
    }
}
