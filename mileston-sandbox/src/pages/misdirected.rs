//! Serves a sandbox only under its own names. Otherwise, a site that points its own name here (DNS rebinding) would
//! have the same origin as the pages, and could read the keys that the pages show.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::urls::Urls;
use super::{headers, layout};
use crate::reach::{Reach, Unserved};
use crate::runtime::{Refusal, Response};

/// Accepts a request to one of the sandbox's names; otherwise responds with 421.
pub(crate) async fn expect_served_host(
    State(reach): State<Arc<Reach>>,
    request: Request,
    next: Next,
) -> Response {
    let Err(unserved) = reach.check_host(&request) else { return next.run(request).await };
    let text = sentence(&reach, &unserved);
    if headers::wants_html(request.headers()) {
        let urls = Urls::under(reach.url());
        let page = layout::problem(&urls, "The sandbox isn't served under this name", &text);
        return headers::html(StatusCode::MISDIRECTED_REQUEST, page);
    }
    Refusal::new(StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

/// Returns a message that says what to do. The name is a valid host name, so it is safe to show.
fn sentence(reach: &Reach, unserved: &Unserved) -> String {
    let known = reach.url();
    match unserved {
        Unserved::NotOne => "A request needs exactly one `Host` header.".to_owned(),
        Unserved::Malformed => {
            format!("The `Host` header isn't a host name. The sandbox is served under {known}.")
        }
        Unserved::Unknown(name) => format!(
            "To keep other sites out, this sandbox rejects requests to unknown names such as `{name}`. Use {known}, or start \
             the sandbox with `--allow-host {name}`."
        ),
    }
}
