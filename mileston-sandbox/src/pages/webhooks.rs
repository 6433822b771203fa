//! The page of what endpoints were told: each delivery, what became of it, and a button to send it again.

mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::KeyKind;

use self::view::Deliveries;
use super::developers::whose;
use super::headers;
use super::menu::{Menu, Tab, address};
use crate::platform::Emulation;
use crate::runtime::{Identity, Incoming, Refusal, Response};

/// Where the form to send a delivery again goes.
pub(super) const REDELIVER: &str = "/_sandbox/webhook-forms/redeliver";

/// How many are listed.
const LISTED: u32 = 50;

/// Shows it.
pub(super) async fn show(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = Menu::of(&platform, Tab::Webhooks, &incoming).await?;
    let whose = menu.identity();
    let webhooks = platform.courier.list(&whose).await?;
    let deliveries = platform.store.deliveries(&whose, None, LISTED).await?;
    let (token, adversary) = (platform.pages.token.get()?, platform.store.adversary().await?);
    let page = view::page(&Deliveries {
        menu: &menu,
        webhooks: &webhooks,
        deliveries: &deliveries,
        adversary,
        token: &token,
    });
    Ok(headers::html(StatusCode::OK, page))
}

/// Sends a delivery again.
pub(super) async fn redeliver(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&platform, &incoming)?;
    let identity = Identity { business: business.clone(), mode, kind: KeyKind::Normal };
    platform.courier.redeliver(&identity, incoming.form("delivery")?).await?;
    Ok(Redirect::to(&address(Tab::Webhooks, &business, mode)).into_response())
}
