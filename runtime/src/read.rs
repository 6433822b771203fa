//! Reads a response body, up to a size limit.

use std::pin::pin;

use crate::error::{Error, ErrorKind};
use crate::timer::Timer;
use crate::transport::{Body, TransportErrorKind};

/// The most bytes that are allocated for a body before any of it arrives.
const FIRST_ALLOCATION: usize = 64 * 1024;

/// Reads at most `limit` bytes, or returns why the body can't be read.
pub(crate) async fn read(
    body: &mut Body,
    limit: usize,
    timer: &mut Timer,
) -> (Vec<u8>, Result<(), Error>) {
    // The announced length, capped because the other side chooses it.
    let promised = body.length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut bytes = Vec::with_capacity(promised.min(limit).min(FIRST_ALLOCATION));
    loop {
        match timer.bound(pin!(body.chunk())).await {
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

/// Grows the buffer by half, and not beyond the announced length: doubling a large body would need three times its size
/// while it is moved.
fn grow(bytes: &mut Vec<u8>, more: usize, promised: usize, limit: usize) {
    let needed = bytes.len() + more;
    if needed > bytes.capacity() {
        let wanted = bytes.capacity() + bytes.capacity() / 2;
        let wanted = if needed <= promised { wanted.min(promised) } else { wanted };
        let wanted = wanted.min(limit).max(needed);
        bytes.reserve_exact(wanted - bytes.len());
    }
}
