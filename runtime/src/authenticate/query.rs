//! Adds a credential to the query of a URL. Pure.

use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use crate::encode::ESCAPED;
use crate::error::Error;

/// The maximum length of a URL that can be sent, in bytes.
const LONGEST_URL: usize = 65_534;

/// Returns the URL after adding a parameter at the end of its query and removing any other parameters with the same
/// name.
///
/// # Errors
///
/// Returns an error if the name or the value is empty, the value contains a control character, or the URL would be too
/// long.
pub(super) fn with_parameter(
    url: &str,
    name: &str,
    value: &str,
) -> Result<Zeroizing<String>, Error> {
    if name.is_empty() {
        return Err(Error::authentication("a query parameter for a credential needs a name"));
    }
    if value.is_empty() {
        return Err(unfit(name, "is empty"));
    }
    // A control character could be sent, e.g. a line break as `%0A`, but it is usually a mistake, such as the line
    // break at the end of a file.
    if value.chars().any(char::is_control) {
        return Err(unfit(name, "contains a control character, e.g. a line break: remove it"));
    }
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    // Reserves enough space for the complete URL, because a `String` that grows leaves behind a copy that isn't wiped.
    let capacity = url.len() + 3 * (name.len() + value.len()) + "?=".len();
    let mut with = Zeroizing::new(String::with_capacity(capacity));
    with.push_str(base);
    let mut separator = '?';
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !is_named(pair, name)) {
        with.push(separator);
        with.push_str(pair);
        separator = '&';
    }
    with.push(separator);
    with.extend(utf8_percent_encode(name, ESCAPED));
    with.push('=');
    with.extend(utf8_percent_encode(value, ESCAPED));
    if with.len() > LONGEST_URL {
        return Err(unfit(name, "makes the URL longer than 65,534 bytes"));
    }
    Ok(with)
}

/// Returns whether the pair has this name. Compares the decoded names, because a name can be escaped in several ways.
fn is_named(pair: &str, name: &str) -> bool {
    let encoded = pair.split('=').next().unwrap_or_default();
    form_urlencoded::parse(encoded.as_bytes()).next().is_some_and(|(decoded, _)| decoded == name)
}

fn unfit(name: &str, problem: &str) -> Error {
    Error::authentication(format!("the credential for the `{name}` query parameter {problem}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::ErrorKind;

    #[track_caller]
    fn check(url: &str, value: &str, expected: &str) {
        assert_eq!(*with_parameter(url, "key", value).unwrap(), expected);
    }

    #[test]
    fn a_credential_comes_after_the_parameters_of_the_call() {
        check("https://a.example/b", "fake", "https://a.example/b?key=fake");
        check("https://a.example/b?", "fake", "https://a.example/b?key=fake");
        check("https://a.example/b?x=1&y", "fake", "https://a.example/b?x=1&y&key=fake");
    }

    #[test]
    fn a_credential_replaces_parameters_of_the_same_name() {
        check("https://a.example/?key=1&x=2", "fake", "https://a.example/?x=2&key=fake");
        check("https://a.example/?key&k%65y=1&KEY=2", "fake", "https://a.example/?KEY=2&key=fake");
        check(
            "https://a.example/?keys=1&x=key",
            "fake",
            "https://a.example/?keys=1&x=key&key=fake",
        );
        let with = with_parameter("https://a.example/?a+b=1&a%20b=2", "a b", "fake").unwrap();
        assert_eq!(*with, "https://a.example/?a%20b=fake");
    }

    #[test]
    fn every_reserved_character_is_escaped() {
        check("/", "a&b=c+d%e/f g#h?é;", "/?key=a%26b%3Dc%2Bd%25e%2Ff%20g%23h%3F%C3%A9%3B");
        check("/", "A-z.0_9~", "/?key=A-z.0_9~");
    }

    #[test]
    fn an_invalid_credential_is_rejected_and_not_quoted() {
        for (name, value, expected) in [
            ("", "hunter2", "needs a name"),
            ("key", "", "the credential for the `key` query parameter is empty"),
            ("key", "hunter2\n", "`key` query parameter contains a control character"),
            ("key", "hunter2\0", "`key` query parameter contains a control character"),
            ("key", "\u{7f}hunter2", "`key` query parameter contains a control character"),
            ("key", "hunter2\u{85}", "`key` query parameter contains a control character"),
        ] {
            let error = with_parameter("/", name, value).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Authentication);
            assert!(error.to_string().contains(expected), "{error}");
            assert!(!format!("{error:?} {error:#?}").contains("hunter2"), "{error:?}");
        }
    }

    #[test]
    fn a_url_that_is_too_long_is_rejected() {
        let value = |length: usize| "x".repeat(length - "https://a.example/?key=".len());
        let longest = with_parameter("https://a.example/", "key", &value(LONGEST_URL)).unwrap();
        assert!(http::Uri::try_from(longest.as_str()).is_ok());
        let longer = format!("{}x", *longest);
        assert!(http::Uri::try_from(longer).is_err());
        let error = with_parameter("https://a.example/", "key", &value(LONGEST_URL + 1));
        assert!(error.unwrap_err().to_string().contains("longer than 65,534 bytes"));
    }

    #[test]
    fn the_text_is_allocated_once() {
        let value = "é".repeat(4096);
        let with = with_parameter("https://a.example/?key=1", "key", &value).unwrap();
        assert!(with.capacity() <= "https://a.example/?key=1?key=".len() + 8192 * 3 + 6);
    }

    proptest! {
        #[test]
        fn a_server_reads_the_original_value(
            old in proptest::collection::vec(("[a-z+%&= é]{0,4}", ".{0,8}"), 0..4),
            name in "[a-z+%&= é]{1,4}",
            value in "[^\\p{Cc}]{1,40}",
        ) {
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&old).finish();
            let with = with_parameter(&format!("https://a.example/?{query}"), &name, &value).unwrap();
            let read = url::Url::parse(&with).unwrap();
            let mut expected = old;
            expected.retain(|(old, _)| *old != name);
            expected.push((name, value));
            prop_assert!(read.fragment().is_none());
            prop_assert_eq!(read.query_pairs().into_owned().collect::<Vec<_>>(), expected);
            // If a parser changed the text, the request would have a different URL from the one that was signed.
            prop_assert_eq!(read.as_str(), &**with);
        }
    }
}
