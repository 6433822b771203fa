//! The headers of an HTML page. The page may load resources only from this sandbox, and runs no inline script.

use axum::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use maud::Markup;

use crate::runtime::Response;

/// Allows no inline scripts or styles, no other hosts, no frames and no plugins. So text from a user can't run as a
/// script, even if a view forgets to escape the text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 3] = [
    (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    // With `no-referrer`, browsers would submit forms with `Origin: null`. Over plain http, no other header shows which
    // page submitted a form.
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
];

/// Returns a page as a response. `runtime::headers::harden` adds the headers that every response has.
pub(super) fn html(status: StatusCode, page: Markup) -> Response {
    (status, HEADERS, page.into_string()).into_response()
}

/// Returns whether the client accepts HTML. Browsers send `text/html` in `Accept` when they open a page. By default,
/// SDKs and HTTP libraries don't.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.any(|text| text.split([',', ';']).any(|kind| kind.trim() == "text/html"))
}
