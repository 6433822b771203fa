//! What a browser discloses about a request that failed.

use js_sys::{Error, Reflect};
use wasm_bindgen::prelude::*;

use crate::transport::error::{TransportError, TransportErrorKind};

pub(super) fn unsendable(detail: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Unsendable).with_detail(detail)
}

pub(super) fn interrupted() -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted)
}

/// Turns what `fetch` threw into an error. Its message isn't kept, because it may contain the URL.
pub(super) fn no_response(thrown: JsValue) -> TransportError {
    let message = thrown.dyn_ref::<Error>().map(|error| String::from(error.message()));
    let detail = detail(message.as_deref().unwrap_or_default(), is_offline());
    TransportError::new(TransportErrorKind::NoResponse).with_detail(detail)
}

fn detail(message: &str, is_offline: bool) -> &'static str {
    if message.contains("Content Security Policy") {
        return "the page's Content-Security-Policy blocks it; add the origin to `connect-src`";
    }
    match is_offline {
        true => "the browser may be offline",
        false => {
            "the browser doesn't say why; the host may be unreachable, or the server's CORS headers, the page's \
             Content-Security-Policy or an extension may block the request; the developer tools' console shows which"
        }
    }
}

/// Returns whether the browser knows that it has no network. If it thinks that it has one, it may be wrong.
fn is_offline() -> bool {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let navigator = get(&js_sys::global(), "navigator");
    let online = navigator.filter(|it| it.is_object()).and_then(|it| get(&it, "onLine"));
    online.is_some_and(|online| online == JsValue::FALSE)
}
