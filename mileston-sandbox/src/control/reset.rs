//! Resets the data without a restart.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::platform::Emulation;
use crate::runtime::Refusal;

/// The result of a reset.
#[derive(Serialize)]
pub(super) struct Reset {
    /// The number of payment links, invoices and recurring payments that were removed.
    removed: u32,
}

/// Deletes the data of all businesses in both modes, removes fault rules, and resets the rate limits. Keys and the
/// request log stay.
pub(super) async fn reset(State(platform): State<Arc<Emulation>>) -> Result<Json<Reset>, Refusal> {
    let removed = platform.store.reset().await?;
    platform.faults.clear();
    if let Some(limiter) = &platform.limiter {
        limiter.clear();
    }
    Ok(Json(Reset { removed }))
}
