//! How far a request got that brought no response, or no whole one.

use std::error::Error as StdError;
use std::fmt;

use crate::error_report::write_report;

/// Why no response began, or why a body ended early.
pub struct TransportError {
    pub(crate) kind: TransportErrorKind,
    pub(crate) detail: Option<&'static str>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How far a request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// It can't be sent as it is. Nothing was sent.
    Unsendable,
    /// There was no connection. Nothing was sent.
    NoConnection,
    /// No response in the transport's own time. The request may have arrived.
    Timeout,
    /// The connection broke. The request may have arrived.
    Interrupted,
}

impl TransportError {
    /// An error of this kind.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        TransportError { kind, detail: None, source: None }
    }

    /// Adds what probably is the reason: a clause.
    #[must_use]
    pub fn with_detail(mut self, detail: &'static str) -> Self {
        self.detail = Some(detail);
        self
    }

    /// Adds the error that caused it. Its text must not hold the address of the request, or any secret.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// Returns how far the request got.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Unsendable => "the request can't be sent as it is",
            TransportErrorKind::NoConnection => "no connection",
            TransportErrorKind::Timeout => "no response in time",
            TransportErrorKind::Interrupted => "the connection broke",
        })?;
        match self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}

/// The sentence, then its causes. With `{:#?}` the fields.
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("detail", &self.detail)
            .field("source", &self.source)
            .finish()
    }
}
