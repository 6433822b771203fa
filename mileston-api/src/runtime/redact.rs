//! Takes credentials out of what a server sent back, before anything keeps it.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderMap, HeaderValue};

const MARK: &str = "[redacted]";

/// Fewer characters at the end of a text are not taken for the beginning of a credential that was cut off.
const TELLING: usize = 4;

/// A part of a key that is shorter is not looked for alone: it may be a word.
const PRIVATE_PART: usize = 8;

/// The texts that must not be kept: each credential as it is, in JSON and percent-encoded.
#[derive(Default)]
pub(crate) struct Redactor {
    /// Longest first, so that no shorter one leaves the rest of a longer one behind.
    needles: Vec<Needle>,
}

struct Needle {
    bytes: Vec<u8>,
    /// How many bytes at its start are no secret.
    public: usize,
}

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut redactor = Redactor::default();
        for secret in secrets {
            redactor.add("", secret);
        }
        redactor.sorted()
    }

    /// Takes out an API key too, whose prefix is public, and what follows alone as well.
    pub(crate) fn with_key(mut self, key: Option<&str>) -> Self {
        let Some(key) = key else { return self };
        let (prefix, private) = key.split_at(mileston_keys::public_prefix(key).len());
        self.add(prefix, private);
        if private.len() >= PRIVATE_PART {
            self.add("", private);
        }
        self.sorted()
    }

    fn add(&mut self, public: &str, private: &str) {
        if private.is_empty() {
            return;
        }
        for spelling in [str::to_owned, in_json, percent_encoded] {
            let (public, private) = (spelling(public), spelling(private));
            let bytes = format!("{public}{private}").into_bytes();
            self.needles.push(Needle { bytes, public: public.len() });
        }
    }

    fn sorted(mut self) -> Self {
        self.needles.sort_by(|a, b| (b.bytes.len(), &a.bytes).cmp(&(a.bytes.len(), &b.bytes)));
        self.needles.dedup_by(|a, b| a.bytes == b.bytes);
        self
    }

    /// One pass, so that the mark itself is never looked at.
    pub(crate) fn bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let mut clean: Option<Vec<u8>> = None;
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(length) = self.needles.iter().find_map(|needle| needle.found_at(rest)) {
                let clean = clean.get_or_insert_with(|| bytes[..at].to_vec());
                clean.extend_from_slice(MARK.as_bytes());
                at += length;
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

impl Needle {
    /// How much of the start of a text is this, whole or cut off by the end of the text: bodies are read to a bound.
    fn found_at(&self, text: &[u8]) -> Option<usize> {
        if text.starts_with(&self.bytes) {
            return Some(self.bytes.len());
        }
        let telling = self.public.saturating_add(1).max(TELLING);
        (text.len() >= telling && self.bytes.starts_with(text)).then_some(text.len())
    }
}

fn in_json(text: &str) -> String {
    serde_json::Value::from(text).to_string().trim_matches('"').to_owned()
}

fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
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
    fn a_key_is_found_by_its_private_part_too() {
        let redactor = Redactor::default().with_key(Some("Mileston_TEST_hunter2abcdef"));
        for (text, expected) in [
            ("a Mileston_TEST_hunter2abcdef b", "a [redacted] b"),
            ("Mileston%5FTEST%5Fhunter2abcdef", "[redacted]"),
            ("key …hunter2abcdef", "key …[redacted]"),
            ("Mileston_TEST_", "Mileston_TEST_"),
            ("Powered by Mileston", "Powered by Mileston"),
            ("Mileston_TEST_other", "Mileston_TEST_other"),
        ] {
            assert_eq!(redactor.text(text), expected);
        }
        let short = Redactor::default().with_key(Some("Mileston_TEST_and"));
        assert_eq!(short.text("this and that"), "this and that");
    }

    /// Only a known prefix is public: `from_unknown_form` accepts keys with any.
    #[test]
    fn a_key_of_an_unknown_form_is_secret_as_a_whole() {
        let redactor = Redactor::default().with_key(Some("mst_hunter2_abcdefgh"));
        assert_eq!(redactor.text("a mst_hunter2_abcdefgh b"), "a [redacted] b");
        assert_eq!(redactor.text("key: mst_hunter"), "key: [redacted]");
        let redactor = Redactor::default().with_key(Some("Mileston_TEST_hunter2_abcdefgh"));
        assert_eq!(redactor.text("key: Mileston_TEST_hunter"), "key: [redacted]");
    }

    #[test]
    fn one_that_is_cut_off_by_the_end_is_found() {
        let redactor = Redactor::new(["s3cr3t\"x"]).with_key(Some("Mileston_TEST_hunter2abcdef"));
        for (text, expected) in [
            ("key: Mileston_TEST_h", "key: [redacted]"),
            ("key: Mileston_TEST_hunter2abcde", "key: [redacted]"),
            ("key: Mileston_TEST_hunter2abcdeX", "key: Mileston_TEST_hunter2abcdeX"),
            ("x=Mileston%5FTEST%5Fhun", "x=[redacted]"),
            ("secret: s3cr", "secret: [redacted]"),
            ("secret: s3cr3t\\", "secret: [redacted]"),
            ("secret: s3c", "secret: s3c"),
        ] {
            assert_eq!(redactor.text(text), expected);
        }
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
