//! Removes credentials from a server's response before any of it is kept.
//!
//! A server, a proxy or an error page may write a credential differently from how it was sent: truncated, in lower
//! case, escaped, or in base64. So any eight or more consecutive characters of a credential are removed, regardless of
//! case and under up to three layers of escapes.

mod layer;
mod needles;

use std::borrow::Cow;
use std::collections::BinaryHeap;

#[cfg(not(target_family = "wasm"))]
use http::header::{HeaderMap, HeaderName, HeaderValue};

use self::layer::Layer;
use self::needles::Needles;

pub(crate) const MARK: &str = "[redacted]";

/// Replaces a header name that contains a credential.
#[cfg(not(target_family = "wasm"))]
const NAME: HeaderName = HeaderName::from_static("redacted");

/// How many layers of escapes are decoded.
const LAYERS: usize = 3;

/// Finds secrets, and any sufficiently long part of a secret, in untrusted text.
///
/// ```
/// use openapi_keys_runtime::Redactor;
///
/// let redactor = Redactor::new(["plainly-fake-secret"]);
/// assert!(redactor.finds_in(b"you sent PLAINLY-FAKE"));
/// ```
#[derive(Default)]
pub struct Redactor(Needles);

impl Redactor {
    /// Creates a redactor for these secrets.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut needles = Needles::default();
        for secret in secrets {
            needles.add("", secret);
        }
        Redactor(needles)
    }

    /// Adds a secret.
    pub fn add(&mut self, secret: &str) {
        self.0.add("", secret);
    }

    /// Adds a secret unless the redactor already finds all of it. If the secret was already added with a public prefix,
    /// adding it again would cause the prefix to be removed as well.
    pub(crate) fn add_unknown(&mut self, secret: &str) {
        if self.places(secret.as_bytes()) != [(0, secret.len())] {
            self.add(secret);
        }
    }

    /// Adds a secret whose beginning is public, e.g. `sk_test_`. The public beginning alone is not treated as a secret.
    /// After the public beginning, fewer characters of the private part are enough for a match.
    pub fn add_with_prefix(&mut self, public: &str, private: &str) {
        self.0.add(public, private);
    }

    /// Returns whether the text contains a secret, or a sufficiently long part of one.
    pub fn finds_in(&self, text: &[u8]) -> bool {
        !self.places(text).is_empty()
    }

    /// Returns the bytes with `[redacted]` in place of each secret.
    pub(crate) fn bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let places = self.places(bytes);
        if places.is_empty() {
            return Cow::Borrowed(bytes);
        }
        let mut clean = Vec::with_capacity(bytes.len());
        let mut at = 0;
        for (start, end) in places {
            clean.extend_from_slice(bytes.get(at..start).unwrap_or_default());
            clean.extend_from_slice(MARK.as_bytes());
            at = end;
        }
        clean.extend_from_slice(bytes.get(at..).unwrap_or_default());
        Cow::Owned(clean)
    }

    pub(crate) fn text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// Replaces each name or value that contains a credential.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut clean = HeaderMap::with_capacity(headers.len());
        for (name, value) in headers {
            let name = if self.finds_in(name.as_str().as_bytes()) { NAME } else { name.clone() };
            let value = match self.finds_in(value.as_bytes()) {
                true => HeaderValue::from_static(MARK),
                false => value.clone(),
            };
            clean.append(name, value);
        }
        clean
    }

    /// Returns the positions of the secrets, in order and without overlaps.
    fn places(&self, text: &[u8]) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let mut layer = Some(Layer::plain(text));
        for _ in 0..=LAYERS {
            let Some(this) = layer else { break };
            let found = self.0.found_in(&this.bytes);
            places.extend(found.into_iter().map(|(start, end)| this.place(start, end)));
            // The text may be only the start of a longer text, so it can end in the middle of a secret, or of an escape
            // in a secret.
            for end in [this.bytes.len(), this.end_without_cut_escape()] {
                let cut = self.0.cut_off_in(this.bytes.get(..end).unwrap_or_default());
                places.extend(cut.map(|start| (this.place(start, end).0, text.len())));
            }
            layer = this.unescaped();
        }
        merged(places)
    }
}

fn merged(places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    // A heap sort adds only a tenth as much code as other sorts.
    let places = BinaryHeap::from(places).into_sorted_vec();
    for (start, end) in places {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const KEY: &str = "Keyhouse_TEST_hunter2abcdef";

    #[track_caller]
    fn check(secrets: &[&str], text: &str, expected: &str) {
        assert_eq!(Redactor::new(secrets.iter().copied()).text(text), expected);
    }

    fn keyed(key: &str) -> Redactor {
        let mut redactor = Redactor::default();
        let public = "Keyhouse_TEST_";
        redactor.add_with_prefix(public, key.strip_prefix(public).unwrap());
        redactor
    }

    #[track_caller]
    fn check_key(text: &str, expected: &str) {
        assert_eq!(keyed(KEY).text(text), expected, "{text}");
    }

    #[test]
    fn every_form_of_a_secret_is_replaced() {
        check(&["key123"], "a key123 b key123", "a [redacted] b [redacted]");
        check(&["s \"q\" é"], r#"{"a":"s \"q\" é"}"#, r#"{"a":"[redacted]"}"#);
        check(&["s \"q\" é"], "x=s%20%22q%22%20%C3%A9&y", "x=[redacted]&y");
        check(&["s \"q\" é!"], "x=s+%22q%22+%c3%a9!&y", "x=[redacted]&y");
        check(&["a b&c"], "x=a+b%26c&y=a%20b%26c&z=a+b", "x=[redacted]&y=[redacted]&z=a+b");
        check(&["abc", "abcdef"], "abcdef abc", "[redacted] [redacted]");
        check(&["key123"], "key12 and é", "key12 and é");
        check(&["key123"], "a KEY123 b", "a KEY123 b");
        check(&[""], "left alone", "left alone");
        check(&["quo\"ted\\123"], r#"{"a":"quo\"ted\\123"}"#, r#"{"a":"[redacted]"}"#);
        check(
            &["quo\"ted\\123"],
            r#""{\"a\":\"quo\\\"ted\\\\123\"}""#,
            r#""{\"a\":\"[redacted]\"}""#,
        );
        check(&[r"back\new%41&lt;"], r"a back\new%41&lt; b", "a [redacted] b");
    }

    #[test]
    fn a_key_is_also_found_by_its_private_part() {
        check_key("a Keyhouse_TEST_hunter2abcdef b", "a [redacted] b");
        check_key("Keyhouse%5FTEST%5Fhunter2abcdef", "[redacted]");
        check_key("key …hunter2abcdef", "key …[redacted]");
        check_key("Keyhouse_TEST_", "Keyhouse_TEST_");
        check_key("Powered by Keyhouse", "Powered by Keyhouse");
        check_key("Keyhouse_TEST_other", "Keyhouse_TEST_other");
        let short = keyed("Keyhouse_TEST_and");
        assert_eq!(short.text("this and that"), "this and that");
        assert_eq!(short.text("Keyhouse_TEST_and that"), "[redacted] that");
    }

    #[test]
    fn a_part_of_a_key_is_found_in_upper_or_lower_case() {
        check_key("keyhouse_test_HUNTER2ABCDEF", "[redacted]");
        check_key("Keyhouse_TEST_hunter2abcdeX", "[redacted]X");
        check_key("Keyhouse_TEST_hunt… is bad", "[redacted]… is bad");
        check_key("ends in r2abcdef.", "ends in [redacted].");
        check_key("ends in 2abcdef.", "ends in 2abcdef.");
        check_key("&#104;&#x75;nter2ab", "[redacted]");
    }

    #[test]
    fn base64_is_found_at_any_offset_of_the_key() {
        for text in [
            KEY,
            "user:Keyhouse_TEST_hunter2abcdef",
            "{\"k\":\"Keyhouse_TEST_hunter2abcdef\"}",
            "hunter2abcdef",
        ] {
            for encoded in encodings(text) {
                let shown = keyed(KEY).text(&encoded);
                let left = shown.len() - MARK.len();
                // The remaining text is the text around the private part, and up to three characters that share a
                // base64 group with it.
                assert!(shown.contains(MARK), "{shown}");
                assert!(
                    left <= (text.len() - "hunter2abcdef".len()).div_ceil(3) * 4 + 6,
                    "{shown}"
                );
            }
        }
    }

    #[test]
    fn a_known_secret_keeps_its_public_beginning() {
        let mut redactor = keyed(KEY);
        redactor.add_unknown(KEY);
        assert_eq!(redactor.text(&format!("Keyhouse_TEST_ {KEY}")), "Keyhouse_TEST_ [redacted]");
        redactor.add_unknown("hunter2abcdef-and-more");
        assert_eq!(
            redactor.text("a hunter2abcdef-and-more b and-more"),
            "a [redacted] b [redacted]"
        );
        redactor.add_unknown("s3cr3t");
        assert_eq!(redactor.text("a s3cr3t b"), "a [redacted] b");
    }

    fn encodings(text: &str) -> [String; 2] {
        use base64::Engine as _;
        use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
        [STANDARD.encode(text), URL_SAFE_NO_PAD.encode(text)]
    }

    /// A known prefix stays public even if the private part contains separators.
    #[test]
    fn only_a_known_prefix_is_public() {
        let odd = keyed("Keyhouse_TEST_hun-ter_2abcdef");
        assert_eq!(odd.text("a hun-ter_2abcdef b"), "a [redacted] b");
        assert_eq!(odd.text("Keyhouse_TEST_hun-ter_2"), "[redacted]");
        assert_eq!(odd.text("Keyhouse_TEST_other"), "Keyhouse_TEST_other");
    }

    /// Only a known prefix is public, because keys in other formats may have any prefix.
    #[test]
    fn a_key_in_an_unknown_format_is_completely_secret() {
        let key = "kh_hunter2_abcdefgh";
        check(&[key], "a kh_hunter2_abcdefgh b", "a [redacted] b");
        check(&[key], "a kh_hunter2_ b", "a [redacted] b");
        check(&[key], "key: kh_hunter", "key: [redacted]");
    }

    #[test]
    fn a_key_that_is_cut_off_at_the_end_is_found() {
        let mut redactor = keyed(KEY);
        redactor.add("s3cr3t\"x");
        for (text, expected) in [
            ("key: Keyhouse_TEST_h", "key: [redacted]"),
            ("key: Keyhouse_TEST_hunter2abcde", "key: [redacted]"),
            ("x=Keyhouse%5FTEST%5Fhun", "x=[redacted]"),
            ("x=Keyhouse%5FTEST%5Fhun%7", "x=[redacted]"),
            ("secret: s3cr", "secret: [redacted]"),
            ("secret: s3cr3t\\", "secret: [redacted]"),
            ("secret: s3cr3t&quo", "secret: [redacted]"),
            ("secret: s3c", "secret: s3c"),
        ] {
            assert_eq!(redactor.text(text), expected);
        }
    }

    #[test]
    fn the_replacement_is_not_searched() {
        check(&["e", "d"], "a red e", "a r[redacted] [redacted]");
    }

    #[test]
    fn a_header_that_contains_a_secret_is_replaced() {
        let mut headers = HeaderMap::new();
        headers.insert("x-echo", HeaderValue::from_static("your key is key123"));
        headers.append("x-other", HeaderValue::from_static("fine"));
        headers.append("x-other", HeaderValue::from_static("fine too"));
        headers.insert("x-key123", HeaderValue::from_static("1"));
        let headers = Redactor::new(["key123"]).headers(&headers);
        assert_eq!(headers["x-echo"], MARK);
        assert_eq!(headers.get_all("x-other").iter().collect::<Vec<_>>(), ["fine", "fine too"]);
        assert_eq!((headers.len(), &headers[NAME]), (4, &HeaderValue::from_static("1")));
    }

    /// The search takes about two milliseconds in an optimised build. The limits leave a margin for a busy machine.
    #[test]
    fn a_large_body_of_any_kind_is_searched_quickly() {
        let secret = "fake".repeat(250);
        let mut redactor = keyed(KEY);
        redactor.add(&secret);
        redactor.add(&"a".repeat(1024));
        let bound = if cfg!(debug_assertions) { 2000 } else { 100 };
        for piece in
            ["a", "%25", "\\\\", "&#", "&amp;", "fake", "Keyhouse_TEST_", "hunter2", "\\u00", "%"]
        {
            let body = piece.repeat(64 * 1024 / piece.len());
            let start = Instant::now();
            redactor.bytes(body.as_bytes());
            assert!(
                start.elapsed() < Duration::from_millis(bound),
                "{piece}: {:?}",
                start.elapsed()
            );
        }
    }
}
