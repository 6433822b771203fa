//! The page that lists API requests: each with its result, the reason for the result, and code to repeat the request.

mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use self::view::Requests;
use super::headers;
use super::menu::Menus;
use super::tab::Tab;
use crate::log::RequestLog;
use crate::reach::Reach;
use crate::runtime::{Incoming, Refusal, Response};

/// The maximum number of entries on the page.
const LISTED: usize = 50;

/// Shows the page. With `?show=failed`, the page shows only requests that failed.
pub(super) async fn show(
    State(menus): State<Menus>,
    State(log): State<Arc<RequestLog>>,
    State(reach): State<Arc<Reach>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let menu = menus.of(Tab::Requests, &incoming).await?;
    let only_failed = incoming.optional_query::<String>("show")?.as_deref() == Some("failed");
    let (entries, counted) = log.newest(LISTED, |entry| !only_failed || entry.has_failed());
    let page = view::page(&Requests {
        menu: &menu,
        entries: &entries,
        counted,
        only_failed,
        reach: &reach,
    });
    Ok(headers::html(StatusCode::OK, page))
}
