//! Builds request targets from values that are escaped as the standards require, or from unescaped values. Splits
//! targets into decoded parts.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All ASCII characters except RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The target of a request: path and query as sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The part before the first `?`.
    pub path: String,
    /// The part after the first `?`.
    pub query: Option<String>,
}

impl Target {
    /// Reads the target of a request line.
    #[must_use]
    pub fn of(target: &str) -> Target {
        match target.split_once('?') {
            Some((path, query)) => Target { path: path.to_owned(), query: Some(query.to_owned()) },
            None => Target { path: target.to_owned(), query: None },
        }
    }

    /// Returns the target that a client sends if it parses the URL without escaping the values first. Returns `None` if
    /// the parser rejects the URL.
    #[must_use]
    pub fn pasted(origin: &str, text: &str) -> Option<Target> {
        let url = url::Url::parse(&format!("{origin}{text}")).ok()?;
        let query = url.query().filter(|query| !query.is_empty());
        Some(Target { path: url.path().to_owned(), query: query.map(str::to_owned) })
    }

    /// Returns the decoded segments of the path.
    #[must_use]
    pub fn segments(&self) -> Vec<Vec<u8>> {
        self.path.split('/').map(|segment| percent_decode_str(segment).collect()).collect()
    }

    /// Returns the names and values of the query, decoded as a form; `None` if there is no query.
    #[must_use]
    pub fn pairs(&self) -> Option<Vec<(String, String)>> {
        let query = self.query.as_ref()?;
        Some(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// Returns whether a server that decodes path and query reads the same values from both targets.
    #[must_use]
    pub fn reads_like(&self, other: &Target) -> bool {
        self.segments() == other.segments() && self.pairs() == other.pairs()
    }
}

/// Escapes a string as one path segment.
#[must_use]
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes names and values as a form.
#[must_use]
pub fn form(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasting_differs_from_escaping() {
        let pasted = |text: &str| Target::pasted("https://a.example", text);
        for (text, path, query) in [
            ("/x/a/b", "/x/a/b", None),
            ("/x/a?b=c", "/x/a", Some("b=c")),
            ("/x/a?", "/x/a", None),
            ("/x/a#b", "/x/a", None),
            ("/x/..", "/", None),
            ("/x/%2e%2e/y", "/y", None),
            ("/x/a\\b", "/x/a/b", None),
            ("/x/a\tb ", "/x/ab", None),
        ] {
            let expected = Target { path: path.to_owned(), query: query.map(str::to_owned) };
            assert_eq!(pasted(text), Some(expected), "{text}");
        }
        assert_eq!(segment("a/b?c#d%\\é-._~"), "a%2Fb%3Fc%23d%25%5C%C3%A9-._~");
    }

    #[test]
    fn a_query_is_read_as_a_form() {
        let target = Target::of("/x?a=A+B&b=%26?");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(target.pairs().unwrap(), [pair("a", "A B"), pair("b", "&?")]);
        assert_eq!(Target::of("/x").pairs(), None);
    }
}
