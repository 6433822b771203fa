//! Allows programs, but not web pages, to control the sandbox. If other machines can reach the sandbox, programs need
//! its token.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::IntoResponse;

use crate::reach::Reach;
use crate::runtime::{Refusal, Response};

/// The header that every control request needs. A browser sends it for a page from another origin only after a
/// successful preflight, and the sandbox never allows this header in a preflight. The header's value is the token. If
/// the sandbox has no token, any value works.
pub(crate) const HEADER: &str = "mileston-sandbox";

/// Accepts a request if it comes from a program that may control the sandbox.
pub(super) async fn expect_program(
    State(reach): State<Arc<Reach>>,
    request: Request,
    next: Next,
) -> Response {
    match check(&reach, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn check(reach: &Reach, request: &Request) -> Result<(), Refusal> {
    let mut sent = request.headers().get_all(HEADER).iter();
    let (first, second) = (sent.next(), sent.next());
    match (reach.token(), first) {
        (None, Some(_)) => Ok(()),
        (Some(token), Some(sent)) if second.is_none() && token.matches(sent.as_bytes()) => Ok(()),
        (Some(_), _) => Err(Refusal::unauthorized(needed(
            "the sandbox's token, because other machines can reach the sandbox. The token is the value \
             of MILESTON_SANDBOX_TOKEN, which was printed or set when the sandbox was started",
        ))),
        (None, None) => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            needed("any value, so that no web page can send them"),
        )),
    }
}

/// Returns the message for a request without the right header. It says which header is needed.
fn needed(value: &str) -> String {
    format!("Requests that control the sandbox need the `{HEADER}` header with {value}.")
}
