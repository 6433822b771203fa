//! What a call makes of a successful response. For generated code, which chooses one for each operation.

use std::any::Any;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::download::Download;
use crate::events::EventStream;
use crate::json::{AnyValue, ReadValue, value_of};

/// How the body of a success becomes the value of a call.
#[derive(Clone, Copy)]
pub struct Reading(pub(crate) Kind);

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Json(ReadValue),
    Text(fn(String) -> AnyValue),
    Bytes(fn(Bytes) -> AnyValue),
    Streamed {
        made: fn(Download) -> AnyValue,
        /// The only media type that it can be. Empty if it may be any.
        media: &'static str,
        /// Whether the server may pause for as long as it likes.
        patient: bool,
    },
}

impl Reading {
    /// The body is JSON.
    #[must_use]
    pub fn json<T: DeserializeOwned + 'static>() -> Self {
        Reading(Kind::Json(value_of::<T>))
    }

    /// The body is text, in UTF-8.
    #[must_use]
    pub fn text<T: From<String> + 'static>() -> Self {
        Reading(Kind::Text(|text| boxed(T::from(text))))
    }

    /// The body is anything, and is kept in memory.
    #[must_use]
    pub fn bytes<T: From<Bytes> + 'static>() -> Self {
        Reading(Kind::Bytes(|bytes| boxed(T::from(bytes))))
    }

    /// The body is left to the caller.
    #[must_use]
    pub fn streamed<T: From<Download> + 'static>() -> Self {
        Reading(Kind::Streamed { made: |it| boxed(T::from(it)), media: "", patient: false })
    }

    /// The body is a sequence of JSON values that arrive whenever there is one.
    #[must_use]
    pub fn lines<T: From<Download> + 'static>() -> Self {
        Reading(Kind::Streamed { made: |it| boxed(T::from(it)), media: "", patient: true })
    }

    /// The body is a sequence of server-sent events.
    #[must_use]
    pub fn events<T: From<Download> + 'static>() -> Self {
        let made = |it| boxed(T::from(it));
        Reading(Kind::Streamed { made, media: "text/event-stream", patient: true })
    }

    /// The body is a sequence of server-sent events, whose data is text.
    #[must_use]
    pub fn text_events<T: From<EventStream<String>> + 'static>() -> Self {
        let made = |it| boxed(T::from(EventStream::of_text(it)));
        Reading(Kind::Streamed { made, media: "text/event-stream", patient: true })
    }

    pub(crate) fn is_streamed(self) -> bool {
        matches!(self.0, Kind::Streamed { .. })
    }
}

fn boxed<T: Any>(value: T) -> AnyValue {
    Box::new(value)
}
