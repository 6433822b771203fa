//! What the forms of the Developers tab do. Each leads back to the tab, so that loading it again does nothing twice.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::super::menu::{Tab, address};
use super::super::reveals::Made;
use crate::platform::Emulation;
use crate::runtime::{Authority, Incoming, Refusal, Response};

/// Where the form for a new key goes.
pub(in crate::pages) const CREATE: &str = "/_sandbox/keys/create";
/// Where the form to roll a key goes.
pub(in crate::pages) const ROLL: &str = "/_sandbox/keys/roll";
/// Where the form to revoke a key goes.
pub(in crate::pages) const REVOKE: &str = "/_sandbox/keys/revoke";

/// Where the form for another wallet secret goes.
pub(in crate::pages) const ROLL_SECRET: &str = "/_sandbox/keys/roll-secret";

/// The longest that an old key stays good: a week.
const LONGEST_OVERLAP: u64 = 7 * 24;

/// Makes a key.
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

/// Makes a key in place of another.
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

/// Refuses a key from now on.
pub(in crate::pages) async fn revoke(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let fingerprint: String = incoming.form("fingerprint")?;
    platform.store.revoke_key(&fingerprint).await?;
    Ok(Redirect::to(&address(Tab::Developers, &business, mode)).into_response())
}

/// Makes a wallet secret in place of the one there is.
pub(in crate::pages) async fn roll_secret(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let secret = platform.store.roll_wallet_secret(&business).await?;
    reveal(&platform, &business, mode, Made::Secret(secret))
}

/// The business and mode that the page showed.
pub(in crate::pages) fn whose(
    platform: &Emulation,
    incoming: &Incoming,
) -> Result<(BusinessId, ModeName), Refusal> {
    platform.pages.token.expect(incoming)?;
    let mode = match incoming.form::<String>("mode")?.as_str() {
        "test" => ModeName::Test,
        "live" if platform.accepts(ModeName::Live) => ModeName::Live,
        _ => return Err(Refusal::invalid(["mode must be one that this sandbox has".to_owned()])),
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
        // It is good and nobody has it. It can be rolled.
        Refusal::internal(format!("It was made but can't be shown: no random bytes: {error}."))
    })?;
    let to = format!("{}&revealed={name}", address(Tab::Developers, business, mode));
    Ok(Redirect::to(&to).into_response())
}
