//! The body of a successful response, as it arrives.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::media_type::is_utf8;
use crate::operation::Operation;
use crate::platform::BoxFuture;
use crate::profile::Profile;
use crate::transport::{Body, TransportError, TransportErrorKind};

/// The body of a successful response, as it arrives. `streamed()` of a call returns one.
///
/// A [`Stream`] of chunks, of which only one is in memory. Drop it at any time to end the transfer. If it fails, that is its
/// last item: [`ErrorKind::BodyCut`] if the connection broke, and [`ErrorKind::Timeout`] if no chunk came for as long as the
/// call's timeout, which [`longest_pause`](Download::longest_pause) changes. It isn't retried.
///
/// ```no_run
/// # async fn run(mut download: openapi_keys_runtime::Download) -> Result<(), Box<dyn std::error::Error>> {
/// let mut received = 0;
/// while let Some(chunk) = download.chunk().await? {
///     received += chunk.len();
/// }
/// println!("{received} bytes");
/// # Ok(())
/// # }
/// ```
pub struct Download {
    /// `None` once it has ended.
    body: Option<Body>,
    content_type: Option<String>,
    limit: usize,
    origin: Origin,
    longest_pause: Option<Duration>,
    /// Ends the pause that lasts.
    pause: Option<BoxFuture<'static, ()>>,
}

/// Where a body comes from, for its errors and waits.
pub(crate) struct Origin {
    pub(crate) operation: &'static Operation,
    pub(crate) server: String,
    pub(crate) profile: &'static Profile,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Download {
    /// `limit` is the most bytes that are kept in memory.
    pub(crate) fn new(
        body: Body,
        content_type: Option<String>,
        limit: usize,
        longest_pause: Option<Duration>,
        origin: Origin,
    ) -> Self {
        Download { body: Some(body), content_type, limit, origin, longest_pause, pause: None }
    }

    /// Returns the media type, as the server wrote it: untrusted.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns how many bytes are left, if the server announced the length. Always `None` in browsers.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.body.as_ref().map_or(Some(0), Body::length)
    }

    /// Sets how long the next chunk may take. `None` waits forever.
    #[must_use]
    pub fn longest_pause(mut self, pause: impl Into<Option<Duration>>) -> Self {
        self.longest_pause = pause.into();
        self.pause = None;
        self
    }

    /// Returns the next chunk. `None` at the end. If the future is dropped, no chunk is lost.
    ///
    /// # Errors
    ///
    /// The connection broke, or no chunk came in time.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    /// Returns all of it.
    ///
    /// # Errors
    ///
    /// As for [`chunk`](Download::chunk), and [`ErrorKind::BodyTooLarge`] if it is larger than the client's `max_response_bytes`.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > self.limit.saturating_sub(all.len()) {
                return Err(self.too_large());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Returns all of it as text.
    ///
    /// # Errors
    ///
    /// As for [`bytes`](Download::bytes), and [`ErrorKind::NotUtf8`] if it isn't UTF-8.
    pub async fn text(self) -> Result<String, Error> {
        let origin = Origin {
            clock: self.origin.clock.clone(),
            server: self.origin.server.clone(),
            ..self.origin
        };
        let content_type = self.content_type.clone();
        let bytes = self.bytes().await?;
        utf8(bytes.into(), content_type.as_deref()).map_err(|error| origin.error(error))
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// An error about the body. The server has responded with a success before.
    pub(crate) fn error(&self, error: Error) -> Error {
        self.origin.error(error)
    }

    pub(crate) fn too_large(&self) -> Error {
        let limit = format!("the limit is {} bytes", self.limit);
        self.error(Error::new(ErrorKind::BodyTooLarge).with_detail(limit))
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let Some(body) = &mut self.body else { return Poll::Ready(None) };
            let error = match body.poll_chunk(context) {
                Poll::Ready(Some(Ok(chunk))) if chunk.is_empty() => continue,
                Poll::Ready(Some(Ok(chunk))) => {
                    self.pause = None;
                    return Poll::Ready(Some(Ok(chunk)));
                }
                Poll::Ready(Some(Err(error))) => not_read(error),
                Poll::Ready(None) => {
                    self.body = None;
                    return Poll::Ready(None);
                }
                Poll::Pending => {
                    ready!(self.poll_pause(context));
                    Error::new(ErrorKind::Timeout)
                }
            };
            self.body = None;
            return Poll::Ready(Some(Err(self.error(error))));
        }
    }

    /// Ready when the pause has lasted too long.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(longest) = self.longest_pause else { return Poll::Pending };
        let clock = &self.origin.clock;
        let pause = self.pause.get_or_insert_with(|| clock.sleep(longest));
        pause.as_mut().poll(context)
    }
}

impl Origin {
    pub(crate) fn error(&self, error: Error) -> Error {
        error.of(self.operation).in_operation(self.operation, &self.server, self.profile)
    }
}

fn not_read(error: TransportError) -> Error {
    let kind = match error.kind {
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        _ => ErrorKind::BodyCut,
    };
    Error::new(kind).caused_by(error.source)
}

/// Returns bytes as text.
pub(crate) fn utf8(bytes: Vec<u8>, content_type: Option<&str>) -> Result<String, Error> {
    if !content_type.is_none_or(is_utf8) {
        return Err(Error::new(ErrorKind::NotUtf8).with_detail(
            "its `content-type` has another charset; read the bytes with `streamed()`",
        ));
    }
    // The cause would quote a part of the text.
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::NotUtf8))
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

/// Shows the length and none of the body.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.origin.operation.id)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
