//! The requests that handlers read.

mod bodies;
mod whole;

use std::fmt::Display;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Query, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode, Uri};
use openapi_keys_runtime::style::{Style, read};
use serde::de::DeserializeOwned;

use super::Refusal;

/// A request as it arrived.
#[derive(Debug)]
pub struct Incoming {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    /// The template of the route.
    template: String,
    /// Path and query as they arrived.
    uri: Uri,
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
        let template = MatchedPath::from_request_parts(&mut parts, state).await.map_err(invalid)?;
        let template = template.as_str().to_owned();
        let body = whole::read(body).await?;
        Ok(Incoming { path, query, template, uri: parts.uri, headers: parts.headers, body })
    }
}

/// Methods that read requests. The generated server calls them.
#[allow(missing_docs, reason = "mileston-sandbox documents the same methods")]
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

    pub fn path_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        let text = read::part_of_path(&self.template, self.uri.path(), name);
        let value = text.map(|text| read::path(name, style, text)).transpose();
        demanded(name, readable(name, value)?)
    }

    pub fn query_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        demanded(name, self.optional_query_as(name, style)?)
    }

    pub fn optional_query_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        readable(name, read::query(name, style, self.uri.query().unwrap_or_default()))
    }

    pub fn header_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        demanded(name, self.optional_header_as(name, style)?)
    }

    pub fn optional_header_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        let text = self.header_text(name);
        readable(name, text.map(|text| read::header(style, text)).transpose())
    }

    pub fn cookie_as<T: DeserializeOwned>(&self, name: &str, style: Style) -> Result<T, Refusal> {
        demanded(name, self.optional_cookie_as(name, style)?)
    }

    pub fn optional_cookie_as<T: DeserializeOwned>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, Refusal> {
        readable(name, read::cookie(name, style, self.header_text("cookie").unwrap_or_default()))
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
    demanded(name, optional(name, text)?)
}

fn demanded<T>(name: &str, value: Option<T>) -> Result<T, Refusal> {
    value.ok_or_else(|| invalid(format!("{name} is missing")))
}

fn readable<T>(name: &str, value: Result<T, read::Unreadable>) -> Result<T, Refusal> {
    value.map_err(|error| invalid(format!("{name} {error}")))
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
