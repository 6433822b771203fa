//! A response of JSON values, one a line, as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::decode::decode_item;
use crate::download::Download;
use crate::error::{Error, ErrorKind};

/// The values of a response in which each line is JSON, e.g. `application/x-ndjson`. Sequences of RFC 7464
/// (`application/json-seq`) are read as well.
///
/// A [`Stream`], and [`next`](JsonLines::next) needs no other crate. Drop it at any time to end the transfer. Blank lines are
/// skipped, and the last line needs no line break.
///
/// A line that doesn't have the documented form is an error, and the values after it still come. The last item is an error if
/// the connection broke ([`ErrorKind::BodyCut`]), or if a line is larger than the client's `max_response_bytes`
/// ([`ErrorKind::BodyTooLarge`]). The server may pause for as long as it likes, unless
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
    /// What has arrived: whole lines, and the start of one.
    buffer: Vec<u8>,
    /// How much of it has been read.
    read: usize,
    /// How much of it has no line break.
    searched: usize,
    has_ended: bool,
    decode: fn(&str) -> Result<T, Error>,
}

impl<T> JsonLines<T> {
    /// Sets how long the server may send nothing. `None`, the default, waits forever.
    #[must_use]
    pub fn longest_pause(mut self, pause: impl Into<Option<Duration>>) -> Self {
        self.download = self.download.longest_pause(pause);
        self
    }

    /// Returns the next value. `None` at the end. If the future is dropped, no value is lost.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            while let Some(line) = self.line() {
                if !is_blank(&self.buffer[line.clone()]) {
                    return Poll::Ready(Some(self.value(line)));
                }
            }
            if self.has_ended {
                return Poll::Ready(None);
            }
            if self.buffer.len() - self.read > self.download.limit() {
                return Poll::Ready(Some(Err(self.end(self.download.too_large()))));
            }
            match ready!(self.download.poll_chunk(context)) {
                Some(Ok(chunk)) => {
                    self.buffer.drain(..self.read);
                    self.searched -= self.read;
                    self.read = 0;
                    self.buffer.extend_from_slice(&chunk);
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(self.end(error)))),
                None => self.has_ended = true,
            }
        }
    }

    /// What arrived before the error isn't a value.
    fn end(&mut self, error: Error) -> Error {
        self.has_ended = true;
        self.buffer.clear();
        (self.read, self.searched) = (0, 0);
        error
    }

    /// Returns the next whole line. At the end, what is left is one as well.
    fn line(&mut self) -> Option<std::ops::Range<usize>> {
        let start = self.read;
        let found = self.buffer[self.searched..].iter().position(|byte| *byte == b'\n');
        let end = match found {
            Some(at) => self.searched + at,
            None => {
                self.searched = self.buffer.len();
                if !self.has_ended || start == self.buffer.len() {
                    return None;
                }
                self.buffer.len()
            }
        };
        self.read = (end + 1).min(self.buffer.len());
        self.searched = self.read;
        Some(start..end)
    }

    fn value(&self, line: std::ops::Range<usize>) -> Result<T, Error> {
        let text =
            std::str::from_utf8(&self.buffer[line]).map_err(|_| Error::new(ErrorKind::NotUtf8));
        let value = text.and_then(|text| (self.decode)(text.trim_matches(is_separator)));
        value.map_err(|error| self.download.error(error))
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| is_separator(char::from(*byte)))
}

/// What may surround a value: blanks, and the record separator of RFC 7464.
fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\u{1e}')
}

impl<T: DeserializeOwned + 'static> From<Download> for JsonLines<T> {
    fn from(download: Download) -> Self {
        JsonLines {
            download,
            buffer: Vec::new(),
            read: 0,
            searched: 0,
            has_ended: false,
            decode: decode_item::<T>,
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
