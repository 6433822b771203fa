//! Implements a body with an announced length. The body has exactly that length, or ends with an error.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::transport::error::{TransportError, TransportErrorKind};

/// A body that yields the announced number of bytes.
pub(super) struct Announced<B> {
    body: Pin<Box<B>>,
    announced: u64,
    left: u64,
}

impl<B> Announced<B> {
    pub(super) fn new(body: B, length: u64) -> Self {
        Announced { body: Box::pin(body), announced: length, left: length }
    }

    /// Returns the error for a body that is too short. Without an error, the server would wait for the rest, or treat
    /// the next bytes on the connection as part of the body.
    fn short(&self) -> TransportError {
        let (announced, sent) = (self.announced, self.announced - self.left);
        let detail = format!("it ended after {sent} of {announced} bytes");
        TransportError::new(TransportErrorKind::Body).because(detail)
    }
}

impl<B: http_body::Body<Data = Bytes, Error = TransportError>> http_body::Body for Announced<B> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = self.get_mut();
        if this.left == 0 {
            return Poll::Ready(None);
        }
        let Some(chunk) = ready!(this.body.as_mut().poll_frame(context)) else {
            let short = this.short();
            this.left = 0;
            return Poll::Ready(Some(Err(short)));
        };
        let chunk = chunk.map(|frame| {
            // Trailers are ignored.
            let mut chunk = frame.into_data().unwrap_or_default();
            chunk.truncate(usize::try_from(this.left).unwrap_or(usize::MAX));
            this.left = this.left.saturating_sub(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
            Frame::data(chunk)
        });
        Poll::Ready(Some(chunk))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
