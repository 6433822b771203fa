//! Reads a response body, up to a size limit.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use crate::error::{Error, ErrorKind};
use crate::timer::Timer;
use crate::transport::{Body, TransportErrorKind};

/// The maximum number of bytes that are allocated for a body before any of it arrives.
const FIRST_ALLOCATION: usize = 64 * 1024;

/// Reads at most `limit` bytes. Returns the bytes, and an error if the rest of the body wasn't read.
pub(crate) async fn read(
    body: &mut Body,
    limit: usize,
    timer: &mut Timer,
) -> (Vec<u8>, Result<(), Error>) {
    // The server chooses the announced length, so only a limited part of it is allocated in advance.
    let promised = body.length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(promised.min(limit).min(FIRST_ALLOCATION));
    loop {
        match timer.bound(pin!(body.chunk())).await {
            // Yielding lets the timer expire even if the server sends empty chunks forever.
            Some(Some(Ok(chunk))) if chunk.is_empty() => {
                if timer.bound(pin!(turn())).await.is_none() {
                    return (bytes, Err(Error::new(ErrorKind::Timeout)));
                }
            }
            Some(Some(Ok(chunk))) => {
                let room = limit - bytes.len();
                if chunk.len() > room {
                    bytes.extend_from_slice(&chunk[..room]);
                    let too_large = Error::new(ErrorKind::BodyTooLarge)
                        .with_detail(format!("the limit is {limit} bytes"));
                    return (bytes, Err(too_large));
                }
                grow(&mut bytes, chunk.len(), promised, limit);
                bytes.extend_from_slice(&chunk);
            }
            Some(None) => return (bytes, Ok(())),
            None => return (bytes, Err(Error::new(ErrorKind::Timeout))),
            Some(Some(Err(error))) => {
                let kind = match error.kind {
                    TransportErrorKind::Timeout => ErrorKind::Timeout,
                    _ => ErrorKind::BodyCut,
                };
                return (bytes, Err(Error::new(kind).caused_by(error.source)));
            }
        }
    }
}

/// Returns a future that lets other tasks run once.
fn turn() -> impl Future<Output = ()> {
    let mut came_back = false;
    poll_fn(move |context| {
        if std::mem::replace(&mut came_back, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

/// Grows the buffer by half, but not beyond the announced length. Doubling the buffer of a large body would need three
/// times its size while the buffer is copied.
fn grow(bytes: &mut Vec<u8>, more: usize, promised: usize, limit: usize) {
    let needed = bytes.len() + more;
    if needed > bytes.capacity() {
        let wanted = bytes.capacity() + bytes.capacity() / 2;
        let wanted = if needed <= promised { wanted.min(promised) } else { wanted };
        let wanted = wanted.min(limit).max(needed);
        bytes.reserve_exact(wanted - bytes.len());
    }
}
