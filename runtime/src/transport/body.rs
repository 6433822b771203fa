//! Represents the body of a request or a response, which is read in chunks.

mod announced;
#[cfg(not(target_family = "wasm"))]
mod file;
mod source;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use self::announced::Announced;
use self::source::Source;
use super::default_transport::Incoming;
use super::error::TransportError;
use crate::platform::{BoxBody, MaybeSend};

/// The body of a request or a response.
///
/// A call can upload anything that converts to a body: bytes, text, a [file](Body::file), or a
/// [stream](Body::from_stream). Files and streams are read while they are sent.
///
/// Bytes and text can be sent again if an attempt fails. A file or a stream can be sent only once, so a call with such
/// a body isn't retried.
///
/// ```
/// use openapi_keys_runtime::Body;
///
/// assert_eq!(Body::from("a,b\n1,2\n").length(), Some(8));
/// assert_eq!(Body::from(vec![0xff, 0xd8]).length(), Some(2));
/// ```
pub struct Body(Inner);

enum Inner {
    Incoming(Incoming),
    Whole(Bytes),
    Pieces(BoxBody<TransportError>),
}

impl Body {
    /// Creates a body from bytes.
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        Body(Inner::Whole(bytes.into()))
    }

    /// Creates a body from any `http_body::Body`.
    pub fn new(
        body: impl http_body::Body<Data = Bytes, Error = TransportError> + MaybeSend + 'static,
    ) -> Self {
        Body(Inner::Pieces(Box::pin(body)))
    }

    /// Creates a body from a stream. Each chunk is sent when the stream yields it. If the stream returns an error, the
    /// request fails. The error's message must not contain a secret. If you know the length, set it with
    /// [`with_length`](Body::with_length), because some servers require it.
    ///
    /// In a browser, the complete stream is first read into memory, because few browsers support streamed request
    /// bodies.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: std::error::Error + Send + Sync + 'static,
    {
        Body::new(Source::new(stream))
    }

    /// Announces the length in bytes. If the body turns out to be shorter, the request fails partway. If the body is
    /// longer, the rest isn't sent.
    #[must_use]
    pub fn with_length(self, length: u64) -> Self {
        // Bytes in memory are truncated immediately, so they can still be sent again.
        if let Some(bytes) = self.whole()
            && let Ok(length) = usize::try_from(length)
            && length <= bytes.len()
        {
            return Body::full(bytes.slice(..length));
        }
        Body::new(Announced::new(self, length))
    }

    pub(crate) fn incoming(body: Incoming) -> Self {
        Body(Inner::Incoming(body))
    }

    /// Returns all bytes, or `None` if they aren't in memory.
    pub(crate) fn whole(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns how many bytes remain to be read, or `None` if no length was announced.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Inner::Incoming(body) => body.length(),
            Inner::Whole(bytes) => u64::try_from(bytes.len()).ok(),
            Inner::Pieces(body) => body.size_hint().exact(),
        }
    }

    /// Returns the next chunk, which may be empty, or `None` after the last one.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Returns the complete body, for transports that need a request's body in memory.
    ///
    /// # Errors
    ///
    /// Returns an error if the body can't be read completely.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        if let Inner::Whole(bytes) = self.0 {
            return Ok(bytes);
        }
        // This is a `Vec`, because `BytesMut` would add code to a web page.
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.into())
    }

    /// Does the same as [`chunk`](Body::chunk), for code that polls.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Inner::Incoming(body) => body.poll_chunk(context),
            Inner::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Inner::Pieces(body) => body.as_mut().poll_frame(context).map(|frame| {
                // Trailers are ignored.
                frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default()))
            }),
        }
    }
}

impl Default for Body {
    /// Creates an empty body.
    fn default() -> Self {
        Body::full(Bytes::new())
    }
}

macro_rules! from {
    ($($type:ty),*) => {$(
        impl From<$type> for Body {
            fn from(bytes: $type) -> Self {
                Body::full(bytes)
            }
        }
    )*};
}

from!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

/// Allows a transport to pass the body to a library that sends any `http_body::Body`.
impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.get_mut().poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}
