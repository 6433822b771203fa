//! Adds a credential to the `Cookie` header, and finds cookies in the header. Pure.

use http::header::{COOKIE, HeaderMap, HeaderValue};
use zeroize::Zeroizing;

use crate::encode::{is_cookie_octet, is_token};
use crate::error::Error;

/// Returns the value of the `Cookie` header after adding a cookie and removing any other cookies with the same name.
///
/// # Errors
///
/// Returns an error if the name isn't a token, or the value is empty or contains a character that RFC 6265 doesn't
/// allow.
pub(super) fn with_cookie(
    headers: &HeaderMap,
    name: &str,
    value: &str,
) -> Result<HeaderValue, Error> {
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::authentication(format!("`{name}` can't be the name of a cookie")));
    }
    if unquoted(value).is_empty() {
        return Err(unfit(name, "is empty"));
    }
    if !unquoted(value).bytes().all(is_cookie_octet) {
        return Err(unfit(
            name,
            "contains a character that isn't allowed in a cookie; use visible ASCII except `\"`, `,`, `;` and `\\`",
        ));
    }
    let others = cookies(headers).filter(|(other, _)| *other != name.as_bytes());
    let length: usize = headers.get_all(COOKIE).iter().map(|known| known.len() + 2).sum();
    let mut text = Zeroizing::new(Vec::with_capacity(length + name.len() + value.len() + 1));
    for (other, rest) in others {
        text.extend_from_slice(other);
        text.extend_from_slice(rest);
        text.extend_from_slice(b"; ");
    }
    text.extend_from_slice(name.as_bytes());
    text.push(b'=');
    text.extend_from_slice(value.as_bytes());
    // The other cookies were already in a header, so this can't fail.
    HeaderValue::from_bytes(&text).map_err(|_| unfit(name, "can't be part of a header"))
}

/// Adds cookies to the `Cookie` header, after the cookies that it already has.
///
/// # Errors
///
/// Returns an error if there are too many headers.
pub(crate) fn add_cookies(headers: &mut HeaderMap, cookies: &HeaderValue) -> Result<(), Error> {
    let mut all = match headers.get(COOKIE) {
        Some(before) if !before.is_empty() => {
            let text = Zeroizing::new([before.as_bytes(), b"; ", cookies.as_bytes()].concat());
            // Both parts are valid header values, so joining them can't fail.
            HeaderValue::from_bytes(&text)
                .map_err(|_| Error::invalid_argument("the cookies can't be part of a header"))?
        }
        _ => cookies.clone(),
    };
    all.set_sensitive(true);
    headers
        .try_insert(COOKIE, all)
        .map(drop)
        .map_err(|_| Error::invalid_argument("there are too many headers"))
}

/// Returns whether a request contains a cookie with this name and a value that isn't empty.
pub(crate) fn has_cookie(headers: &HeaderMap, name: &str) -> bool {
    cookies(headers).any(|(known, rest)| known == name.as_bytes() && rest.len() > "=".len())
}

/// Returns the value without the quotes that may surround it.
pub(super) fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value)
}

/// Returns each cookie as its name and the rest of its text, starting at `=`.
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&[u8], &[u8])> {
    let pairs = headers
        .get_all(COOKIE)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';').map(<[u8]>::trim_ascii));
    pairs.filter(|pair| !pair.is_empty()).map(|pair| {
        let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        pair.split_at(end)
    })
}

fn unfit(name: &str, problem: &str) -> Error {
    Error::authentication(format!("the credential for the `{name}` cookie {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn headers(cookie: &[&'static str]) -> HeaderMap {
        let cookies = cookie.iter().map(|text| (COOKIE, HeaderValue::from_static(text)));
        cookies.collect()
    }

    #[track_caller]
    fn check(before: &[&'static str], value: &str, expected: &str) {
        let after = with_cookie(&headers(before), "sid", value).unwrap();
        assert_eq!(after, expected);
    }

    #[test]
    fn a_credential_comes_after_other_cookies() {
        check(&[], "fake", "sid=fake");
        check(&[""], "fake", "sid=fake");
        check(&["a=1"], "fake", "a=1; sid=fake");
        check(&["a=1; b", "c=x=y;"], "fake", "a=1; b; c=x=y; sid=fake");
        check(&["asid=1; SID=2"], "fake", "asid=1; SID=2; sid=fake");
    }

    #[test]
    fn cookies_from_arguments_come_after_the_cookies_that_the_caller_set() {
        for (before, expected) in
            [(&[][..], "b=2; c=3"), (&[""], "b=2; c=3"), (&["a=1"], "a=1; b=2; c=3")]
        {
            let mut headers = headers(before);
            add_cookies(&mut headers, &HeaderValue::from_static("b=2; c=3")).unwrap();
            assert_eq!(headers.get_all(COOKIE).iter().collect::<Vec<_>>(), [expected]);
            assert!(headers[COOKIE].is_sensitive());
        }
    }

    #[test]
    fn a_credential_replaces_cookies_of_the_same_name() {
        check(&["sid=old"], "fake", "sid=fake");
        check(&["sid=old; a=1;sid", "sid=older"], "fake", "a=1; sid=fake");
    }

    #[test]
    fn only_characters_allowed_by_rfc_6265_are_accepted() {
        check(&[], "!#$%&'()*+-./:<=>?@[]^_`{|}~aZ09", "sid=!#$%&'()*+-./:<=>?@[]^_`{|}~aZ09");
        check(&[], "\"fake\"", "sid=\"fake\"");
        for value in ["", "\"\""] {
            check_rejected("sid", value, "the credential for the `sid` cookie is empty");
        }
        for odd in ["\"", ",", ";", "\\", " ", "\t", "\r\n", "\0", "\u{7f}", "é"] {
            for value in [format!("hunter2{odd}"), format!("{odd}hunter2")] {
                check_rejected("sid", &value, "`sid` cookie contains a character");
            }
        }
        for name in ["", "a b", "a=b", "a;b", "é", "a\n"] {
            check_rejected(name, "hunter2", "can't be the name of a cookie");
        }
    }

    #[track_caller]
    fn check_rejected(name: &str, value: &str, expected: &str) {
        let error = with_cookie(&headers(&["a=hunter2"]), name, value).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authentication);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error:?} {error:#?}").contains("hunter2"), "{error:?}");
    }

    #[test]
    fn a_cookie_is_found_by_its_complete_name() {
        for (cookies, expected) in [
            (&[][..], false),
            (&["sid"], false),
            (&["sid="], false),
            (&["asid=1; SID=2; a=sid=1"], false),
            (&["a=1;sid=fake"], true),
            (&["a=1", "b=2; sid=fake"], true),
        ] {
            assert_eq!(has_cookie(&headers(cookies), "sid"), expected, "{cookies:?}");
        }
    }
}
