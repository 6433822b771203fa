//! Finds the next page in the `Link` header (RFC 8288). Pure.

use http::header::{HeaderMap, LINK};

/// The links that were followed, each relative to the previous one. `Request::follow` rejects a link to a
/// different origin.
#[derive(Clone, Default)]
pub(crate) struct Links(Vec<String>);

impl Links {
    /// Adds a link, and drops the links that it doesn't depend on. Returns `false` if the link is the same as the
    /// previous link. A link with a relative path can be repeated, because it may then point to another page.
    pub(crate) fn push(&mut self, link: String) -> bool {
        let is_whole = link.starts_with('/') || has_scheme(&link);
        if (is_whole || link.starts_with('?')) && self.0.last() == Some(&link) {
            return false;
        }
        if is_whole {
            self.0.clear();
        } else if link.starts_with('?') {
            self.0.pop_if(|last| last.starts_with('?'));
        }
        self.0.push(link);
        true
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Returns whether a link begins with a scheme (RFC 3986, section 3.1). The scheme of a URL in the link's query is
/// ignored.
fn has_scheme(link: &str) -> bool {
    let of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    link.split_once(':').is_some_and(|(scheme, _)| scheme.bytes().all(of_scheme))
}

/// Returns the target of the link with the relation `next`, as the server wrote it.
pub(crate) fn next_link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(links).find(|link| link.is_next).map(|link| link.target)
}

struct Link {
    target: String,
    is_next: bool,
}

/// Returns the links in a header, up to the first link that can't be read.
fn links(header: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = header.trim_start_matches([' ', '\t', ',']);
    while let Some((target, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        let (parameters, after) = split(after, ',');
        links.push(Link { target: target.trim().to_owned(), is_next: is_next(parameters) });
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    links
}

/// Splits the text at the first separator that isn't in quotes.
fn split(text: &str, separator: char) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if character == separator && !quoted => {
                return (&text[..at], &text[at + character.len_utf8()..]);
            }
            _ => {}
        }
    }
    (text, "")
}

/// Returns whether the first `rel` parameter contains the relation `next`.
fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    while !rest.is_empty() {
        let (parameter, after) = split(rest, ';');
        rest = after;
        let Some((name, value)) = parameter.split_once('=') else { continue };
        if name.trim().eq_ignore_ascii_case("rel") {
            let value = value.trim().trim_matches('"');
            return value.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case("next"));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[track_caller]
    fn check(headers: &[&'static str], expected: Option<&str>) {
        let mut map = HeaderMap::new();
        headers.iter().for_each(|it| {
            map.append(LINK, HeaderValue::from_static(it));
        });
        assert_eq!(next_link(&map).as_deref(), expected, "{headers:?}");
    }

    /// Tests the examples from RFC 8288, section 3.5, and a header from GitHub.
    #[test]
    fn the_next_link_is_found() {
        check(
            &[
                r#"<https://api.github.com/repositories/1/issues?page=1>; rel="prev", <https://api.github.com/repositories/1/issues?page=3>; rel="next""#,
            ],
            Some("https://api.github.com/repositories/1/issues?page=3"),
        );
        check(
            &[
                r#"</TheBook/chapter2>; rel="previous"; title*=UTF-8'de'letztes%20Kapitel, </TheBook/chapter4>; rel="next"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel"#,
            ],
            Some("/TheBook/chapter4"),
        );
        check(
            &[r#"<http://example.org/>; rel="start http://example.net/relation/other next""#],
            Some("http://example.org/"),
        );
        check(&["<?page=2>;rel=next"], Some("?page=2"));
        check(&[r#"</a>; rel="last""#, r#"</b>; REL="Next""#], Some("/b"));
        check(&[r#"</a>; title="b, c; rel=\"next\""; rel="prev", </d>; rel=next"#], Some("/d"));
        // Only the first `rel` is used.
        check(&[r#"</a>; rel="prev"; rel="next""#], None);
    }

    #[test]
    fn links_that_the_last_link_depends_on_are_kept() {
        let mut links = Links::default();
        for (link, expected) in [
            ("/a?page=2", &["/a?page=2"][..]),
            ("?page=3", &["/a?page=3"]),
            ("?page=4", &["/a?page=4"]),
            ("b?page=5", &["/a?page=4", "b?page=5"]),
            ("https://a.example/c", &["https://a.example/c"]),
            ("/d/e", &["/d/e"]),
            ("?from=https://b.example/", &["/d/e?from=https://b.example/"]),
        ] {
            assert!(links.push(link.to_owned()), "{link}");
            let base = url::Url::parse("https://a.example/x").unwrap();
            let end =
                |links: &[&str]| links.iter().fold(base.clone(), |at, it| at.join(it).unwrap());
            let kept: Vec<&str> = links.iter().collect();
            assert_eq!(end(&kept), end(expected), "{link}");
            assert!(kept.len() <= 3, "{kept:?}");
        }
    }

    #[test]
    fn a_link_to_the_same_page_is_found() {
        for link in ["https://a.example/c", "/c", "?page=2"] {
            let mut links = Links::default();
            assert!(links.push(link.to_owned()) && !links.push(link.to_owned()), "{link}");
        }
    }

    #[test]
    fn a_header_without_a_next_link_has_no_next_page() {
        for header in
            ["", "x", "</a>", "</a>; rel", "</a; rel=next", r#"</a>; rel="prefetch nextish""#]
        {
            check(&[header], None);
        }
        check(&[], None);
    }

    proptest::proptest! {
        #[test]
        fn reading_links_never_panics(text in "[<>;,=\"\\\\ a-zé]{0,40}") {
            links(&text);
        }
    }
}
