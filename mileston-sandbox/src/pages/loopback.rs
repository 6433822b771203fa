//! Pages are shown to this machine only. A site that lets its own name point here (DNS rebinding) would otherwise be of
//! the same origin as the pages, and could read the keys in them.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;

use super::{headers, layout};
use crate::loopback::is_loopback;
use crate::runtime::Response;

/// Lets a request through if it was made for a name of this machine; else 421.
pub(super) async fn expect_loopback(request: Request, next: Next) -> Response {
    if is_loopback(&request) { next.run(request).await } else { misdirected() }
}

/// What is answered to all others.
pub(super) fn misdirected() -> Response {
    let page = layout::problem(
        "This page is for this machine only",
        "The sandbox shows its pages under http://127.0.0.1 and http://localhost, and under no other name. Open the \
         page under one of these.",
    );
    headers::html(StatusCode::MISDIRECTED_REQUEST, page)
}
