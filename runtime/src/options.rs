//! Collects the options of a single call, and applies them to the request. Pure.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName};
use serde::Serialize;
use serde::de::IgnoredAny;

use crate::encode::header_text;
use crate::error::Error;
use crate::json::Json;
use crate::operation::{Location, Operation, SecurityScheme};
use crate::request::Request;
use crate::retry::RetryPolicy;

/// The headers that the client sets itself because they must match the request. The headers of security schemes aren't
/// in this list.
const OURS: &[&str] = &["content-length", "content-type", "host"];

/// The header that declares which media types a call can read. A single call may set this header, but a default value
/// would be wrong for some calls.
const ACCEPT: &str = "accept";

/// The headers that belong to the connection and are set by the HTTP library. The list also contains `accept-encoding`,
/// because the client doesn't decompress responses.
const CONNECTION: &[&str] = &[
    "accept-encoding",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The options that were set for a single call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
    query: Vec<(String, String)>,
    /// The names and values of body fields. The values are JSON.
    fields: Vec<(String, String)>,
}

impl Options {
    /// Sets a header. A second value for the same name replaces the first.
    pub(crate) fn header(
        &mut self,
        operation: &Operation,
        schemes: &[SecurityScheme],
        name: &str,
        value: &str,
    ) -> Result<(), Error> {
        // The error doesn't quote an invalid name, because the name could contain anything.
        let name = HeaderName::try_from(name)
            .map_err(|_| invalid("the given name isn't a valid header name"))?;
        if let Some(problem) = header_problem(operation, schemes, name.as_str()) {
            return Err(invalid(format!("the `{name}` header can't be set on a call: {problem}")));
        }
        let mut value = header_text(value).ok_or_else(|| {
            invalid(format!(
                "the value of the `{name}` header contains a character that isn't allowed in a \
                header; use visible ASCII, spaces and tabs"
            ))
        })?;
        // The value is marked as sensitive, because it may be a secret and nothing needs to print it.
        value.set_sensitive(true);
        self.headers.try_insert(name, value).map_err(|_| invalid("there are too many headers"))?;
        Ok(())
    }

    pub(crate) fn query(
        &mut self,
        operation: &Operation,
        schemes: &[SecurityScheme],
        name: &str,
        value: String,
    ) -> Result<(), Error> {
        if name.is_empty() {
            return Err(invalid("the name of a query parameter is empty"));
        }
        if schemes.iter().any(|scheme| scheme.query() == Some(name)) {
            return Err(invalid(format!(
                "the `{name}` query parameter can't be set on a call: the client sets it itself"
            )));
        }
        if has_parameter(operation, name, Location::Query) {
            return Err(invalid(format!(
                "the `{name}` query parameter is an argument of the operation; set the argument \
                instead"
            )));
        }
        self.query.push((name.to_owned(), value));
        Ok(())
    }

    pub(crate) fn field(&mut self, name: &str, value: &impl Serialize) -> Result<(), Error> {
        if self.fields.iter().any(|(known, _)| known == name) {
            return Err(invalid(format!("the `{name}` field was set twice")));
        }
        // The original message is left out of the error, because it could contain the value.
        let value = serde_json::to_string(value).map_err(|_| {
            invalid(format!("the value of the `{name}` field can't be written as JSON"))
        })?;
        self.fields.push((name.to_owned(), value));
        Ok(())
    }

    /// Adds query parameters and body fields to a request that already has its body. The request is signed afterwards.
    pub(crate) fn apply(&self, request: &mut Request) -> Result<(), Error> {
        if !self.query.is_empty() {
            let separator = if request.url.contains('?') { '&' } else { '?' };
            let query =
                form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
            request.url.push(separator);
            request.url.push_str(&query);
        }
        if !self.fields.is_empty() {
            let body = request.body().unwrap_or_default();
            request.set_body(with_fields(body, &self.fields)?);
        }
        Ok(())
    }
}

fn header_problem(
    operation: &Operation,
    schemes: &[SecurityScheme],
    name: &str,
) -> Option<&'static str> {
    let argument = || {
        has_parameter(operation, name, Location::Header)
            .then_some("it is an argument of the operation; set the argument instead")
    };
    reserved(schemes, name).or_else(argument)
}

/// Returns why calls must not set a header, or `None` if they may set it.
fn reserved(schemes: &[SecurityScheme], name: &str) -> Option<&'static str> {
    // In the OpenAPI document, the name may be in upper or lower case.
    let is_of = |scheme: &SecurityScheme| {
        scheme.header().is_some_and(|header| header.eq_ignore_ascii_case(name))
    };
    if OURS.contains(&name) || schemes.iter().any(is_of) {
        return Some("the client sets it itself");
    }
    CONNECTION.contains(&name).then_some("it belongs to the connection")
}

/// Rejects headers that can't be default headers.
pub(crate) fn check_defaults(headers: &HeaderMap, schemes: &[SecurityScheme]) -> Result<(), Error> {
    let problem = |name: &HeaderName| {
        let of_calls = (name.as_str() == ACCEPT).then_some("each call has its own");
        let problem = reserved(schemes, name.as_str()).or(of_calls)?;
        Some(invalid(format!("the `{name}` header can't be a default header: {problem}")))
    };
    headers.keys().find_map(problem).map_or(Ok(()), Err)
}

fn has_parameter(operation: &Operation, name: &str, location: Location) -> bool {
    operation.parameters.iter().any(|parameter| {
        parameter.location == location
            && match location {
                Location::Header => parameter.name.eq_ignore_ascii_case(name),
                _ => parameter.name == name,
            }
    })
}

/// Adds fields at the end of an object without changing the bytes before them. Parsing and serializing the object again
/// could change the order of its fields or the notation of a number.
fn with_fields(body: &[u8], fields: &[(String, String)]) -> Result<Vec<u8>, Error> {
    let no_object = || match body {
        [] => invalid("the request has no body, so no field can be added"),
        _ => invalid("the body isn't a JSON object, so no field can be added"),
    };
    let text = std::str::from_utf8(body).map_err(|_| no_object())?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|_| no_object())?;
    let known = Json::members(text).map_err(|_| no_object())?;
    let body = body.trim_ascii_end().strip_suffix(b"}").ok_or_else(no_object)?;
    let mut body = body.to_vec();
    let mut separator = if known.is_empty() { "" } else { "," };
    for (name, value) in fields {
        if known.iter().any(|(known, _)| known == name) {
            return Err(invalid(format!(
                "the body already has a field named `{name}`; set its value instead"
            )));
        }
        let name = serde_json::to_string(name).map_err(|_| no_object())?;
        for part in [separator, &name, ":", value] {
            body.extend_from_slice(part.as_bytes());
        }
        separator = ",";
    }
    body.push(b'}');
    Ok(body)
}

fn invalid(problem: impl Into<String>) -> Error {
    Error::invalid_argument(problem)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http::Method;
    use serde_json::json;

    use super::*;
    use crate::error::ErrorKind;
    use crate::outcome::Outcome;
    use crate::request_builder::RequestBuilder;
    use crate::testing::{CREATE, SCHEMES, SEARCH};

    #[track_caller]
    fn check_rejected(result: Result<(), Error>, expected: &str) {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    fn applied(options: &Options, body: Option<&'static str>) -> Result<Request, Error> {
        let request = RequestBuilder::new(Method::POST, "https://thing.example").path("/thing");
        let mut request = request.query("a", &1).finish().unwrap();
        request.set_body(body.unwrap_or_default());
        options.apply(&mut request).map(|()| request)
    }

    fn header(operation: &Operation, name: &str, value: &str) -> Result<Options, Error> {
        let mut options = Options::default();
        options.header(operation, SCHEMES, name, value).map(|()| options)
    }

    #[test]
    fn headers_that_the_client_sets_are_rejected() {
        let credentials = ["x-staff", "x-reader", "authorization", "cookie"];
        for name in OURS.iter().chain(CONNECTION).chain(&credentials) {
            for name in [(*name).to_owned(), name.to_uppercase()] {
                let expected = format!("`{}` header can't be set on a call", name.to_lowercase());
                check_rejected(header(&CREATE, &name, "hunter2").map(drop), &expected);
            }
        }
        let refused = header(&SEARCH, "Env", "hunter2").map(drop);
        check_rejected(refused, "`env` header can't be set on a call: it is an argument");
        header(&CREATE, "env", "fine").unwrap();
        header(&CREATE, "Accept", "text/csv").unwrap();
    }

    #[test]
    fn default_headers_that_the_client_sets_are_rejected() {
        let checked = |name: &str| {
            let value = http::HeaderValue::from_static("hunter2");
            let headers = HeaderMap::from_iter([(HeaderName::try_from(name).unwrap(), value)]);
            check_defaults(&headers, SCHEMES)
        };
        let credentials = ["x-staff", "x-reader", "authorization", "cookie"];
        for name in OURS.iter().chain(CONNECTION).chain(&credentials).chain(&[ACCEPT]) {
            check_rejected(checked(name), &format!("`{name}` header can't be a default header"));
        }
        checked("x-trace").unwrap();
        checked("origin").unwrap();
    }

    #[test]
    fn invalid_headers_are_rejected() {
        for name in ["", "hunter2 x", "hunter2\r\n", "hunter2:", "hünter2"] {
            check_rejected(header(&CREATE, name, "x").map(drop), "the given name isn't");
        }
        for value in ["hunter2\r\napikey: x", "hunter2\0", "é"] {
            let expected = "the value of the `x-trace` header contains";
            check_rejected(header(&CREATE, "X-Trace", value).map(drop), expected);
        }
    }

    #[test]
    fn the_last_value_of_a_header_is_sent_and_is_sensitive() {
        let mut options = Options::default();
        options.header(&CREATE, SCHEMES, "x-trace", "hunter2").unwrap();
        options.header(&CREATE, SCHEMES, "X-Trace", "two").unwrap();
        assert_eq!(options.headers.get_all("x-trace").iter().collect::<Vec<_>>(), ["two"]);
        assert!(options.headers["x-trace"].is_sensitive());
    }

    #[test]
    fn too_many_headers_are_an_error() {
        let mut options = Options::default();
        let mut add = |number| options.header(&CREATE, SCHEMES, &format!("x-{number}"), "hunter2");
        let refused = (0..40_000).map(&mut add).find(Result::is_err).unwrap();
        check_rejected(refused, "too many headers");
    }

    #[test]
    fn query_parameters_are_appended_and_escaped() {
        let mut options = Options::default();
        options.query(&CREATE, SCHEMES, "b", "x&y=z é".to_owned()).unwrap();
        options.query(&CREATE, SCHEMES, "b", "2".to_owned()).unwrap();
        let request = applied(&options, None).unwrap();
        assert_eq!(request.url, "https://thing.example/thing?a=1&b=x%26y%3Dz+%C3%A9&b=2");
        let known = Options::default().query(&SEARCH, SCHEMES, "limit", "hunter2".to_owned());
        check_rejected(known, "`limit` query parameter is an argument of the operation");
        let credential = Options::default().query(&CREATE, SCHEMES, "pass", "hunter2".to_owned());
        check_rejected(
            credential,
            "`pass` query parameter can't be set on a call: the client sets it itself",
        );
        check_rejected(
            Options::default().query(&CREATE, SCHEMES, "", "hunter2".to_owned()),
            "is empty",
        );
    }

    #[track_caller]
    fn check_body(body: &'static str, expected: &str) {
        let mut options = Options::default();
        options.field("customerEmail", &"a\"b@shop.example").unwrap();
        options.field("tags", &json!([1, { "b": 2 }])).unwrap();
        let request = applied(&options, Some(body)).unwrap();
        assert_eq!(std::str::from_utf8(request.body().unwrap()).unwrap(), expected);
    }

    #[test]
    fn adding_fields_does_not_change_the_other_bytes() {
        let added = r#""customerEmail":"a\"b@shop.example","tags":[1,{"b":2}]}"#;
        check_body("{}", &format!("{{{added}"));
        check_body(r#"{"z":1.0,"a":"}"}"#, &format!(r#"{{"z":1.0,"a":"}}",{added}"#));
        check_body("{ \"z\" : 1 }\n", &format!("{{ \"z\" : 1 ,{added}"));
    }

    #[test]
    fn a_field_can_be_added_only_to_an_object_that_lacks_it() {
        let mut options = Options::default();
        options.field("amount", &"hunter2").unwrap();
        for body in [None, Some("")] {
            check_rejected(applied(&options, body).map(drop), "no body, so no field");
        }
        for body in [Some("[]"), Some("17"), Some("{")] {
            check_rejected(applied(&options, body).map(drop), "the body isn't a JSON object");
        }
        let body = Some(r#"{"amount":"1"}"#);
        check_rejected(applied(&options, body).map(drop), "already has a field named `amount`");
        check_rejected(options.field("amount", &"hunter2"), "`amount` field was set twice");
    }

    #[test]
    fn a_value_that_cannot_be_json_is_rejected() {
        let map = BTreeMap::from([(Some(vec![1]), "hunter2")]);
        check_rejected(
            Options::default().field("map", &map),
            "`map` field can't be written as JSON",
        );
    }
}
