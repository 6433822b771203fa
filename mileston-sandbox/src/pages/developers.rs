//! The Developers tab: lists, creates, rolls and revokes the credentials of a business; lists, registers and removes
//! webhooks.

mod changes;
mod data;
mod view;
mod webhook_changes;
mod webhook_view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use self::data::Developers;
use super::headers;
use super::menu::Menus;
use super::state::Secrets;
use super::tab::Tab;
use crate::links::Links;
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::Store;
use crate::webhooks::Courier;

pub(super) use changes::{
    CREATE, REVOKE, ROLL, ROLL_SECRET, business_and_mode, create, revoke, roll, roll_secret,
};
pub(super) use webhook_changes::{REGISTER, REMOVE, register, remove};

/// Shows the tab.
pub(super) async fn show(
    State(store): State<Arc<Store>>,
    State(menus): State<Menus>,
    State(courier): State<Arc<Courier>>,
    State(links): State<Links>,
    State(secrets): State<Arc<Secrets>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = menus.of(Tab::Developers, &incoming).await?;
    let mut keys = store.keys().await?;
    keys.retain(|key| key.business == menu.business && key.mode == menu.mode);
    keys.reverse();
    let name: Option<String> = incoming.optional_query("revealed")?;
    let revealed = name.as_deref().map(|name| secrets.reveals.take(name));
    let name: Option<String> = incoming.optional_query("registered")?;
    let registered = name.as_deref().map(|name| secrets.tokens.take(name));
    let webhooks = courier.list(&menu.identity()).await?;
    let (token, origin) = (secrets.token.get()?, links.origin());
    let page = view::page(&Developers {
        menu: &menu,
        keys: &keys,
        revealed,
        webhooks: &webhooks,
        registered,
        token: &token,
        origin,
    });
    Ok(headers::html(StatusCode::OK, page))
}
