//! Finds and parses parameters and form fields, and rejects invalid ones.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use axum::http::HeaderMap;
use mileston_api::runtime::style::read::Unreadable;

use super::Refusal;
use super::encoding::decode_form;

/// The location of a parameter, for error messages.
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

/// Finds a parameter in the query string. Other parameters aren't checked.
pub(super) fn find_in_query<'q>(
    query: &'q str,
    name: &str,
) -> Result<Option<Cow<'q, str>>, Refusal> {
    find_in(Place::Query, query, name)
}

/// Finds a form field. A form is encoded like a query string.
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
        None => Err(refuse(place, name, "isn't UTF-8 after decoding")),
    }
}

/// Finds a header. A duplicate is rejected, because it is ambiguous.
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
        Err(_) => Err(refuse(Place::Header, name, "has characters other than visible ASCII")),
    }
}

/// Parses the text, or rejects the parameter.
pub(super) fn parse<T>(place: Place, name: &str, text: &str) -> Result<T, Refusal>
where
    T: FromStr,
    T::Err: Display,
{
    text.parse().map_err(|error| refuse(place, name, &format!("isn't valid: {error}")))
}

/// Returns a parameter that was parsed with a style, or rejects it.
pub(super) fn readable<T>(
    place: Place,
    name: &str,
    value: Result<T, Unreadable>,
) -> Result<T, Refusal> {
    value.map_err(|error| refuse(place, name, &error.to_string()))
}

/// Rejects a value that isn't in an enum.
pub(super) fn unknown(place: Place, name: &str, values: &[&str]) -> Refusal {
    refuse(place, name, &format!("must be one of {}", values.join(", ")))
}

/// Rejects a request without a required parameter.
pub(super) fn missing(place: Place, name: &str) -> Refusal {
    refuse(place, name, "is missing")
}

fn refuse(place: Place, name: &str, mistake: &str) -> Refusal {
    Refusal::invalid([format!("{} {name} {mistake}", place.words())])
}

/// Rejects a path that has an incomplete `%` escape or isn't UTF-8 after decoding.
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
    fn the_parameter_is_found_at_any_position() {
        check_found("", None);
        check_found("a=1", None);
        check_found("businessname=x", None);
        check_found("businessName=Acme", Some("Acme"));
        check_found("&&businessName=A=B&", Some("A=B"));
        check_found("businessName", Some(""));
        check_found("x=%zz&businessName=Acme", Some("Acme"));
        check_found("business%4Eame=Acme", Some("Acme"));
        // The vendor's SDK sends "Tom & Jerry = 50" like this.
        check_found("businessName=Tom%20&%20Jerry%20=%2050", Some("Tom "));
        // The vendor's SDK sends "100% legit" like this.
        check_found("businessName=100%%20legit", Some("100% legit"));
        check_found("100%=a&businessName=b", Some("b"));
    }

    #[test]
    fn duplicate_or_invalid_utf_8_parameters_are_refused() {
        check_refused("businessName=a&businessName=b", "more than once");
        check_refused("businessName=a&business%4Eame=a", "more than once");
        check_refused("businessName=%ff", "isn't UTF-8");
    }
}
