//! Handles the forms for webhooks. Each handler redirects back to the tab, so that reloading the page doesn't submit
//! the form again.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::super::state::Secrets;
use super::super::tab::Tab;
use super::super::urls::Urls;
use super::changes::business_and_mode;
use crate::issuer::Issuer;
use crate::runtime::{Identity, Incoming, Refusal, Response};
use crate::webhooks::{Courier, EVENTS, WebhookRequest};

/// The path of the form for a new webhook.
pub(in crate::pages) const REGISTER: &str = "/_sandbox/webhook-forms/register";
/// The path of the form that removes a webhook.
pub(in crate::pages) const REMOVE: &str = "/_sandbox/webhook-forms/remove";
/// The field for the verification token. It isn't named `token`, because `form_token::TOKEN_FIELD` has that name.
pub(super) const VERIFICATION: &str = "verification";

/// Registers a webhook.
pub(in crate::pages) async fn register(
    State(issuer): State<Arc<Issuer>>,
    State(courier): State<Arc<Courier>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    let token: Option<String> = incoming.optional_form(VERIFICATION)?;
    let wanted = WebhookRequest {
        url: incoming.optional_form("url")?,
        token: token.filter(|token| !token.is_empty()),
        events: Some(picked(&incoming)?),
    };
    let (_, token, _) = courier.register(&identity(&business, mode), wanted).await?;
    let name = secrets.tokens.keep(token).map_err(|error| {
        // The webhook is registered, but nobody has seen its token. The webhook is in the list and can be removed
        // there.
        Refusal::internal(format!(
            "The webhook was registered but its token can't be shown, because the operating system's random number \
             generator failed: {error}. Remove the webhook, and register it again."
        ))
    })?;
    let to = format!("{}&registered={name}", urls.tab(Tab::Developers, &business, mode));
    Ok(Redirect::to(&to).into_response())
}

/// Removes a webhook.
pub(in crate::pages) async fn remove(
    State(issuer): State<Arc<Issuer>>,
    State(courier): State<Arc<Courier>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    courier.remove(&identity(&business, mode), incoming.form("webhook")?).await?;
    Ok(Redirect::to(&urls.tab(Tab::Developers, &business, mode)).into_response())
}

/// Returns the events whose boxes are ticked.
fn picked(incoming: &Incoming) -> Result<Vec<String>, Refusal> {
    let mut events = Vec::new();
    for event in &EVENTS {
        if incoming.optional_form::<String>(event.as_str())?.is_some() {
            events.push(event.to_string());
        }
    }
    Ok(events)
}

fn identity(business: &BusinessId, mode: ModeName) -> Identity {
    Identity { business: business.clone(), mode, kind: KeyKind::Normal }
}
