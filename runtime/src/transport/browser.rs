//! Implements the browser transport with `fetch`. All features that could send a request twice, or send a credential to
//! another server, are disabled. No other module sends requests with web-sys.
//!
//! The transport uses web-sys, not gloo-net, because web-sys can read a body piece by piece and adds no code itself.

mod abort;
mod failure;
mod request;
mod stream;

use http::{HeaderMap, HeaderValue, Method, StatusCode};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response, ResponseType};

use self::abort::AbortOnDrop;
use self::failure::no_response;
pub(crate) use self::stream::Incoming;
use super::body::Body;
use super::error::{TransportError, TransportErrorKind};
use crate::received::Received;

#[wasm_bindgen]
extern "C" {
    /// Calls the global `fetch` function of a page or worker.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn fetch(request: &Request) -> Result<Promise, JsValue>;
}

/// Sends requests with `fetch`.
#[derive(Clone, Copy)]
pub(crate) struct Sender;

/// Creates the transport.
pub(crate) fn sender() -> Sender {
    Sender
}

impl Sender {
    /// Sends a request. Omits an empty body. Reads the complete body into memory first, because few browsers support
    /// streamed request bodies.
    pub(super) async fn send(
        &self,
        method: &Method,
        url: &str,
        headers: HeaderMap,
        body: Body,
    ) -> Result<(StatusCode, Received, Incoming), TransportError> {
        let body = body.bytes().await?;
        let abort = AbortOnDrop::new()?;
        let request = request::request(method, url, &headers, &body, abort.signal())?;
        // The headers and the body are wiped before the client waits for the response, because the wait may be long.
        drop((headers, body));
        let (status, response) = respond(&request).await?;
        Ok((status, headers_of(&response), Incoming::new(&response, abort)))
    }

    /// Fetches a file from the page's own server.
    pub(crate) async fn get_own(
        &self,
        path: &str,
    ) -> Result<(StatusCode, Incoming), TransportError> {
        let abort = AbortOnDrop::new()?;
        let request = request::own(path, abort.signal())?;
        let (status, response) = respond(&request).await?;
        Ok((status, Incoming::new(&response, abort)))
    }
}

async fn respond(request: &Request) -> Result<(StatusCode, Response), TransportError> {
    let response = fetch(request).map_err(no_response)?;
    let response = JsFuture::from(response).await.map_err(no_response)?;
    let response: Response = response.dyn_into().map_err(no_response)?;
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(TransportError::new(TransportErrorKind::Redirected)
            .with_detail("the browser doesn't show the target"));
    }
    let status = StatusCode::from_u16(response.status()).map_err(|_| {
        TransportError::new(TransportErrorKind::Interrupted)
            .with_detail("the response's status is invalid")
    })?;
    Ok((status, response))
}

/// Returns the headers that the page may read. There are only a few unless the server sends
/// `Access-Control-Expose-Headers`.
fn headers_of(response: &Response) -> Received {
    let mut headers = Received::default();
    let entries = js_sys::try_iter(&response.headers()).ok().flatten();
    for entry in entries.into_iter().flatten().flatten() {
        let pair = Array::from(&entry);
        let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) else {
            continue;
        };
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.push(name, value);
        }
    }
    headers
}
