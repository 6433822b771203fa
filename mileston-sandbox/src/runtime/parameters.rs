//! Parameters outside the body: from the path, the query string and headers.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use axum::http::HeaderMap;
use mileston_api::runtime::style::read::Unreadable;

use super::Refusal;
use super::encoding::decode_form;

/// Where a parameter was looked for, for messages.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
    Form,
}

impl Place {
    fn words(self) -> &'static str {
        match self {
            Place::Path => "path parameter",
            Place::Query => "query parameter",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Form => "form field",
        }
    }
}

/// Finds a parameter of the query string. Only the one that is asked for is judged; others may be what they like.
pub(super) fn find_in_query<'q>(
    query: &'q str,
    name: &str,
) -> Result<Option<Cow<'q, str>>, Refusal> {
    find_in(Place::Query, query, name)
}

/// Finds a field of a form, which is written like a query string.
pub(super) fn find_in_form<'q>(form: &'q str, name: &str) -> Result<Option<Cow<'q, str>>, Refusal> {
    find_in(Place::Form, form, name)
}

fn find_in<'q>(place: Place, query: &'q str, name: &str) -> Result<Option<Cow<'q, str>>, Refusal> {
    let mut found = None;
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if decode_form(key).as_deref() == Some(name) && found.replace(value).is_some() {
            return Err(refuse(place, name, "is given more than once"));
        }
    }
    let Some(value) = found else { return Ok(None) };
    match decode_form(value) {
        Some(value) => Ok(Some(value)),
        None => Err(refuse(place, name, "isn't UTF-8 once it is decoded")),
    }
}

/// Finds a header. Sent twice it is refused: there is no telling which was meant.
pub(super) fn find_in_headers<'h>(
    headers: &'h HeaderMap,
    name: &str,
) -> Result<Option<&'h str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(refuse(Place::Header, name, "is given more than once"));
    }
    match value.to_str() {
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(refuse(Place::Header, name, "holds more than visible ASCII characters")),
    }
}

/// Makes a value of the text, or says what is wrong with the parameter.
pub(super) fn parse<T>(place: Place, name: &str, text: &str) -> Result<T, Refusal>
where
    T: FromStr,
    T::Err: Display,
{
    text.parse().map_err(|error| refuse(place, name, &format!("is not valid: {error}")))
}

/// What was read of a parameter in a style, or what is wrong with it.
pub(super) fn readable<T>(
    place: Place,
    name: &str,
    value: Result<T, Unreadable>,
) -> Result<T, Refusal> {
    value.map_err(|error| refuse(place, name, &error.to_string()))
}

/// The refusal of a value that an enum doesn't have.
pub(super) fn unknown(place: Place, name: &str, values: &[&str]) -> Refusal {
    refuse(place, name, &format!("must be one of {}", values.join(", ")))
}

/// The refusal of a call without a required parameter.
pub(super) fn missing(place: Place, name: &str) -> Refusal {
    refuse(place, name, "is missing")
}

fn refuse(place: Place, name: &str, mistake: &str) -> Refusal {
    Refusal::invalid([format!("{} {name} {mistake}", place.words())])
}

/// Refuses a path with a `%` that begins no escape, or that isn't UTF-8 once it is decoded.
pub(super) fn undecodable_path() -> Refusal {
    let message = "the path isn't percent-encoded UTF-8: write `%` as `%25`";
    Refusal::invalid([message.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_found(query: &str, expected: Option<&str>) {
        assert_eq!(find_in_query(query, "businessName").unwrap().as_deref(), expected);
    }

    #[track_caller]
    fn check_refused(query: &str, mistake: &str) {
        let refusal = find_in_query(query, "businessName").unwrap_err();
        let text = serde_json::to_string(&refusal).unwrap();
        assert!(text.contains("query parameter businessName"), "{text}");
        assert!(text.contains(mistake), "{text}");
    }

    #[test]
    fn the_parameter_is_found_wherever_it_stands() {
        check_found("", None);
        check_found("a=1", None);
        check_found("businessname=x", None);
        check_found("businessName=Acme", Some("Acme"));
        check_found("&&businessName=A=B&", Some("A=B"));
        check_found("businessName", Some(""));
        check_found("x=%zz&businessName=Acme", Some("Acme"));
        check_found("business%4Eame=Acme", Some("Acme"));
        // What the vendor's SDK makes of "Tom & Jerry = 50".
        check_found("businessName=Tom%20&%20Jerry%20=%2050", Some("Tom "));
        // And of "100% legit".
        check_found("businessName=100%%20legit", Some("100% legit"));
        check_found("100%=a&businessName=b", Some("b"));
    }

    #[test]
    fn parameters_that_are_doubled_or_no_utf_8_are_refused() {
        check_refused("businessName=a&businessName=b", "more than once");
        check_refused("businessName=a&business%4Eame=a", "more than once");
        check_refused("businessName=%ff", "isn't UTF-8");
    }
}
