//! Builds a request from a call's arguments, for generated code.

mod styled;

use std::fmt::{self, Display};

use bytes::Bytes;
use http::Method;
use http::header::{HeaderName, HeaderValue};
use serde::Serialize;

use crate::argument::invalid;
use crate::encode;
use crate::error::Error;
use crate::form::{self, FieldStyles};
use crate::json::Json;
use crate::multipart::Multipart;
use crate::request::{JSON, Payload, Request};
use crate::transport::Body;

/// Builds a [`Request`], for generated code. If any arguments are invalid, [`finish`](RequestBuilder::finish) returns
/// the error for the first of them.
pub struct RequestBuilder {
    request: Request,
    has_query: bool,
    problem: Option<Error>,
}

impl RequestBuilder {
    /// Creates a builder. `base` is the URL of a server, without a trailing slash.
    #[must_use]
    pub fn new(method: Method, base: &str) -> Self {
        // The capacity is enough for most URLs, so the string is usually allocated only once.
        let mut url = String::with_capacity(base.len() + 96);
        url.push_str(base);
        let request = Request {
            method,
            url,
            headers: Vec::new(),
            content_type: None,
            body: Payload::Whole(Bytes::new()),
        };
        RequestBuilder { request, has_query: false, problem: None }
    }

    /// Adds a literal part of the path. The last part may end in a query.
    #[must_use]
    pub fn path(mut self, literal: &str) -> Self {
        self.has_query |= literal.contains('?');
        self.request.url.push_str(literal);
        self
    }

    /// Escapes a value and adds it as one segment of the path. An empty value, `.` and `..` are errors, because the
    /// request would call a different operation.
    #[must_use]
    pub fn segment(mut self, name: &'static str, value: &(impl Display + ?Sized)) -> Self {
        let result = encode::push_segment(&mut self.request.url, name, value);
        self.checked(result);
        self
    }

    /// Adds a value as one segment of the path. The value is missing only if it could not be converted. In that case,
    /// nothing is sent, and the call returns the conversion error.
    #[must_use]
    pub fn optional_segment(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.segment(name, &value),
            None => self.segment(name, ""),
        }
    }

    /// Adds a query parameter. `None` adds nothing.
    #[must_use]
    pub fn query(mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Self {
        match serde_urlencoded::to_string([(name, value)]) {
            Ok(pair) if pair.is_empty() => {}
            Ok(pair) => {
                self.push_pair(&pair);
            }
            // The original message is left out of the error, because it could contain the value.
            Err(_) => self.checked(Err(invalid(name, "can't be written as a query parameter"))),
        }
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &(impl Display + ?Sized)) -> Self {
        let name_on_the_wire = HeaderName::from_bytes(name.as_bytes()).ok();
        match (name_on_the_wire, encode::header_text(&value.to_string())) {
            (Some(name), Some(value)) => self.request.headers.push((name, value)),
            _ => self.checked(Err(invalid(
                name,
                "contains a character that isn't allowed in a header; use visible ASCII, spaces and tabs",
            ))),
        }
        self
    }

    /// Adds a header if it has a value.
    #[must_use]
    pub fn optional_header(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.header(name, &value),
            None => self,
        }
    }

    /// Sets the body to a value, written as JSON.
    #[must_use]
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => {
                self.request.set_body(bytes);
                self.request.content_type = Some(JSON);
            }
            // The source is left out of the error, because its message could contain a value.
            Err(_) => {
                self.checked(Err(Error::invalid_argument("the body can't be written as JSON")))
            }
        }
        self
    }

    /// Sets the body to a value, written as JSON. `None` sends no body.
    #[must_use]
    pub fn optional_json(self, body: Option<&impl Serialize>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self,
        }
    }

    /// Sets the media type of the body if there is a body.
    #[must_use]
    pub fn content_type(mut self, media_type: &'static str) -> Self {
        if self.request.content_type.is_some() {
            self.request.content_type = HeaderValue::from_str(media_type).ok();
        }
        self
    }

    /// Sets the body to the properties of an object, written as a form.
    #[must_use]
    pub fn form(mut self, body: &(impl Serialize + ?Sized), styles: &FieldStyles) -> Self {
        match form_text(body, styles) {
            Ok(text) => {
                self.request.set_body(text);
                self.request.content_type = Some(FORM);
            }
            Err(problem) => self.checked(Err(problem)),
        }
        self
    }

    /// Sets the body to the properties of an object, written as a form. `None` sends no body.
    #[must_use]
    pub fn optional_form(self, body: Option<&impl Serialize>, styles: &FieldStyles) -> Self {
        match body {
            Some(body) => self.form(body, styles),
            None => self,
        }
    }

    /// Sets a multipart body, which contains fields and files.
    #[must_use]
    pub fn multipart(mut self, body: Multipart) -> Self {
        match body.finish() {
            Ok((content_type, body)) => {
                self.request.set_body(body);
                self.request.content_type = Some(content_type);
            }
            Err(problem) => self.checked(Err(problem)),
        }
        self
    }

    /// Sets the body to the given bytes, unchanged. `None` sends no body.
    #[must_use]
    pub fn raw(mut self, media_type: &'static str, body: Option<Body>) -> Self {
        if let Some(body) = body {
            self.request.set_body(body);
            self.request.content_type = HeaderValue::from_str(media_type).ok();
        }
        self
    }

    /// Returns the request.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidArgument`] if a value can't be part of a request. The error names the argument but
    /// not its value.
    pub fn finish(self) -> Result<Request, Error> {
        match self.problem {
            None => Ok(self.request),
            Some(problem) => Err(problem),
        }
    }

    fn push_pair(&mut self, pair: &str) {
        self.request.url.push(if self.has_query { '&' } else { '?' });
        self.request.url.push_str(pair);
        self.has_query = true;
    }

    fn checked(&mut self, result: Result<(), Error>) {
        if let Err(problem) = result {
            self.problem.get_or_insert(problem);
        }
    }
}

impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder").field("request", &self.request).finish_non_exhaustive()
    }
}

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

fn form_text(body: &(impl Serialize + ?Sized), styles: &FieldStyles) -> Result<String, Error> {
    // The source is left out of the error, because its message could contain a value.
    let unwritable = || Error::invalid_argument("the body can't be written as a form");
    let text = serde_json::to_string(body).map_err(|_| unwritable())?;
    let json = Json::read(&text).map_err(|_| unwritable())?;
    form::urlencoded(&json, styles).map_err(|problem| invalid(&problem.property, problem.clause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn get() -> RequestBuilder {
        RequestBuilder::new(Method::GET, "https://host").path("/a/")
    }

    #[test]
    fn query_parameters_are_escaped_and_none_adds_nothing() {
        let request = get().query("a", &Some("x&y=z é")).query("b", &None::<u8>).query("c", &1.0);
        assert_eq!(request.finish().unwrap().url, "https://host/a/?a=x%26y%3Dz+%C3%A9&c=1.0");
        let error = get().query("list", &[1, 2]).finish().unwrap_err();
        assert_eq!(error.to_string(), "the argument `list` can't be written as a query parameter");
    }

    #[test]
    fn query_parameters_follow_the_query_of_the_path() {
        let request = get().segment("id", "?").path("/b?beta=true").query("c", &1);
        assert_eq!(request.finish().unwrap().url, "https://host/a/%3F/b?beta=true&c=1");
    }

    #[test]
    fn headers_accept_only_visible_ascii() {
        let request = get().header("env", "prod").optional_header("other", None::<u8>);
        assert_eq!(request.finish().unwrap().headers.len(), 1);
        for value in ["a\r\nb: c", "é", "\0"] {
            let error = get().header("env", value).finish().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(!error.to_string().contains(value), "{error}");
        }
    }

    #[test]
    fn the_first_problem_is_reported() {
        let error = get().segment("id", "..").header("env", "é").finish().unwrap_err();
        assert!(error.to_string().contains("`id` is `.`"), "{error}");
    }

    #[test]
    fn debug_does_not_show_values() {
        let request = get().segment("id", "private").header("env", "secret").json("body");
        let shown = format!("{request:?}");
        assert_eq!(shown, "RequestBuilder { request: Request { method: GET, .. }, .. }");
    }
}
