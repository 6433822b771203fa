//! The Developers tab: lists, creates, rolls and revokes the credentials of a business; lists, registers and removes
//! webhooks.

mod changes;
mod view;
mod webhook_changes;
mod webhook_view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use self::view::Developers;
use super::headers;
use super::menu::{Menu, Tab};
use crate::platform::Emulation;
use crate::runtime::{Incoming, Refusal, Response};

pub(super) use changes::{
    CREATE, REVOKE, ROLL, ROLL_SECRET, create, revoke, roll, roll_secret, whose,
};
pub(super) use webhook_changes::{REGISTER, REMOVE, register, remove};

/// Shows the tab.
pub(super) async fn show(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = Menu::of(&platform, Tab::Developers, &incoming).await?;
    let mut keys = platform.store.keys().await?;
    keys.retain(|key| key.business == menu.business && key.mode == menu.mode);
    keys.reverse();
    let asked: Option<String> = incoming.optional_query("revealed")?;
    let revealed = asked.as_deref().map(|name| platform.pages.reveals.take(name));
    let asked: Option<String> = incoming.optional_query("registered")?;
    let registered = asked.as_deref().map(|name| platform.pages.tokens.take(name));
    let webhooks = platform.courier.list(&menu.identity()).await?;
    let (token, origin) = (platform.pages.token.get()?, platform.origin());
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
