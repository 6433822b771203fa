//! How a page is sent: as HTML that may load from this sandbox alone and runs no script that stands in it.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use maud::Markup;

use crate::runtime::Response;

/// No inline script or style, no other host, no frame, no plugin: what is typed into a field stays text even if a
/// view forgot to escape it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 2] = [
    (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
];

/// A page as an answer. The headers that every answer has are added where all answers go out.
pub(super) fn html(status: StatusCode, page: Markup) -> Response {
    (status, HEADERS, page.into_string()).into_response()
}
