//! Responses with several values, each of which is sent as soon as it is available.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use serde::Serialize;

/// The values of a response, from any stream.
pub struct Items<T>(Pin<Box<dyn Stream<Item = T> + Send>>);

impl<T> Items<T> {
    /// Creates the response from a stream.
    #[must_use]
    pub fn new(items: impl Stream<Item = T> + Send + 'static) -> Self {
        Items(Box::pin(items))
    }

    /// Returns the body. A value that can't be written aborts the connection.
    pub(super) fn into_body(self, write: fn(T) -> Result<Bytes, serde_json::Error>) -> Body
    where
        T: 'static,
    {
        Body::from_stream(Written { items: self.0, write })
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

struct Written<T> {
    items: Pin<Box<dyn Stream<Item = T> + Send>>,
    write: fn(T) -> Result<Bytes, serde_json::Error>,
}

impl<T> Stream for Written<T> {
    type Item = Result<Bytes, serde_json::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.items.as_mut().poll_next(context);
        next.map(|item| item.map(|item| (self.write)(item)))
    }
}

/// A server-sent event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<T> {
    data: T,
    name: Option<&'static str>,
    id: Option<u64>,
}

impl<T> Event<T> {
    /// Creates an event with this data.
    pub const fn new(data: T) -> Self {
        Event { data, name: None, id: None }
    }

    /// Sets the event's type. If the name contains a line break, only the text before it is sent.
    #[must_use]
    pub fn name(mut self, name: &'static str) -> Self {
        // In an event, LF and CR each end a line.
        self.name = name.split(['\n', '\r']).next().filter(|name| !name.is_empty());
        self
    }

    /// Sets the id of the event.
    #[must_use]
    pub fn id(mut self, id: u64) -> Self {
        self.id = Some(id);
        self
    }
}

pub(super) fn json_event<T: Serialize>(event: Event<T>) -> Result<Bytes, serde_json::Error> {
    let Event { data, name, id } = event;
    text_event(Event { data: serde_json::to_string(&data)?, name, id })
}

/// Writes each line of the text as a separate `data` line, because a line break of any kind (CRLF,
/// LF or CR) would end a `data` line.
#[allow(clippy::unnecessary_wraps, reason = "has the same type as `json_event`, which can fail")]
pub(super) fn text_event(event: Event<String>) -> Result<Bytes, serde_json::Error> {
    let mut text = String::new();
    if let Some(name) = event.name {
        text += &format!("event: {name}\n");
    }
    if let Some(id) = event.id {
        text += &format!("id: {id}\n");
    }
    for line in event.data.replace("\r\n", "\n").split(['\n', '\r']) {
        text += &format!("data: {line}\n");
    }
    text.push('\n');
    Ok(text.into())
}

pub(super) fn line<T: Serialize>(item: T) -> Result<Bytes, serde_json::Error> {
    let mut line = serde_json::to_vec(&item)?;
    line.push(b'\n');
    Ok(line.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_a_line_for_each_line_of_its_data() {
        let text = |event| String::from_utf8(text_event(event).unwrap().into()).unwrap();
        let event = Event::new("a\r\nb\rc\n\nd".to_owned()).name("new").id(7);
        let expected = "event: new\nid: 7\ndata: a\ndata: b\ndata: c\ndata: \ndata: d\n\n";
        assert_eq!(text(event), expected);
        for (name, expected) in [
            ("a\nb", "event: a\ndata: \n\n"),
            ("a\r\nb", "event: a\ndata: \n\n"),
            ("a\rdata: b", "event: a\ndata: \n\n"),
            ("\nb", "data: \n\n"),
        ] {
            assert_eq!(text(Event::new(String::new()).name(name)), expected, "{name:?}");
        }
        assert_eq!(&*json_event(Event::new("a\nb")).unwrap(), b"data: \"a\\nb\"\n\n");
        assert_eq!(&*line(["a\n", "b"]).unwrap(), b"[\"a\\n\",\"b\"]\n");
    }
}
