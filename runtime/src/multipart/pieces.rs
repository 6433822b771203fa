//! Reads several bodies, one after the other.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::Frame;

use crate::transport::{Body, TransportError};

/// The bodies that remain. The first one is read next.
pub(super) struct Pieces(VecDeque<Body>);

impl Pieces {
    pub(super) fn new(pieces: Vec<Body>) -> Self {
        Pieces(pieces.into())
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let Pieces(pieces) = self.get_mut();
        while let Some(first) = pieces.front_mut() {
            match ready!(first.poll_chunk(context)) {
                Some(chunk) => return Poll::Ready(Some(chunk.map(Frame::data))),
                None => {
                    pieces.pop_front();
                }
            }
        }
        Poll::Ready(None)
    }
}
