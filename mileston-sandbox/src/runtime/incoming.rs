//! A request as received, before anything in it is trusted.

mod styled;

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, RawPathParams, Request};
use axum::http::HeaderMap;
use mileston_api::operation::{Location, Parameter};
use serde::de::DeserializeOwned;

use super::encoding::is_well_formed;
use super::parameters::{self, Place};
use super::{Refusal, body};

/// A request as received: path parameters, query string, headers, and a body of bounded size.
///
/// Reading a request checks only the size of the body and the time it takes to arrive, so that credentials can be
/// checked before everything else. This type doesn't implement `Debug`, because the output would contain the key.
pub struct Incoming {
    /// The names and decoded values of the path parameters. `None` if the path has a broken escape or a value isn't
    /// UTF-8.
    path: Option<Vec<(String, String)>>,
    query: String,
    /// The path as received, and the template of its route.
    raw_path: String,
    template: String,
    headers: HeaderMap,
    body: Bytes,
    hint: Option<Hint>,
}

/// A sentence for the error response to a request without a key. A middleware that runs before the operation adds this
/// sentence to the request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hint(pub(crate) &'static str);

impl<S: Send + Sync> FromRequest<S> for Incoming {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let path = match RawPathParams::from_request_parts(&mut parts, state).await {
            // If axum can't decode a segment, it leaves the segment unchanged.
            Ok(_) if !is_well_formed(parts.uri.path()) => None,
            Ok(params) => Some(params.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()),
            Err(RawPathParamsRejection::InvalidUtf8InPathParam(_)) => None,
            Err(_) => Some(Vec::new()),
        };
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let raw_path = parts.uri.path().to_owned();
        let template = parts.extensions.get::<MatchedPath>();
        let template = template.map(|template| template.as_str().to_owned()).unwrap_or_default();
        let hint = parts.extensions.get::<Hint>().copied();
        let body = body::read(body).await?;
        Ok(Incoming { path, query, raw_path, template, headers: parts.headers, body, hint })
    }
}

impl Incoming {
    /// Returns a path parameter.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the parameter is missing, if the path is encoded incorrectly, or if the
    /// parameter's text isn't a valid value.
    pub fn path<T>(&self, name: &str) -> Result<T, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.path_text(name)?.ok_or_else(|| parameters::missing(Place::Path, name))?;
        parameters::parse(Place::Path, name, text)
    }

    fn path_text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let path = self.path.as_ref().ok_or_else(parameters::undecodable_path)?;
        Ok(path.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str()))
    }

    /// Returns a required query parameter.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the parameter is missing, given twice or encoded incorrectly, or if its text
    /// isn't a valid value.
    pub fn query<T>(&self, name: &str) -> Result<T, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.optional_query(name)?.ok_or_else(|| parameters::missing(Place::Query, name))
    }

    /// Returns an optional query parameter.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the parameter is given twice or encoded incorrectly, or if its text isn't a
    /// valid value.
    pub fn optional_query<T>(&self, name: &str) -> Result<Option<T>, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = parameters::find_in_query(&self.query, name)?;
        text.map(|text| parameters::parse(Place::Query, name, &text)).transpose()
    }

    /// Returns a required header.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the header is missing or given twice, or if its text isn't a valid value.
    pub fn header<T>(&self, name: &str) -> Result<T, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.optional_header(name)?.ok_or_else(|| parameters::missing(Place::Header, name))
    }

    /// Returns an optional header.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the header is given twice, or if its text isn't a valid value.
    pub fn optional_header<T>(&self, name: &str) -> Result<Option<T>, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.header_text(name)?;
        text.map(|text| parameters::parse(Place::Header, name, text)).transpose()
    }

    /// Rejects a parameter with a value that isn't in its enum. In responses, enums are open, because a server may add
    /// values. In requests, they aren't, so that a misspelled filter is an error instead of having no effect.
    pub(super) fn expect_known_values(&self, parameters: &[Parameter]) -> Result<(), Refusal> {
        for Parameter { name, location, values, .. } in parameters {
            if values.is_empty() {
                continue;
            }
            let (place, text) = match location {
                Location::Query => (Place::Query, parameters::find_in_query(&self.query, name)?),
                Location::Header => (Place::Header, self.header_text(name)?.map(Cow::Borrowed)),
                Location::Path => (Place::Path, self.path_text(name)?.map(Cow::Borrowed)),
                // No operation has parameters in any other place so far.
                _ => continue,
            };
            if text.is_some_and(|text| !values.contains(&&*text)) {
                return Err(parameters::unknown(place, name, values));
            }
        }
        Ok(())
    }

    /// Returns the body as a value.
    ///
    /// # Errors
    ///
    /// Returns an error with status 415 if the body is compressed or isn't declared as JSON, and with 400 if the body
    /// isn't a JSON object of this type.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        body::parse(&self.headers, &self.body)
    }

    /// Returns a required form field.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the field is missing, given twice or encoded incorrectly, or if its text
    /// isn't a valid value.
    pub(crate) fn form<T>(&self, name: &str) -> Result<T, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.optional_form(name)?.ok_or_else(|| parameters::missing(Place::Form, name))
    }

    /// Returns an optional form field.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the field is given twice or encoded incorrectly, or if its text isn't a
    /// valid value.
    pub(crate) fn optional_form<T>(&self, name: &str) -> Result<Option<T>, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = str::from_utf8(&self.body).unwrap_or_default();
        let text = parameters::find_in_form(text, name)?;
        text.map(|text| parameters::parse(Place::Form, name, &text)).transpose()
    }

    /// Returns the text of a header, or `None` if the request doesn't have the header.
    pub(super) fn header_text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        parameters::find_in_headers(&self.headers, name)
    }

    /// Returns the hint that is added to the error for a missing key.
    pub(super) fn hint(&self) -> Option<Hint> {
        self.hint
    }

    /// Returns the body's bytes, which are needed to check the signature.
    pub(super) fn body_bytes(&self) -> &[u8] {
        &self.body
    }

    #[cfg(test)]
    pub(super) fn of(headers: &[(&str, &str)], body: &'static [u8]) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            (name.parse::<axum::http::HeaderName>().unwrap(), value.parse().unwrap())
        });
        Incoming {
            path: Some(Vec::new()),
            query: String::new(),
            raw_path: String::new(),
            template: String::new(),
            headers: headers.collect(),
            body: Bytes::from_static(body),
            hint: None,
        }
    }
}
