//! CORS: decides which operations a page in a browser may call.
//!
//! A Checkout key is public, so pages may use it. A Normal key must never reach a browser. If an operation accepts
//! only a Normal key, its responses have no CORS headers, so browsers block the call.

mod openness;
mod preflight;

use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, VARY,
};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use mileston_api::operation::{Location, Operation};

use self::openness::{credentials_of, find, is_for_browsers, methods_of};
use self::preflight::Preflight;
use super::{Reason, Response};

/// Allows pages from any origin, because no cookies are used: only the key identifies the caller.
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");
/// The response headers that a page may read.
const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after");
/// The number of seconds that a browser may cache the response to a preflight.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
/// The vendor's SDKs send this header with every request, and the header triggers a preflight.
const CONTENT_TYPE: &str = "content-type";

/// Responds to preflights, and allows pages to read the responses of the operations that pages may call.
///
/// This middleware must be a layer of the operations' router, because the matched route identifies the operation.
pub(crate) async fn share(request: Request, next: Next) -> Response {
    let path = path_of(request.extensions());
    let Some(preflight) = Preflight::of(request.method(), request.headers()) else {
        let shared = find(&path, request.method().as_str()).is_some_and(is_for_browsers);
        let mut response = next.run(request).await;
        if shared {
            response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
            response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
        return response;
    };
    let granted =
        preflight.operation(&path).and_then(|operation| permission(operation, &preflight));
    match granted {
        Ok(response) => response,
        Err(reason) => {
            let mut response = next.run(request).await;
            // The body says only that the route doesn't exist, like an error from the platform's framework. The log
            // gets the reason.
            if response.status() == StatusCode::NOT_FOUND {
                response.extensions_mut().insert(reason);
            }
            response
        }
    }
}

fn path_of(extensions: &Extensions) -> String {
    extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default()
}

/// Returns the response to a preflight, or the reason why pages may not call this operation. The response allows only
/// headers that pages may send. If a page asks to send another header, the browser shows the developer an error that
/// names the header, and the log contains the reason.
fn permission(operation: &'static Operation, preflight: &Preflight) -> Result<Response, Reason> {
    let (granted, withheld) = preflight.headers(headers_of(operation));
    let list = |names: &[String]| HeaderValue::from_str(&names.join(", "));
    let methods: Vec<_> = methods_of(operation.path).into_iter().map(str::to_owned).collect();
    let (Ok(methods), Ok(names)) = (list(&methods), list(&granted)) else {
        return Err(preflight.refusal("its headers can't be sent back"));
    };
    let mut headers = HeaderMap::new();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, names);
    headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    headers.insert(VARY, HeaderValue::from(ACCESS_CONTROL_REQUEST_HEADERS));
    let mut response = (StatusCode::NO_CONTENT, headers).into_response();
    if let Some(reason) = withheld {
        response.extensions_mut().insert(reason);
    }
    Ok(response)
}

/// Returns the headers of a call to the operation, in lower case.
fn headers_of(operation: &Operation) -> Vec<String> {
    let mut names = vec![CONTENT_TYPE.to_owned()];
    names.extend(credentials_of(operation).map(str::to_owned));
    let parameters = operation.parameters.iter();
    let own = parameters.filter(|parameter| parameter.location == Location::Header);
    names.extend(own.map(|parameter| parameter.name.to_ascii_lowercase()));
    names
}
