//! Response bodies that are cut off, stalled or broken. Bodies aren't buffered in memory, but passed on piece by piece.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use super::Fault;

/// How long a stalled body is kept open.
const NEVER: Duration = Duration::from_secs(600);

/// Applies a fault that affects the body. Other faults leave the body unchanged.
pub(super) fn spoil(fault: Fault, body: Body) -> Body {
    match fault {
        Fault::BodyCut => Body::new(Half::of(body, None)),
        Fault::BodyStall => Body::new(Half::of(body, Some(Box::pin(sleep(NEVER))))),
        Fault::BrokenJson => Body::new(NoJson { body, is_broken: false }),
        _ => body,
    }
}

/// Replaces the first colon. This breaks the JSON and keeps its length.
struct NoJson {
    body: Body,
    is_broken: bool,
}

impl NoJson {
    fn break_in(&mut self, bytes: Bytes) -> Bytes {
        let colon = bytes.iter().position(|byte| *byte == b':').filter(|_| !self.is_broken);
        let Some(colon) = colon else { return bytes };
        self.is_broken = true;
        let mut bytes = Vec::from(bytes);
        if let Some(byte) = bytes.get_mut(colon) {
            *byte = b'?';
        }
        bytes.into()
    }
}

impl HttpBody for NoJson {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        Poll::Ready(
            frame.map(|frame| frame.map(|frame| frame.map_data(|bytes| self.break_in(bytes)))),
        )
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Declares the length of the complete body, but sends only the first half. If a body has no declared length, sends
/// half of the first piece.
struct Half {
    body: Option<Body>,
    promised: SizeHint,
    /// The number of bytes that are still to be sent. `None` until this number is known.
    rest: Option<u64>,
    /// Whether the connection has had a chance to send the first half. If the body failed before that, the first half
    /// would be lost.
    left: bool,
    /// What to wait for before the body fails.
    stall: Option<Pin<Box<Sleep>>>,
}

impl Half {
    fn of(body: Body, stall: Option<Pin<Box<Sleep>>>) -> Self {
        let promised = body.size_hint();
        let rest = promised.exact().map(|length| length / 2);
        Half { body: Some(body), promised, rest, left: false, stall }
    }

    /// Returns the part of this piece that should be sent. After the last part, drops the body.
    fn part(&mut self, bytes: &Bytes) -> Bytes {
        let length = bytes.len() as u64;
        let rest = self.rest.unwrap_or(length / 2);
        let sent = rest.min(length);
        self.rest = Some(rest - sent);
        if self.rest == Some(0) {
            self.body = None;
        }
        bytes.slice(..usize::try_from(sent).unwrap_or(bytes.len()))
    }
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        while let Some(body) = &mut self.body {
            match ready!(Pin::new(body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(Frame::data(self.part(&bytes)))));
                    }
                }
                Some(Err(_)) | None => self.body = None,
            }
        }
        if !std::mem::replace(&mut self.left, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(stall) = &mut self.stall
            && stall.as_mut().poll(context).is_pending()
        {
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::other("cut on purpose by the sandbox"))))
    }

    fn size_hint(&self) -> SizeHint {
        self.promised
    }
}
