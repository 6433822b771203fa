//! Which operations a page in a browser may call, and how that is told to the browser.
//!
//! A Checkout key may be seen by everyone, so pages use it. A Normal key must never reach a browser: for an operation
//! that takes nothing else there is no header at all, and the browser refuses the page the call.

use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use mileston_api::catalogue;
use mileston_api::operation::{Location, Operation};
use mileston_keys::KeyKind;

use super::Response;
use super::requirement::Requirements;

/// Any page: no cookie goes along, and the key alone says who calls.
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");
/// What a page may read of an answer beside its body.
const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after");
/// How many seconds a browser may remember the answer to a preflight.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
/// Every request has it (wire contract of the vendor's SDKs), and a preflight is asked for it.
const CONTENT_TYPE: &str = "content-type";

/// Answers the preflights of browsers and lets pages read the answers of operations that are for them.
///
/// It goes around the router of the operations: which one is meant is known by the route that was found.
pub(crate) async fn share(request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let path = path.as_ref().map(MatchedPath::as_str).unwrap_or_default();
    if let Some(method) = preflight(request.method(), request.headers()) {
        if let Some(headers) = find(path, method).and_then(permission) {
            return (StatusCode::NO_CONTENT, headers).into_response();
        }
        return next.run(request).await;
    }
    let shared = find(path, request.method().as_str()).is_some_and(is_for_browsers);
    let mut response = next.run(request).await;
    if shared {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
        response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    response
}

/// The method that a preflight asks about. `None`: it is none.
fn preflight<'h>(method: &Method, headers: &'h HeaderMap) -> Option<&'h str> {
    if method != Method::OPTIONS || !headers.contains_key(ORIGIN) {
        return None;
    }
    headers.get(ACCESS_CONTROL_REQUEST_METHOD)?.to_str().ok()
}

fn find(path: &str, method: &str) -> Option<&'static Operation> {
    let mut operations = catalogue::OPERATIONS.iter().copied();
    operations.find(|operation| operation.path == path && operation.method.as_str() == method)
}

/// Whether it takes a Checkout key, or none.
fn is_for_browsers(operation: &Operation) -> bool {
    Requirements::of(operation.security)
        .is_some_and(|requirements| requirements.open || requirements.takes(KeyKind::Checkout))
}

/// The answer to a preflight. `None`: pages may not call this operation.
fn permission(operation: &Operation) -> Option<HeaderMap> {
    if !is_for_browsers(operation) {
        return None;
    }
    let mut headers = HeaderMap::new();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
    let method = HeaderValue::from_str(operation.method.as_str()).ok()?;
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method);
    let names = HeaderValue::from_str(&headers_of(operation).join(", ")).ok()?;
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names);
    headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    Some(headers)
}

/// The headers that a call of the operation has, in lower case and in the order of the alphabet.
fn headers_of(operation: &Operation) -> Vec<String> {
    let mut names = vec![CONTENT_TYPE.to_owned()];
    let schemes = operation.security.iter().copied().flatten();
    names.extend(schemes.filter_map(|name| {
        let scheme = catalogue::SECURITY_SCHEMES.iter().find(|scheme| scheme.name == *name)?;
        Some(scheme.header.to_owned())
    }));
    let parameters = operation.parameters.iter();
    let own = parameters.filter(|parameter| parameter.location == Location::Header);
    names.extend(own.map(|parameter| parameter.name.to_ascii_lowercase()));
    names.sort_unstable();
    names.dedup();
    names
}
