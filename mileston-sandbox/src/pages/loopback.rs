//! Restricts pages to this machine. A site that points its own name here (DNS rebinding) would otherwise have the same
//! origin as the pages and could read the keys in them.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;

use super::{headers, layout};
use crate::loopback::is_loopback;
use crate::runtime::Response;

/// Accepts a request to a name of this machine; otherwise responds with 421.
pub(super) async fn expect_loopback(request: Request, next: Next) -> Response {
    if is_loopback(&request) { next.run(request).await } else { misdirected() }
}

/// Returns the response to all other requests.
pub(super) fn misdirected() -> Response {
    let page = layout::problem(
        "This page is only available on this machine",
        "The sandbox shows its pages only under http://127.0.0.1 and http://localhost. Open the \
         page under one of these.",
    );
    headers::html(StatusCode::MISDIRECTED_REQUEST, page)
}
