//! Describes what a browser reports about a failed request.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use crate::transport::error::{TransportError, TransportErrorKind};

pub(super) fn unsendable(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Unsendable).with_detail(detail)
}

pub(super) fn interrupted() -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted)
}

/// Turns an exception from `fetch` into an error. Drops the exception's message, because the message is the same for
/// every cause and may contain the URL.
pub(super) fn no_response(_: JsValue) -> TransportError {
    let detail = match is_offline() {
        true => "the browser may be offline",
        false => {
            "browsers don't report the reason; the host may be unreachable, or the server's CORS headers, the \
             page's Content-Security-Policy or an extension may block the request; see the browser's developer console"
        }
    };
    TransportError::new(TransportErrorKind::NoResponse).with_detail(detail)
}

/// Returns whether the browser reports that it is offline. A browser may report that it is online when it isn't.
fn is_offline() -> bool {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let navigator = get(&js_sys::global(), "navigator");
    let online = navigator.filter(|it| it.is_object()).and_then(|it| get(&it, "onLine"));
    online.is_some_and(|online| online == JsValue::FALSE)
}
