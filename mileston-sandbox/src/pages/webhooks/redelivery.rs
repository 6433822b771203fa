//! Handles the form that sends a delivery again. The handler redirects back to the page, so that reloading the page
//! doesn't resubmit the form.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::KeyKind;

use crate::issuer::Issuer;
use crate::pages::developers::business_and_mode;
use crate::pages::state::Secrets;
use crate::pages::tab::Tab;
use crate::pages::urls::Urls;
use crate::runtime::{Identity, Incoming, Refusal, Response};
use crate::webhooks::Courier;

/// The path of the form that sends a delivery again.
pub(in crate::pages) const REDELIVER: &str = "/_sandbox/webhook-forms/redeliver";

/// Sends a delivery again.
pub(in crate::pages) async fn redeliver(
    State(issuer): State<Arc<Issuer>>,
    State(courier): State<Arc<Courier>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = business_and_mode(&issuer, &secrets, &incoming)?;
    let identity = Identity { business: business.clone(), mode, kind: KeyKind::Normal };
    courier.redeliver(&identity, incoming.form("delivery")?).await?;
    Ok(Redirect::to(&urls.tab(Tab::Webhooks, &business, mode)).into_response())
}
