//! Creates a request for `fetch`.

use http::{HeaderMap, HeaderValue, Method};
use js_sys::Uint8Array;
use web_sys::{
    AbortSignal, Headers, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit,
    RequestMode, RequestRedirect,
};

use super::failure::unsendable;
use crate::transport::error::TransportError;

pub(super) fn request(
    method: &Method,
    url: &str,
    headers: &HeaderMap,
    body: &[u8],
    signal: Option<AbortSignal>,
) -> Result<Request, TransportError> {
    // The browser's own message is left out of the error, because it may contain part of the URL.
    let invalid = |_| unsendable("the browser doesn't accept the request");
    let init = RequestInit::new();
    init.set_method(method.as_str());
    init.set_headers(js_headers(headers)?.as_ref());
    if !body.is_empty() {
        init.set_body(&Uint8Array::from(body));
    }
    init.set_signal(signal.as_ref());
    // A redirect could send the headers with the credential to any host.
    init.set_redirect(RequestRedirect::Manual);
    // The browser's cookies aren't needed, because the credential is in the headers.
    init.set_credentials(RequestCredentials::Omit);
    // No `Referer` is sent, because a page's URL may contain an order id.
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_mode(RequestMode::Cors);
    // No cached response is used, because a cached payment status could be out of date.
    init.set_cache(RequestCache::NoStore);
    let request = Request::new_with_str_and_init(url, &init).map_err(invalid)?;
    check_complete(&request, headers)?;
    Ok(request)
}

/// Creates a request to the page's own server.
pub(super) fn own(path: &str, signal: Option<AbortSignal>) -> Result<Request, TransportError> {
    let init = RequestInit::new();
    init.set_signal(signal.as_ref());
    init.set_redirect(RequestRedirect::Manual);
    init.set_mode(RequestMode::SameOrigin);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_cache(RequestCache::NoStore);
    Request::new_with_str_and_init(path, &init)
        .map_err(|_| unsendable("the path isn't on the page's own server"))
}

fn js_headers(headers: &HeaderMap) -> Result<Headers, TransportError> {
    let invalid = |_| unsendable("the browser doesn't accept one of the request's headers");
    let made = Headers::new().map_err(invalid)?;
    for (name, value) in headers {
        made.append(name.as_str(), &byte_string(value)).map_err(invalid)?;
    }
    Ok(made)
}

/// Converts each byte of a header to a character, as browsers expect.
fn byte_string(value: &HeaderValue) -> String {
    value.as_bytes().iter().copied().map(char::from).collect()
}

/// Checks that the browser kept all headers. A browser silently drops headers that a page must not set, such as
/// `Cookie`, and such a header may contain a credential.
fn check_complete(request: &Request, headers: &HeaderMap) -> Result<(), TransportError> {
    let kept = request.headers();
    match headers.keys().all(|name| kept.has(name.as_str()).unwrap_or(false)) {
        true => Ok(()),
        false => Err(unsendable(
            "the request has a header that browsers don't allow a page to set (such as `Cookie`, `Host` or `Origin`)",
        )),
    }
}
