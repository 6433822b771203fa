//! A response body, chunk by chunk.

use std::fmt;
use std::future::poll_fn;

use bytes::Bytes;

use super::default_transport::Incoming;
use super::error::TransportError;
use crate::platform::{BoxBody, MaybeSend};

/// A response body, as it arrives.
pub struct Body(Inner);

enum Inner {
    Incoming(Incoming),
    Whole(Option<Bytes>),
    Pieces(BoxBody<TransportError>),
}

impl Body {
    /// Creates a body from bytes.
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        Body(Inner::Whole(Some(bytes.into())))
    }

    /// Creates a body that arrives in chunks.
    pub fn new(
        body: impl http_body::Body<Data = Bytes, Error = TransportError> + MaybeSend + 'static,
    ) -> Self {
        Body(Inner::Pieces(Box::pin(body)))
    }

    pub(crate) fn incoming(body: Incoming) -> Self {
        Body(Inner::Incoming(body))
    }

    /// Returns the announced length in bytes, if there is one.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Incoming(body) => body.length(),
            Inner::Whole(bytes) => u64::try_from(bytes.as_ref().map_or(0, Bytes::len)).ok(),
            Inner::Pieces(body) => body.size_hint().exact(),
        }
    }

    /// Returns the next chunk, which may be empty. `None` if there are no more.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        match &mut self.0 {
            Inner::Incoming(body) => body.chunk().await,
            Inner::Whole(bytes) => bytes.take().filter(|bytes| !bytes.is_empty()).map(Ok),
            Inner::Pieces(body) => {
                let frame = poll_fn(|context| body.as_mut().poll_frame(context)).await?;
                // Trailers are ignored.
                Some(frame.map(|frame| frame.into_data().unwrap_or_default()))
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
