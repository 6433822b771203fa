//! Defines a request before options, credentials and common headers are added.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::Method;
use http::header::{HeaderName, HeaderValue};

use crate::transport::Body;

/// A request before options, credentials and common headers are added.
///
/// Generated code builds the request, and [`Profile::shape`](crate::Profile::shape) may change it. `Debug` shows
/// only the method, because everything else may be personal.
pub struct Request {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Payload,
}

/// The body of a request.
pub(crate) enum Payload {
    /// Bytes that each attempt sends. They are empty if there is no body.
    Whole(Bytes),
    /// A body that is read while it is sent, so only one attempt can send it. The lock never blocks.
    Streamed(Mutex<Option<Body>>),
}

impl Payload {
    /// Returns the body to send, or `None` if an earlier attempt took it.
    pub(crate) fn take(&self) -> Option<Body> {
        match self {
            Payload::Whole(bytes) => Some(Body::full(bytes.clone())),
            Payload::Streamed(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }
}

impl From<Body> for Payload {
    fn from(body: Body) -> Self {
        match body.whole() {
            Some(bytes) => Payload::Whole(bytes.clone()),
            None => Payload::Streamed(Mutex::new(Some(body))),
        }
    }
}

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

impl Request {
    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the URL, including filled-in values, which may be personal.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the body, or an empty slice if there is no body. Returns `None` if the body isn't in memory, e.g.
    /// because it is a file.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        match &self.body {
            Payload::Whole(bytes) => Some(bytes),
            Payload::Streamed(_) => None,
        }
    }

    /// Sets the body.
    pub fn set_body(&mut self, body: impl Into<Body>) {
        self.body = body.into().into();
    }

    /// Sets the content type to `application/json`, even if there is no body.
    pub fn set_json(&mut self) {
        self.content_type = Some(JSON);
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).finish_non_exhaustive()
    }
}
