//! The page of webhook deliveries: each delivery, its attempts, and a button to send it again.

mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use mileston_keys::KeyKind;

use self::view::Deliveries;
use super::developers::whose;
use super::headers;
use super::menu::{Menu, Tab};
use super::urls::Urls;
use crate::platform::Emulation;
use crate::runtime::{Identity, Incoming, Refusal, Response};

/// The path of the form that sends a delivery again.
pub(super) const REDELIVER: &str = "/_sandbox/webhook-forms/redeliver";

/// The number of entries on the page.
const LISTED: u32 = 50;

/// Shows the page.
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
    Ok(Redirect::to(&Urls::of(&platform).tab(Tab::Webhooks, &business, mode)).into_response())
}
