//! Reads a body up to a maximum size.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;

use super::invalid;
use crate::runtime::Refusal;

/// The maximum size of a body in bytes.
const MAX_BODY: usize = 64 * 1024;

pub(super) async fn read(mut body: Body) -> Result<Bytes, Refusal> {
    let mut whole = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| invalid("the body ended too early"))?;
        let Ok(data) = frame.into_data() else { continue };
        if whole.len().saturating_add(data.len()) > MAX_BODY {
            let reason = format!("the body has more than {MAX_BODY} bytes");
            return Err(Refusal(StatusCode::PAYLOAD_TOO_LARGE, reason));
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole.into())
}
