//! Handles the forms of the Developers tab. Each redirects back to the tab, so reloading it repeats nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::super::menu::Tab;
use super::super::reveals::Made;
use super::super::urls::Urls;
use crate::platform::Emulation;
use crate::runtime::{Authority, Incoming, Refusal, Response};

/// The path of the form for a new key.
pub(in crate::pages) const CREATE: &str = "/_sandbox/keys/create";
/// The path of the form that rolls a key.
pub(in crate::pages) const ROLL: &str = "/_sandbox/keys/roll";
/// The path of the form that revokes a key.
pub(in crate::pages) const REVOKE: &str = "/_sandbox/keys/revoke";

/// The path of the form that rolls the wallet secret.
pub(in crate::pages) const ROLL_SECRET: &str = "/_sandbox/keys/roll-secret";

/// The longest overlap for a rolled key, in hours: a week.
const LONGEST_OVERLAP: u64 = 7 * 24;

/// Creates a key.
pub(in crate::pages) async fn create(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let kind = match incoming.form::<String>("kind")?.as_str() {
        "normal" => KeyKind::Normal,
        "checkout" => KeyKind::Checkout,
        _ => return Err(Refusal::invalid(["kind must be normal or checkout".to_owned()])),
    };
    let key = platform.store.create_key(&business, kind, mode).await?;
    reveal(&platform, &business, mode, Made::Key(key))
}

/// Rolls a key: creates a new one to replace it.
pub(in crate::pages) async fn roll(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let (fingerprint, hours): (String, u64) =
        (incoming.form("fingerprint")?, incoming.form("hours")?);
    if hours > LONGEST_OVERLAP {
        return Err(Refusal::invalid([format!("hours must be at most {LONGEST_OVERLAP}")]));
    }
    let key = platform.store.roll_key(&fingerprint, Duration::from_secs(hours * 3600)).await?;
    reveal(&platform, &business, mode, Made::Key(key))
}

/// Revokes a key.
pub(in crate::pages) async fn revoke(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let fingerprint: String = incoming.form("fingerprint")?;
    platform.store.revoke_key(&fingerprint).await?;
    Ok(Redirect::to(&Urls::of(&platform).tab(Tab::Developers, &business, mode)).into_response())
}

/// Rolls the wallet secret.
pub(in crate::pages) async fn roll_secret(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let secret = platform.store.roll_wallet_secret(&business).await?;
    reveal(&platform, &business, mode, Made::Secret(secret))
}

/// Reads the business and mode that the page showed.
pub(in crate::pages) fn whose(
    platform: &Emulation,
    incoming: &Incoming,
) -> Result<(BusinessId, ModeName), Refusal> {
    platform.pages.token.expect(incoming)?;
    let mode = match incoming.form::<String>("mode")?.as_str() {
        "test" => ModeName::Test,
        "live" if platform.accepts(ModeName::Live) => ModeName::Live,
        _ => return Err(Refusal::invalid(["mode must be one of the sandbox's modes".to_owned()])),
    };
    Ok((incoming.form("business")?, mode))
}

fn reveal(
    platform: &Emulation,
    business: &BusinessId,
    mode: ModeName,
    made: Made,
) -> Result<Response, Refusal> {
    let name = platform.pages.reveals.keep(made).map_err(|error| {
        // The key exists but nobody has it. It can be rolled.
        Refusal::internal(format!("It was created but can't be shown: no random bytes: {error}."))
    })?;
    let to = format!("{}&revealed={name}", Urls::of(platform).tab(Tab::Developers, business, mode));
    Ok(Redirect::to(&to).into_response())
}
