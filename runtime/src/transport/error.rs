//! Describes how far a request got if there was no response, or only part of one.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use crate::error_report::write_report;

/// Why no response arrived, or why a body ended early.
pub struct TransportError {
    pub(crate) kind: TransportErrorKind,
    pub(crate) detail: Option<Cow<'static, str>>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

/// How far a request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request is invalid. Nothing was sent.
    Unsendable,
    /// There was no connection. Nothing was sent.
    NoConnection,
    /// There was no response within the transport's own timeout. The server may have received the request.
    Timeout,
    /// The connection broke. The server may have received the request.
    Interrupted,
    /// The request body couldn't be read completely. The server may have received part of it.
    Body,
    /// There is no response that this program may read, and no way to find out why. This happens in browsers. The
    /// server may have received the request.
    NoResponse,
    /// The server responded with a redirect whose status can't be read. This happens in browsers. The redirect was not
    /// followed.
    Redirected,
}

impl TransportError {
    /// Creates an error of this kind.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        TransportError { kind, detail: None, source: None }
    }

    /// Sets the likely reason, written as a clause.
    #[must_use]
    pub fn with_detail(mut self, detail: &'static str) -> Self {
        self.detail = Some(Cow::Borrowed(detail));
        self
    }

    /// Sets the reason, which must not contain anything from a caller or a server.
    pub(crate) fn because(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Sets the cause. The cause's message must not contain the URL of the request or any secret.
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
            TransportErrorKind::Unsendable => "the request is invalid and can't be sent",
            TransportErrorKind::NoConnection => "no connection",
            TransportErrorKind::Timeout => "no response in time",
            TransportErrorKind::Interrupted => "the connection broke",
            TransportErrorKind::Body => "the request body couldn't be read completely",
            TransportErrorKind::NoResponse => "no response",
            TransportErrorKind::Redirected => "redirected",
        })?;
        match &self.detail {
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

/// Prints the message, then the causes. `{:#?}` prints the fields.
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
