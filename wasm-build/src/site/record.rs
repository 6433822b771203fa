//! The requests that a server has received.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::request::Parts;

/// The maximum size of a request body in bytes. The exact limit doesn't matter, because a page sends no body to its
/// own server.
pub(super) const MAX_BODY: usize = 1 << 20;

/// A request. `Debug` leaves out the headers, the query and the body, because all three can contain
/// keys.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The names of the headers in lower case, with their values.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// Returns whether any part of the request contains this text.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let has = |bytes: &[u8]| {
            text.is_empty() || bytes.windows(text.len()).any(|part| part == text.as_bytes())
        };
        has(self.target.as_bytes())
            || has(&self.body)
            || self.headers.iter().any(|(name, value)| has(name.as_bytes()) || has(value))
    }

    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path())
    }
}

/// All requests so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Record(Arc<Mutex<Vec<Request>>>);

impl Record {
    pub(super) fn add(&self, parts: &Parts, body: &Bytes) {
        let target = parts.uri.path_and_query().map_or_else(String::new, ToString::to_string);
        let headers = parts.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        let request = Request {
            method: parts.method.to_string(),
            target,
            headers: headers.collect(),
            body: body.to_vec(),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }

    pub(super) fn all(&self) -> Vec<Request> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
