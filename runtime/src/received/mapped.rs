//! Represents headers in the form that `http` uses.

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::redact::Redactor;

/// The headers of a response, as a map.
#[derive(Clone)]
pub(crate) struct Mapped(HeaderMap);

impl From<HeaderMap> for Mapped {
    fn from(map: HeaderMap) -> Self {
        Mapped(map)
    }
}

impl Mapped {
    /// Returns the first value of the header with this name.
    pub(crate) fn get(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.0.get(name)
    }

    /// Replaces each name or value that contains a credential.
    pub(crate) fn redacted(&self, redactor: &Redactor) -> Self {
        Mapped(redactor.headers(&self.0))
    }

    pub(crate) fn map(&self) -> &HeaderMap {
        &self.0
    }

    pub(crate) fn into_map(self) -> HeaderMap {
        self.0
    }
}
