//! The headers of a page: HTML that may load only from this sandbox and runs no inline script.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use maud::Markup;

use crate::runtime::Response;

/// No inline script or style, no other host, no frame, no plugin: what a user types into a field stays text even if a
/// view forgets to escape it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 2] = [
    (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
];

/// Returns a page as a response. The headers that every response has are added where all responses are sent.
pub(super) fn html(status: StatusCode, page: Markup) -> Response {
    (status, HEADERS, page.into_string()).into_response()
}
