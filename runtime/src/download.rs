//! Reads the body of a success response as it arrives.

mod provenance;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

pub(crate) use self::provenance::Provenance;
use crate::error::{Error, ErrorKind};
use crate::json::value_of;
use crate::media_type::is_utf8;
use crate::platform::BoxFuture;
use crate::transport::{Body, TransportError, TransportErrorKind};
use crate::typed::typed;

/// The body of a success response, as it arrives. To get a download, use the `streamed()` method of a call.
///
/// A download is a [`Stream`] of chunks, with only one chunk in memory at a time. Drop the download at any time to end
/// the transfer. If the transfer fails, the error is the last item: [`ErrorKind::BodyCut`] if the connection broke, and
/// [`ErrorKind::Timeout`] if no chunk arrived within the call's timeout. [`longest_pause`](Download::longest_pause)
/// changes this limit. A failed transfer isn't retried.
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
    /// The body, or `None` once it has ended.
    body: Option<Body>,
    limit: usize,
    provenance: Provenance,
    longest_pause: Option<Duration>,
    /// The timer of the current pause. If the timer expires, the pause was too long.
    pause: Option<BoxFuture<'static, ()>>,
}

impl Download {
    /// Creates a download. `limit` is the maximum number of bytes that are kept in memory.
    pub(crate) fn new(
        body: Body,
        limit: usize,
        longest_pause: Option<Duration>,
        provenance: Provenance,
    ) -> Self {
        Download { body: Some(body), limit, provenance, longest_pause, pause: None }
    }

    /// Returns the media type as the server wrote it. The text is untrusted.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.provenance.content_type()
    }

    /// Returns how many bytes remain, or `None` if the server didn't announce the length. In browsers, it is `None`
    /// until the body has ended.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.body.as_ref().map_or(Some(0), Body::length)
    }

    /// Sets how long the client waits for the next chunk. With `None`, it waits forever.
    #[must_use]
    pub fn longest_pause(mut self, pause: impl Into<Option<Duration>>) -> Self {
        self.longest_pause = pause.into();
        self.pause = None;
        self
    }

    /// Returns the next chunk, or `None` at the end. If the future is dropped, no chunk is lost.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection broke, or no chunk arrived in time.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    /// Returns the complete body.
    ///
    /// # Errors
    ///
    /// Returns any error from [`chunk`](Download::chunk), and [`ErrorKind::BodyTooLarge`] if the body is larger than
    /// the client's `max_response_bytes`.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        self.rest().await
    }

    /// Returns the complete body as text.
    ///
    /// # Errors
    ///
    /// Returns any error from [`bytes`](Download::bytes), and [`ErrorKind::NotUtf8`] if the body isn't UTF-8.
    pub async fn text(mut self) -> Result<String, Error> {
        let bytes = self.rest().await?;
        utf8(bytes.into(), self.content_type()).map_err(|error| self.error(error))
    }

    async fn rest(&mut self) -> Result<Bytes, Error> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > self.limit.saturating_sub(all.len()) {
                return Err(self.too_large());
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.into())
    }

    /// Ends the transfer and drops the body.
    pub(crate) fn close(&mut self) {
        self.body = None;
        self.pause = None;
    }

    /// Decodes one of the values in the body.
    pub(crate) fn item<T: DeserializeOwned + 'static>(&self, text: &str) -> Result<T, Error> {
        typed(self.provenance.value(text, value_of::<T>)?)
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Adds details of the call and the response to an error about the body.
    pub(crate) fn error(&self, error: Error) -> Error {
        self.provenance.error(error)
    }

    pub(crate) fn too_large(&self) -> Error {
        let limit = format!("the limit is {} bytes", self.limit);
        self.error(Error::new(ErrorKind::BodyTooLarge).with_detail(limit))
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let error = match body.poll_chunk(context) {
            Poll::Ready(Some(Ok(chunk))) if !chunk.is_empty() => {
                self.pause = None;
                return Poll::Ready(Some(Ok(chunk)));
            }
            Poll::Ready(None) => {
                self.close();
                return Poll::Ready(None);
            }
            Poll::Ready(Some(Err(error))) => not_read(error),
            waiting => {
                // An empty chunk doesn't end the pause. The task yields and is woken again, so that other tasks can run
                // before the next chunk is read.
                if waiting.is_ready() {
                    context.waker().wake_by_ref();
                }
                ready!(self.poll_pause(context));
                Error::new(ErrorKind::Timeout)
            }
        };
        self.close();
        Poll::Ready(Some(Err(self.error(error))))
    }

    /// Polls the timer of the current pause. Returns `Ready` if the pause was too long.
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some(longest) = self.longest_pause else { return Poll::Pending };
        let clock = &self.provenance.clock;
        let pause = self.pause.get_or_insert_with(|| clock.sleep(longest));
        pause.as_mut().poll(context)
    }
}

fn not_read(error: TransportError) -> Error {
    let kind = match error.kind {
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        _ => ErrorKind::BodyCut,
    };
    Error::new(kind).caused_by(error.source)
}

/// Converts bytes to text.
pub(crate) fn utf8(bytes: Vec<u8>, content_type: Option<&str>) -> Result<String, Error> {
    if !content_type.is_none_or(is_utf8) {
        return Err(Error::new(ErrorKind::NotUtf8).with_detail(
            "its `content-type` declares a charset other than UTF-8; read the bytes with `streamed()`",
        ));
    }
    // The cause is left out of the error, because it contains the text.
    String::from_utf8(bytes).map_err(|_| Error::new(ErrorKind::NotUtf8))
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

/// Shows the operation and the length, but nothing from the body.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.provenance.operation.id)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
