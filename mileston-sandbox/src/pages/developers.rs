//! The Developers tab: credentials of a business. They are listed, made, rolled and revoked.

mod changes;
mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use self::view::Developers;
use super::headers;
use super::menu::{Menu, Tab};
use crate::platform::Emulation;
use crate::runtime::{Incoming, Refusal, Response};

pub(super) use changes::{CREATE, REVOKE, ROLL, ROLL_SECRET, create, revoke, roll, roll_secret};

/// Shows it.
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
    let token = platform.pages.token.get()?;
    let origin = platform.origin();
    let page =
        view::page(&Developers { menu: &menu, keys: &keys, revealed, token: &token, origin });
    Ok(headers::html(StatusCode::OK, page))
}
