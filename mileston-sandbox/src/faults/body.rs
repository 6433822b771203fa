//! Response bodies that are cut, stalled or broken.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use super::Fault;

/// How long a stalled body is kept open.
const NEVER: Duration = Duration::from_secs(600);

/// Applies the fault to the body. Other kinds of faults leave it unchanged.
pub(super) async fn spoil(fault: Fault, body: Body) -> Result<Body, axum::Error> {
    let spoil: fn(Bytes) -> Body = match fault {
        Fault::BodyCut => |bytes| Body::new(Half::of(&bytes, None)),
        Fault::BodyStall => |bytes| Body::new(Half::of(&bytes, Some(Box::pin(sleep(NEVER))))),
        Fault::BrokenJson => |bytes| Body::from(no_json(bytes)),
        _ => return Ok(body),
    };
    axum::body::to_bytes(body, usize::MAX).await.map(spoil)
}

/// Breaks the JSON and keeps the length.
fn no_json(bytes: Bytes) -> Vec<u8> {
    let mut bytes = Vec::from(bytes);
    if let Some(byte) = bytes.iter_mut().find(|byte| **byte == b':') {
        *byte = b'?';
    }
    bytes
}

/// Declares the complete body but sends only the first half.
struct Half {
    promised: u64,
    half: Option<Bytes>,
    /// Whether the half had time to be sent: if a body fails at once, data that wasn't sent yet is lost.
    left: bool,
    /// What to wait for before it fails.
    stall: Option<Pin<Box<Sleep>>>,
}

impl Half {
    fn of(bytes: &Bytes, stall: Option<Pin<Box<Sleep>>>) -> Self {
        let promised = bytes.len() as u64;
        Half { promised, half: Some(bytes.slice(..bytes.len() / 2)), left: false, stall }
    }
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
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
        SizeHint::with_exact(self.promised)
    }
}
