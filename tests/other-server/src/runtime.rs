//! The smallest runtime that a generated server can be compiled against.

use std::fmt::Display;
use std::str::FromStr;

use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use openapi_keys_runtime::{Operation, RequiredScheme, SecurityRequirement};
use other_api::catalogue::SECURITY_SCHEMES;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A response of HTTP.
pub type Response = axum::response::Response;

const MAX_BODY: usize = 64 * 1024;

/// Who calls.
#[derive(Debug, PartialEq, Eq)]
pub struct Caller {
    /// The alternative that was met. `None`: the operation is open to anyone.
    pub met: Option<&'static SecurityRequirement>,
}

/// Who knows the keys.
pub trait Authority {
    /// Whether a value is right for a scheme.
    fn accepts(&self, scheme: &str, value: &str) -> bool;
}

/// A success.
#[derive(Debug)]
pub struct Answer<T>(pub T);

/// A failure: its status, and what was wrong.
#[derive(Debug)]
pub struct Refusal(pub StatusCode, pub String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

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

    fn header_text(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
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

/// The first alternative of an operation that the request meets.
///
/// # Errors
///
/// It meets none.
pub fn authorize(
    authority: &impl Authority,
    operation: &'static Operation,
    incoming: &Incoming,
) -> Result<Caller, Refusal> {
    let is_met = |scheme: &RequiredScheme| {
        let header = SECURITY_SCHEMES.iter().find(|each| each.name == scheme.name)?.header()?;
        incoming.header_text(header).filter(|value| authority.accepts(scheme.name, value))
    };
    if operation.security.is_empty() {
        return Ok(Caller { met: None });
    }
    let mut alternatives = operation.security.iter();
    let met = alternatives.find(|each| each.schemes.iter().all(|it| is_met(it).is_some()));
    let refusal = || Refusal(StatusCode::UNAUTHORIZED, format!("{} is not for you", operation.id));
    met.map(|met| Caller { met: Some(met) }).ok_or_else(refusal)
}

/// Runs an operation and returns its response, with the first status that the document declares for a success.
pub async fn respond<T: Serialize>(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<T>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(Answer(body)) => (status(declared), Json(body)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Runs an operation whose document declares no content, and returns a response without a body.
pub async fn respond_empty(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<()>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(Answer(())) => status(declared).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// None are declared where the document has `2XX`.
fn status(declared: &[u16]) -> StatusCode {
    let first = declared.first().and_then(|first| StatusCode::from_u16(*first).ok());
    first.unwrap_or(StatusCode::OK)
}
