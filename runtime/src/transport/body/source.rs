//! Implements a body from a user's stream.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;

use crate::transport::error::{TransportError, TransportErrorKind};

/// A stream as a body.
pub(super) struct Source<S>(Pin<Box<S>>);

impl<S> Source<S> {
    pub(super) fn new(stream: S) -> Self {
        Source(Box::pin(stream))
    }
}

impl<S, E> http_body::Body for Source<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: std::error::Error + Send + Sync + 'static,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let unreadable = |error| TransportError::new(TransportErrorKind::Body).with_source(error);
        let next = self.get_mut().0.as_mut().poll_next(context);
        next.map(|item| item.map(|item| item.map(Frame::data).map_err(unreadable)))
    }
}
