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
use super::menu::Menus;
use super::state::Secrets;
use super::tab::Tab;
use super::urls::Urls;
use crate::issuer::Issuer;
use crate::runtime::{Identity, Incoming, Refusal, Response};
use crate::store::Store;
use crate::webhooks::Courier;

/// The path of the form that sends a delivery again.
pub(super) const REDELIVER: &str = "/_sandbox/webhook-forms/redeliver";

/// The number of entries on the page.
const LISTED: u32 = 50;

/// Shows the page.
pub(super) async fn show(
    State(store): State<Arc<Store>>,
    State(menus): State<Menus>,
    State(courier): State<Arc<Courier>>,
    State(secrets): State<Arc<Secrets>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = menus.of(Tab::Webhooks, &incoming).await?;
    let whose = menu.identity();
    let webhooks = courier.list(&whose).await?;
    let deliveries = store.deliveries(&whose, None, LISTED).await?;
    let (token, adversary) = (secrets.token.get()?, store.adversary().await?);
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
    State(issuer): State<Arc<Issuer>>,
    State(courier): State<Arc<Courier>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (business, mode) = whose(&issuer, &secrets, &incoming)?;
    let identity = Identity { business: business.clone(), mode, kind: KeyKind::Normal };
    courier.redeliver(&identity, incoming.form("delivery")?).await?;
    Ok(Redirect::to(&urls.tab(Tab::Webhooks, &business, mode)).into_response())
}
