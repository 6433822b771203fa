//! What the sandbox is: for a script that asks whether it runs.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use mileston_api::Timestamp;
use serde::Serialize;

use crate::platform::Emulation;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Information {
    name: &'static str,
    version: &'static str,
    live: bool,
    /// The file that its data is in; null if that is memory.
    store: Option<String>,
    /// When it was started, by the clock of the machine: its own may stand, or be ahead.
    since: Option<Timestamp>,
}

pub(super) async fn show(State(platform): State<Arc<Emulation>>) -> Json<Information> {
    Json(Information {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        live: platform.has_live_mode(),
        store: platform.store.file().map(|path| path.display().to_string()),
        since: platform.since,
    })
}
