//! Reads JSON values, one per line, as they arrive.

mod splitter;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use self::splitter::{Piece, Splitter, TooLarge};
use crate::download::Download;
use crate::error::{Error, ErrorKind};

/// The values of a response in which each line is JSON, e.g. `application/x-ndjson`. Also reads RFC 7464 sequences
/// (`application/json-seq`).
///
/// This type is a [`Stream`]. To read it without another crate, call [`next`](JsonLines::next). To end the transfer
/// early, drop the stream. Blank lines are skipped, and the last line doesn't need a line break.
///
/// A line that doesn't have the documented form is an error, but later values still arrive. The last item is an error
/// if the connection broke ([`ErrorKind::BodyCut`]), or if a line is larger than the client's `max_response_bytes`
/// ([`ErrorKind::BodyTooLarge`]). The server may pause for any length of time unless
/// [`longest_pause`](JsonLines::longest_pause) is set.
///
/// ```no_run
/// # async fn run(mut values: openapi_keys_runtime::JsonLines<u32>) -> Result<(), openapi_keys_runtime::Error> {
/// while let Some(value) = values.next().await {
///     println!("{}", value?);
/// }
/// # Ok(())
/// # }
/// ```
pub struct JsonLines<T> {
    download: Download,
    splitter: Splitter,
    has_ended: bool,
    decode: fn(&Download, &str) -> Result<T, Error>,
}

impl<T> JsonLines<T> {
    /// Sets how long the server may stay silent. With `None`, the default, the stream waits forever.
    #[must_use]
    pub fn longest_pause(mut self, pause: impl Into<Option<Duration>>) -> Self {
        self.download = self.download.longest_pause(pause);
        self
    }

    /// Returns the next value, or `None` at the end. If the future is dropped, no value is lost.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        while !self.has_ended {
            match self.splitter.next() {
                Ok(Some(piece)) => return Poll::Ready(Some(self.value(&piece))),
                Ok(None) if self.splitter.has_ended() => self.close(),
                Ok(None) => match ready!(self.download.poll_chunk(context)) {
                    Some(Ok(chunk)) => self.splitter.feed(&chunk),
                    // The text before the error isn't a complete value, so it is dropped.
                    Some(Err(error)) => {
                        self.close();
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => self.splitter.end(),
                },
                Err(TooLarge) => {
                    self.close();
                    return Poll::Ready(Some(Err(self.download.too_large())));
                }
            }
        }
        Poll::Ready(None)
    }

    fn close(&mut self) {
        self.has_ended = true;
        self.download.close();
    }

    fn value(&self, piece: &Piece) -> Result<T, Error> {
        if piece.may_be_cut {
            return Err(self.download.error(Error::new(ErrorKind::JsonCut)));
        }
        let text = std::str::from_utf8(self.splitter.text(piece))
            .map_err(|_| self.download.error(Error::new(ErrorKind::NotUtf8)))?;
        (self.decode)(&self.download, text)
    }
}

impl<T: DeserializeOwned + 'static> From<Download> for JsonLines<T> {
    fn from(download: Download) -> Self {
        JsonLines {
            splitter: Splitter::new(download.limit()),
            download,
            has_ended: false,
            decode: Download::item::<T>,
        }
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonLines").field(&self.download).finish()
    }
}
