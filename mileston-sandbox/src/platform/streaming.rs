//! JSON of any length, written while it is sent, so that memory use doesn't depend on the length.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::runtime::Refusal;
use crate::store::Rejection;

/// The size of a piece in bytes.
const PIECE: usize = 32 << 10;
/// A body of up to about this size is sent as a whole, with its length.
const WHOLE: usize = 512 << 10;
/// The maximum number of pieces that wait for the client.
const WAITING: usize = 2;
/// The time limit for a client to receive a body. Until the body is sent, its read transaction keeps the store's log
/// from being truncated.
pub(super) const LONGEST: Duration = Duration::from_secs(60);

/// The source of the rest of a body.
pub(super) trait Source: Send + 'static {
    /// Adds about this many bytes, or fewer at the end. Returns whether the body is complete.
    fn add_to(&mut self, text: &mut Vec<u8>, size: usize) -> Result<bool, Rejection>;
}

/// Returns a body that begins with this text.
pub(super) async fn body(mut text: Vec<u8>, mut source: impl Source) -> Result<Body, Refusal> {
    while text.len() < WHOLE {
        if source.add_to(&mut text, PIECE)? {
            return Ok(Body::from(text));
        }
        yield_now().await;
    }
    let (sender, pieces) = mpsc::channel(WAITING);
    tokio::spawn(timeout(LONGEST, send(text, source, sender)));
    Ok(Body::new(Received { pieces, is_complete: false }))
}

/// Writes a value as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<String, Refusal> {
    let written = serde_json::to_string(value);
    written.map_err(|error| {
        Refusal::internal(format!("The response can't be written as JSON: {error}."))
    })
}

/// A part of a body.
struct Piece {
    bytes: Bytes,
    is_last: bool,
}

/// Sends a body. If the data can't be read, or the client disconnects or takes too long, the last piece isn't sent,
/// and the connection is closed.
async fn send(mut text: Vec<u8>, mut source: impl Source, pieces: mpsc::Sender<Piece>) {
    let mut is_last = false;
    loop {
        if pieces.send(Piece { bytes: text.into(), is_last }).await.is_err() || is_last {
            return;
        }
        text = Vec::with_capacity(PIECE + PIECE / 4);
        match source.add_to(&mut text, PIECE) {
            Ok(is_complete) => is_last = is_complete,
            Err(_) => return,
        }
    }
}

/// A body whose pieces are received one by one. It fails if the last piece is missing.
struct Received {
    pieces: mpsc::Receiver<Piece>,
    is_complete: bool,
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.is_complete {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.poll_recv(context));
        self.is_complete = piece.as_ref().is_none_or(|piece| piece.is_last);
        Poll::Ready(Some(match piece {
            Some(piece) => Ok(Frame::data(piece.bytes)),
            None => Err(io::Error::other("the response could not be read or sent to its end")),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.is_complete
    }
}
