//! Reads server-sent events as they arrive.

mod parser;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use self::parser::{LONGEST_ID, Parser, Problem, RawEvent};
use crate::download::Download;
use crate::error::{Error, ErrorKind};

/// An event of an [`EventStream`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event. It is `message` if the server didn't name one.
    pub event: String,
    /// The data of the event.
    pub data: T,
    /// The last id that the server sent, with this event or an earlier one. It is empty if the server didn't send one.
    pub id: String,
    /// How long to wait before reconnecting. It is `None` if the server hasn't sent a time since the previous event.
    pub retry: Option<Duration>,
}

/// The events of a response with the media type `text/event-stream`.
///
/// This type is a [`Stream`]. To read it without another crate, call [`next`](EventStream::next). To end the transfer
/// early, drop the stream. The stream doesn't reconnect. To resume, make the call again with the `last-event-id` header
/// set to the last [`Event::id`].
///
/// Data that doesn't have the documented form is an error, but later events still arrive. The last item is an error if
///
/// * the connection broke, or the body ended in the middle of an event ([`ErrorKind::BodyCut`]);
/// * an event is larger than the client's `max_response_bytes`, or its id is larger than 8 KiB
///   ([`ErrorKind::BodyTooLarge`]);
/// * an event isn't UTF-8 ([`ErrorKind::NotUtf8`]).
///
/// The server may pause for any length of time unless [`longest_pause`](EventStream::longest_pause) is set.
///
/// ```no_run
/// # async fn run(mut events: openapi_keys_runtime::EventStream<String>) -> Result<(), openapi_keys_runtime::Error> {
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventStream<T> {
    download: Download,
    parser: Parser,
    read: fn(&Download, &str) -> Result<T, Error>,
    /// The data that marks the end of the stream.
    end: Option<String>,
    has_ended: bool,
}

impl<T> EventStream<T> {
    fn with(download: Download, read: fn(&Download, &str) -> Result<T, Error>) -> Self {
        let parser = Parser::new(download.limit());
        EventStream { download, parser, read, end: None, has_ended: false }
    }

    /// Ends the stream at an event with exactly this data. Use this for an end marker that isn't JSON, such as
    /// `[DONE]`.
    #[must_use]
    pub fn ends_at(mut self, data: impl Into<String>) -> Self {
        self.end = Some(data.into());
        self
    }

    /// Sets how long the server may stay silent. With `None`, the default, the stream waits forever.
    #[must_use]
    pub fn longest_pause(mut self, pause: impl Into<Option<Duration>>) -> Self {
        self.download = self.download.longest_pause(pause);
        self
    }

    /// Returns the next event, or `None` at the end. If the future is dropped, no event is lost.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        while !self.has_ended {
            match self.parser.next() {
                Ok(Some(event)) if self.end.as_deref() == Some(&*event.data) => self.close(),
                Ok(Some(event)) => return Poll::Ready(Some(self.typed(event))),
                Ok(None) => match ready!(self.download.poll_chunk(context)) {
                    Some(Ok(chunk)) => self.parser.feed(chunk),
                    Some(Err(error)) => {
                        self.close();
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => {
                        self.close();
                        if let Err(problem) = self.parser.finish(self.end.as_deref()) {
                            return Poll::Ready(Some(Err(self.broken(problem))));
                        }
                    }
                },
                Err(problem) => {
                    self.close();
                    return Poll::Ready(Some(Err(self.broken(problem))));
                }
            }
        }
        Poll::Ready(None)
    }

    fn close(&mut self) {
        self.has_ended = true;
        self.download.close();
    }

    fn typed(&self, raw: RawEvent) -> Result<Event<T>, Error> {
        let data = (self.read)(&self.download, &raw.data)?;
        let event = if raw.event.is_empty() { "message".to_owned() } else { raw.event };
        Ok(Event { event, data, id: raw.id, retry: raw.retry })
    }

    fn broken(&self, problem: Problem) -> Error {
        let error = match problem {
            Problem::TooLarge => return self.download.too_large(),
            Problem::LongId => Error::new(ErrorKind::BodyTooLarge)
                .with_detail(format!("an event's id is longer than {LONGEST_ID} bytes")),
            Problem::NotUtf8 => Error::new(ErrorKind::NotUtf8),
            Problem::Incomplete => {
                Error::new(ErrorKind::BodyCut).with_detail("it ended inside an event")
            }
        };
        self.download.error(error)
    }
}

/// Creates a stream that reads the data as JSON. To get the data as text, generated code uses [`EventStream::of_text`].
impl<T: DeserializeOwned + 'static> From<Download> for EventStream<T> {
    fn from(download: Download) -> Self {
        EventStream::with(download, Download::item::<T>)
    }
}

impl EventStream<String> {
    /// Creates a stream that returns the data as text, without decoding it.
    #[must_use]
    pub fn of_text(download: Download) -> Self {
        EventStream::with(download, |_, text| Ok(text.to_owned()))
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventStream").field(&self.download).finish()
    }
}
