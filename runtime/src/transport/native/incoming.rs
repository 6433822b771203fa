//! Reads a response body piece by piece.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Body as _;

use crate::transport::error::{TransportError, TransportErrorKind};

/// The body of a reqwest response.
pub(crate) struct Incoming(reqwest::Body);

impl Incoming {
    pub(super) fn new(body: reqwest::Body) -> Self {
        Incoming(body)
    }

    pub(in crate::transport) fn length(&self) -> Option<u64> {
        self.0.size_hint().exact()
    }

    pub(in crate::transport) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        Pin::new(&mut self.0).poll_frame(context).map(|frame| {
            // Trailers are ignored.
            frame.map(|frame| {
                frame.map(|frame| frame.into_data().unwrap_or_default()).map_err(not_read)
            })
        })
    }
}

/// Converts the reqwest error for a response body that was cut off.
fn not_read(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = match error.is_timeout() {
        true => TransportErrorKind::Timeout,
        false => TransportErrorKind::Interrupted,
    };
    TransportError::new(kind).with_source(error)
}
