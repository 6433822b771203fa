//! Describes the sandbox, for a script that checks whether it is running.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use mileston_api::Timestamp;
use serde::Serialize;

use crate::issuer::Issuer;
use crate::runtime::Refusal;
use crate::store::Store;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Information {
    name: &'static str,
    version: &'static str,
    live: bool,
    /// The business that the sandbox was started with.
    business_id: Option<String>,
    /// The file with the sandbox's data; null if the data is in memory.
    store: Option<String>,
    /// When the sandbox was started, by the machine's clock. The sandbox's own clock may be stopped or ahead.
    since: Option<Timestamp>,
}

pub(super) async fn show(
    State(store): State<Arc<Store>>,
    State(issuer): State<Arc<Issuer>>,
    State(since): State<Option<Timestamp>>,
) -> Result<Json<Information>, Refusal> {
    let business = store.first_business().await?;
    Ok(Json(Information {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        business_id: business.map(|business| business.to_string()),
        live: issuer.has_live_mode(),
        store: store.file().map(|path| path.display().to_string()),
        since,
    }))
}
