//! A request before anything is added to it.

use std::fmt;

use bytes::Bytes;
use http::Method;
use http::header::{HeaderName, HeaderValue};

/// A request before options, credentials and common headers are added to it.
///
/// Generated code builds it, and [`Profile::shape`](crate::Profile::shape) may change it. `Debug` shows only the method
/// because the rest may be personal.
pub struct Request {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) content_type: Option<HeaderValue>,
    /// Empty if there is none.
    pub(crate) body: Bytes,
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

    /// Returns the body. Empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Sets the body.
    pub fn set_body(&mut self, body: impl Into<Bytes>) {
        self.body = body.into();
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
