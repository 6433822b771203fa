//! Handles the forms of the Developers tab. Each handler redirects back to the tab, so that reloading the page doesn't
//! submit the form again.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::super::reveals::Made;
use super::super::state::Secrets;
use super::super::tab::Tab;
use super::super::urls::Urls;
use crate::issuer::Issuer;
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::Store;

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
    State(store): State<Arc<Store>>,
    State(issuer): State<Arc<Issuer>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    let kind = match incoming.form::<String>("kind")?.as_str() {
        "normal" => KeyKind::Normal,
        "checkout" => KeyKind::Checkout,
        _ => return Err(Refusal::invalid(["kind must be normal or checkout".to_owned()])),
    };
    let key = store.create_key(&business, kind, mode).await?;
    reveal(&secrets, &urls, &business, mode, Made::Key(key))
}

/// Rolls a key: creates a new one to replace it.
pub(in crate::pages) async fn roll(
    State(store): State<Arc<Store>>,
    State(issuer): State<Arc<Issuer>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    let (fingerprint, hours): (String, u64) =
        (incoming.form("fingerprint")?, incoming.form("hours")?);
    if hours > LONGEST_OVERLAP {
        return Err(Refusal::invalid([format!("hours must be at most {LONGEST_OVERLAP}")]));
    }
    let key = store.roll_key(&fingerprint, Duration::from_secs(hours * 3600)).await?;
    reveal(&secrets, &urls, &business, mode, Made::Key(key))
}

/// Revokes a key.
pub(in crate::pages) async fn revoke(
    State(store): State<Arc<Store>>,
    State(issuer): State<Arc<Issuer>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    let fingerprint: String = incoming.form("fingerprint")?;
    store.revoke_key(&fingerprint).await?;
    Ok(Redirect::to(&urls.tab(Tab::Developers, &business, mode)).into_response())
}

/// Rolls the wallet secret.
pub(in crate::pages) async fn roll_secret(
    State(store): State<Arc<Store>>,
    State(issuer): State<Arc<Issuer>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    let secret = store.roll_wallet_secret(&business).await?;
    reveal(&secrets, &urls, &business, mode, Made::Secret(secret))
}

/// Checks the form's token, and reads the business and mode that the page showed.
pub(in crate::pages) fn business_and_mode(
    issuer: &Issuer,
    secrets: &Secrets,
    incoming: &Incoming,
) -> Result<(BusinessId, ModeName), Refusal> {
    secrets.token.expect(incoming)?;
    let mode = match incoming.form::<String>("mode")?.as_str() {
        "test" => ModeName::Test,
        "live" if issuer.has_live_mode() => ModeName::Live,
        _ => {
            return Err(Refusal::invalid([
                "mode must be test, or live if the sandbox has live mode".to_owned(),
            ]));
        }
    };
    Ok((incoming.form("business")?, mode))
}

fn reveal(
    secrets: &Secrets,
    urls: &Urls,
    business: &BusinessId,
    mode: ModeName,
    made: Made,
) -> Result<Response, Refusal> {
    let name = secrets.reveals.keep(made).map_err(|error| {
        // The key or secret exists, but nobody has seen it. The user can roll it.
        Refusal::internal(format!(
            "The key or secret was created but can't be shown, because the operating system's random number generator \
             failed: {error}. Roll the key or secret to get a new one."
        ))
    })?;
    let to = format!("{}&revealed={name}", urls.tab(Tab::Developers, business, mode));
    Ok(Redirect::to(&to).into_response())
}
