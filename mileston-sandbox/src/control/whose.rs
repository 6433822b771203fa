//! Selects the business and mode of a request: from the query, or the first business in test mode.

use mileston_keys::{BusinessId, KeyKind, ModeName};

use crate::platform::Emulation;
use crate::runtime::{Authority, Identity, Incoming, Refusal};

/// Reads the `business` and `mode` query parameters.
pub(super) async fn of(platform: &Emulation, incoming: &Incoming) -> Result<Identity, Refusal> {
    let wanted: Option<BusinessId> = incoming.optional_query("business")?;
    let mode = match incoming.optional_query::<String>("mode")?.as_deref() {
        None | Some("test") => ModeName::Test,
        Some("live") if platform.accepts(ModeName::Live) => ModeName::Live,
        Some("live") => return Err(unfit("live requires a sandbox that was started with --live")),
        Some(_) => return Err(unfit("must be test or live")),
    };
    let business = match wanted {
        Some(business) if platform.store.has_account(&business, mode).await? => Some(business),
        Some(_) => None,
        None => platform.store.first_business().await?,
    };
    let business = business.ok_or_else(|| Refusal::not_found("No business has this id."))?;
    Ok(Identity { business, mode, kind: KeyKind::Normal })
}

fn unfit(requirement: &str) -> Refusal {
    Refusal::invalid([format!("mode {requirement}")])
}
