//! Reads a response body piece by piece.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

use super::abort::AbortOnDrop;
use super::failure::interrupted;
use crate::transport::error::TransportError;

/// The body of a response. Dropping it ends the transfer.
pub(crate) struct Incoming {
    /// The reader, or `None` if there is no body.
    reader: Option<ReadableStreamDefaultReader>,
    /// The current read operation.
    reading: Option<JsFuture>,
    abort: AbortOnDrop,
}

impl Incoming {
    pub(super) fn new(response: &Response, mut abort: AbortOnDrop) -> Self {
        let stream = response.body();
        let reader = stream.and_then(|stream| stream.get_reader().dyn_into().ok());
        if reader.is_none() {
            abort.disarm();
        }
        Incoming { reader, reading: None, abort }
    }

    /// Returns `None`, because the length is always unknown. Even if the page can read the `content-length` header, the
    /// header counts the bytes before the browser decompresses them.
    pub(in crate::transport) fn length(&self) -> Option<u64> {
        None
    }

    pub(in crate::transport) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Some(reader) = &self.reader else { return Poll::Ready(None) };
        let reading = self.reading.get_or_insert_with(|| JsFuture::from(reader.read()));
        let read = ready!(Pin::new(reading).poll(context));
        self.reading = None;
        let Ok(read) = read else { return Poll::Ready(Some(Err(interrupted()))) };
        let field = |name: &str| Reflect::get(&read, &JsValue::from_str(name)).ok();
        if field("done").is_none_or(|done| done.is_truthy()) {
            self.reader = None;
            self.abort.disarm();
            return Poll::Ready(None);
        }
        let value = field("value").and_then(|value| value.dyn_into::<Uint8Array>().ok());
        let bytes = value.map(|bytes| Bytes::from(bytes.to_vec()));
        Poll::Ready(Some(bytes.ok_or_else(interrupted)))
    }
}
