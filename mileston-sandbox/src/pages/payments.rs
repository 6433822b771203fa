//! The page that lists payment links, invoices and recurring payments. It updates itself.

mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use self::view::Payments;
use super::headers;
use super::menu::Menus;
use super::tab::Tab;
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::Store;

/// The maximum number of entries on the page.
const LISTED: u32 = 100;

/// Shows the page. With `?before=`, the page shows older entries.
pub(super) async fn show(
    State(store): State<Arc<Store>>,
    State(menus): State<Menus>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = menus.of(Tab::Payments, &incoming).await?;
    let before: Option<i64> = incoming.optional_query("before")?;
    let end = before.unwrap_or(i64::MAX);
    // Reads one more entry than the page shows, to find out whether there are older entries.
    let mut lines = store.overview(&menu.identity(), end, LISTED + 1).await?;
    let has_older = lines.len() > LISTED as usize;
    lines.truncate(LISTED as usize);
    let page = view::page(&Payments {
        menu: &menu,
        lines: &lines,
        has_newer: before.is_some(),
        has_older,
    });
    Ok(headers::html(StatusCode::OK, page))
}
