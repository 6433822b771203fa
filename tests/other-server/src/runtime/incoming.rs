//! Requests, as handlers read them.

use std::fmt::Display;
use std::str::FromStr;

use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::Refusal;

const MAX_BODY: usize = 64 * 1024;

/// A request as it came in.
#[derive(Debug)]
pub struct Incoming {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Incoming {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let path = RawPathParams::from_request_parts(&mut parts, state).await.map_err(invalid)?;
        let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let Query(query) = Query::try_from_uri(&parts.uri).map_err(invalid)?;
        let body = to_bytes(body, MAX_BODY).await.map_err(invalid)?;
        Ok(Incoming { path, query, headers: parts.headers, body })
    }
}

/// Reads of requests, as the generated server calls them.
#[allow(missing_docs, reason = "the methods are those of mileston-sandbox, where they are told")]
#[allow(clippy::missing_errors_doc, reason = "as above")]
impl Incoming {
    pub fn path<T: FromStr<Err: Display>>(&self, name: &str) -> Result<T, Refusal> {
        required(name, find(&self.path, name))
    }

    pub fn query<T: FromStr<Err: Display>>(&self, name: &str) -> Result<T, Refusal> {
        required(name, find(&self.query, name))
    }

    pub fn optional_query<T: FromStr<Err: Display>>(
        &self,
        name: &str,
    ) -> Result<Option<T>, Refusal> {
        optional(name, find(&self.query, name))
    }

    pub fn query_list<T: FromStr<Err: Display>>(
        &self,
        name: &str,
        separator: &str,
    ) -> Result<Vec<T>, Refusal> {
        let list = self.optional_query_list(name, separator)?;
        list.ok_or_else(|| invalid(format!("{name} is missing")))
    }

    /// Only lists of which each value is a parameter of its own: this document has no others.
    pub fn optional_query_list<T: FromStr<Err: Display>>(
        &self,
        name: &str,
        _separator: &str,
    ) -> Result<Option<Vec<T>>, Refusal> {
        let texts = self.query.iter().filter(|(key, _)| key == name);
        let values = texts.map(|(_, text)| optional(name, Some(text)).map(Option::into_iter));
        let values: Vec<_> = values.collect::<Result<_, _>>()?;
        let values: Vec<T> = values.into_iter().flatten().collect();
        Ok((!values.is_empty()).then_some(values))
    }

    pub fn header<T: FromStr<Err: Display>>(&self, name: &str) -> Result<T, Refusal> {
        required(name, self.header_text(name))
    }

    pub fn optional_header<T: FromStr<Err: Display>>(
        &self,
        name: &str,
    ) -> Result<Option<T>, Refusal> {
        optional(name, self.header_text(name))
    }

    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        Json::from_bytes(&self.body).map(|Json(body)| body).map_err(invalid)
    }

    pub(super) fn query_text(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    pub(super) fn header_text(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(super) fn cookie_text(&self, name: &str) -> Option<&str> {
        let cookies = self.header_text("cookie")?.split(';');
        let pairs = cookies.filter_map(|cookie| cookie.trim().split_once('='));
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

fn find<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn required<T: FromStr<Err: Display>>(name: &str, text: Option<&str>) -> Result<T, Refusal> {
    optional(name, text)?.ok_or_else(|| invalid(format!("{name} is missing")))
}

fn optional<T: FromStr<Err: Display>>(
    name: &str,
    text: Option<&str>,
) -> Result<Option<T>, Refusal> {
    let parse = |text: &str| text.parse().map_err(|error| invalid(format!("{name}: {error}")));
    text.map(parse).transpose()
}

fn invalid(reason: impl Display) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, reason.to_string())
}
