//! Resets the data without a restart.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::faults::Faults;
use crate::rate_limits::Limiter;
use crate::runtime::Refusal;
use crate::store::Store;

/// The result of a reset.
#[derive(Serialize)]
pub(super) struct Reset {
    /// The number of payment links, invoices and recurring payments that were removed.
    removed: u32,
}

/// Deletes the data of all businesses in both modes, removes fault rules, and resets the rate limits. Keeps businesses,
/// credentials, webhooks and the request log.
pub(super) async fn reset(
    State(store): State<Arc<Store>>,
    State(faults): State<Arc<Faults>>,
    State(limiter): State<Option<Arc<Limiter>>>,
) -> Result<Json<Reset>, Refusal> {
    let removed = store.reset().await?;
    faults.clear();
    if let Some(limiter) = limiter {
        limiter.clear();
    }
    Ok(Json(Reset { removed }))
}
