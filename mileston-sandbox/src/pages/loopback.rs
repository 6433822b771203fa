//! Restricts pages to this machine. A site that points its own name here (DNS rebinding) would otherwise have the same
//! origin as the pages and could read the keys in them.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;

use super::urls::Urls;
use super::{headers, layout};
use crate::loopback::is_loopback;
use crate::runtime::Response;

/// Accepts a request to a name of this machine; otherwise responds with 421.
pub(super) async fn expect_loopback(
    State(urls): State<Urls>,
    request: Request,
    next: Next,
) -> Response {
    if is_loopback(&request) { next.run(request).await } else { misdirected(&urls) }
}

/// Returns the response to all other requests.
pub(super) fn misdirected(urls: &Urls) -> Response {
    let page = layout::problem(
        urls,
        "This page is only available on this machine",
        "The sandbox shows its pages only under http://127.0.0.1 and http://localhost. Open the \
         page under one of these.",
    );
    headers::html(StatusCode::MISDIRECTED_REQUEST, page)
}
