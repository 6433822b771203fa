//! A body that is copied while it is read.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};

/// The first bytes of a body. More bytes are added while the body is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Copied(Arc<Mutex<Vec<u8>>>);

impl Copied {
    /// Returns the bytes that were kept, and whether the body had more.
    pub(super) fn take(&self) -> (Vec<u8>, bool) {
        let mut bytes = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let is_cut = bytes.len() > LONGEST;
        bytes.truncate(LONGEST);
        (bytes, is_cut)
    }

    /// Adds bytes. Collects one byte more than the limit, to detect longer bodies.
    fn add(&self, bytes: &[u8]) {
        let mut copied = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = (LONGEST + 1).saturating_sub(copied.len());
        copied.extend(bytes.iter().take(room));
    }
}

/// The maximum number of bytes that are kept.
const LONGEST: usize = 4 << 10;

/// Wraps a body so that its start is copied.
pub(super) fn tee(body: Body) -> (Body, Copied) {
    let copied = Copied::default();
    (Body::new(Tee { body, copied: copied.clone() }), copied)
}

struct Tee {
    body: Body,
    copied: Copied,
}

impl HttpBody for Tee {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            self.copied.add(data);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
