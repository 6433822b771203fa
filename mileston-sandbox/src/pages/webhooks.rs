//! The page of webhook deliveries: each delivery, its attempts, and a button to send it again.

mod redelivery;
mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use self::view::Deliveries;
use super::headers;
use super::menu::Menus;
use super::state::Secrets;
use super::tab::Tab;
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::Store;
use crate::webhooks::Courier;

pub(super) use redelivery::{REDELIVER, redeliver};

/// The maximum number of entries on the page.
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
    let owner = menu.identity();
    let webhooks = courier.list(&owner).await?;
    let deliveries = store.deliveries(&owner, None, LISTED).await?;
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
