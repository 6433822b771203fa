//! Allows programs on this machine, but no web page, to control the sandbox.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::IntoResponse;

use crate::loopback::is_loopback;
use crate::runtime::{Refusal, Response};

/// A browser sends this header for a page of another origin only after a preflight, and the sandbox grants none. Any
/// value works.
pub(super) const HEADER: &str = "mileston-sandbox";

/// Accepts a request if a program on this machine made it.
pub(super) async fn expect_program(request: Request, next: Next) -> Response {
    match check(&request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn check(request: &Request) -> Result<(), Refusal> {
    if !is_loopback(request) {
        return Err(Refusal::new(
            StatusCode::MISDIRECTED_REQUEST,
            "The sandbox is controlled under http://127.0.0.1 and http://localhost only.",
        ));
    }
    if !request.headers().contains_key(HEADER) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!(
                "Requests that control the sandbox need the header `{HEADER}` with any value, so that \
                 no web page can make them."
            ),
        ));
    }
    Ok(())
}
