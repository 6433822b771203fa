//! Starts afresh without starting again.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::platform::Emulation;
use crate::runtime::Refusal;

/// What was there before.
#[derive(Serialize)]
pub(super) struct Reset {
    /// Payment links, invoices and recurring payments.
    removed: u32,
}

/// Empties the data of all businesses in both modes, removes rules of faults, and counts requests from nothing. Keys stay,
/// and so does the request log.
pub(super) async fn reset(State(platform): State<Arc<Emulation>>) -> Result<Json<Reset>, Refusal> {
    let removed = platform.store.reset().await?;
    platform.faults.clear();
    if let Some(limiter) = &platform.limiter {
        limiter.clear();
    }
    Ok(Json(Reset { removed }))
}
