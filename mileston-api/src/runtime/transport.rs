//! Sends a request and reads the answer: the only module that talks to the network.

use mileston_keys::BusinessId;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, ORIGIN};
use reqwest::{Method, Response, StatusCode, Url};

use crate::runtime::builder::Settings;
use crate::runtime::credentials::{self, SIGNATURE, Secrets};
use crate::runtime::error::{Answered, Error, ErrorKind};
use crate::runtime::operation::Operation;
use crate::runtime::redact::Redactor;
use crate::runtime::{HttpClient, HttpRequest};

/// The most that is kept of the body of an answer that is an error.
const ERROR_BODY_KEPT: usize = 64 * 1024;

/// What a client is made of. With the type of the credential forgotten, it is what a call holds.
pub(crate) struct Shared<K: ?Sized> {
    pub(crate) http: HttpClient,
    pub(crate) settings: Settings,
    pub(crate) business_id: Option<BusinessId>,
    pub(crate) key: K,
}

/// An answer with a status of success.
pub(crate) struct Success {
    status: StatusCode,
    headers: HeaderMap,
    /// `None` where the operation promises no body: then none is read.
    pub(crate) body: Option<Vec<u8>>,
    redactor: Redactor,
}

impl Success {
    /// Adds the answer to an error about its body.
    pub(crate) fn not_understood(self, error: Error) -> Error {
        let Success { status, headers, body, redactor } = self;
        error.without_secrets(&redactor).with_answer(answered(
            status,
            &headers,
            body.unwrap_or_default(),
            &redactor,
        ))
    }
}

/// Sends the request and reads a success to its end.
pub(crate) async fn send(
    shared: &Shared<dyn Secrets>,
    operation: &'static Operation,
    request: HttpRequest,
) -> Result<Success, Error> {
    let request = prepare(shared, operation, request)?;
    let redactor = redactor(&shared.key, &request);
    // Not `?`: what reqwest says may hold the URL.
    let mut response = match shared.http.execute(request).await {
        Ok(response) => response,
        Err(error) => return Err(not_answered(error)),
    };
    let status = response.status();
    if let Some(kind) = ErrorKind::of_status(status) {
        return Err(refused(kind, response, shared.settings.max_body, &redactor).await);
    }
    let headers = response.headers().clone();
    if operation.answer.is_none() {
        return Ok(Success { status, headers, body: None, redactor });
    }
    let (body, end) = read(&mut response, shared.settings.max_body).await;
    let success = Success { status, headers, body: Some(body), redactor };
    match end {
        Ok(()) => Ok(success),
        Err(error) => Err(success.not_understood(error)),
    }
}

/// Adds what every request has, and the credentials that the operation asks for. Pure.
pub(crate) fn prepare(
    shared: &Shared<dyn Secrets>,
    operation: &'static Operation,
    mut request: HttpRequest,
) -> Result<HttpRequest, Error> {
    let schemes = credentials::choose(operation, shared.key.kind())?;
    if !schemes.is_empty() {
        check_secret_way(&shared.settings, request.url())?;
    }
    let signed = schemes.contains(&"walletSignature");
    if request.body().is_none() && (signed || takes_body(request.method())) {
        *request.body_mut() = Some(EMPTY_PAYLOAD.into());
    }
    let bytes = match request.body() {
        None => &[],
        Some(body) => body.as_bytes().ok_or_else(|| {
            Error::new(ErrorKind::InvalidArgument).with_detail("a body that streams cannot be sent")
        })?,
    };
    let business_id = shared.business_id.as_ref();
    let credentials = credentials::headers(schemes, &shared.key, business_id, bytes)?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(origin) = &shared.settings.browser_origin {
        headers.insert(ORIGIN, origin.clone());
    }
    headers.extend(credentials);
    Ok(request)
}

/// What the vendor's SDK sends, and signs, where there is no payload.
///
/// It sends it with every GET and DELETE too. Here those get it only when they are signed, since then it is what the
/// signature is of; else a body with GET has no meaning, and some proxies refuse it. POST, PUT and PATCH always get
/// it: together with `Content-Type: application/json` some servers refuse an empty body.
const EMPTY_PAYLOAD: &str = "{}";

fn takes_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

/// A credential goes over https, or to the origin that was judged when the client was built.
fn check_secret_way(settings: &Settings, url: &Url) -> Result<(), Error> {
    let ours = match &settings.origin {
        Some(origin) => url.origin().ascii_serialization() == *origin,
        None => url.scheme() == "https",
    };
    if ours {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidOrigin)
        .with_detail("the request leads elsewhere than the client may send its key"))
}

/// Knows the key, the wallet secret, and the signature, which is good for a second request.
fn redactor(secrets: &dyn Secrets, request: &HttpRequest) -> Redactor {
    let signature = request.headers().get(SIGNATURE).and_then(|value| value.to_str().ok());
    Redactor::new([secrets.api_key(), secrets.wallet_secret(), signature].into_iter().flatten())
}

/// No answer began.
fn not_answered(error: reqwest::Error) -> Error {
    let error = error.without_url();
    let (kind, detail) = if error.is_builder() {
        (ErrorKind::InvalidArgument, Some("the request cannot be sent as it is"))
    } else if error.is_connect() && error.is_timeout() {
        (ErrorKind::Connect, Some("not in time"))
    } else if error.is_connect() {
        (ErrorKind::Connect, None)
    } else if error.is_timeout() {
        (ErrorKind::Timeout, None)
    } else {
        (ErrorKind::Interrupted, None)
    };
    let made = Error::new(kind).with_source(error);
    match detail {
        Some(detail) => made.with_detail(detail),
        None => made,
    }
}

/// An answer that is an error. Its status is what counts: a body that cannot be read is left out.
async fn refused(
    kind: ErrorKind,
    mut response: Response,
    max_body: usize,
    redactor: &Redactor,
) -> Error {
    let (status, headers) = (response.status(), response.headers().clone());
    let error = Error::new(kind);
    let error = match (kind, target(&response)) {
        (ErrorKind::Redirected(_), Some(target)) => {
            error.with_detail(format!("it leads to {}", redactor.text(&target)))
        }
        _ => error,
    };
    let (body, _) = read(&mut response, max_body.min(ERROR_BODY_KEPT)).await;
    error.with_answer(answered(status, &headers, body, redactor))
}

/// Scheme, host and port that a redirect leads to. Its path and query may hold anything.
fn target(response: &Response) -> Option<String> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    Some(response.url().join(location).ok()?.origin().ascii_serialization())
}

/// Reads at most `limit` bytes, and says why there are no more.
async fn read(response: &mut Response, limit: usize) -> (Vec<u8>, Result<(), Error>) {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit - body.len();
                if chunk.len() > room {
                    body.extend_from_slice(&chunk[..room]);
                    let too_large = Error::new(ErrorKind::BodyTooLarge);
                    return (
                        body,
                        Err(too_large.with_detail(format!("the limit is {limit} bytes"))),
                    );
                }
                body.extend_from_slice(&chunk);
            }
            Ok(None) => return (body, Ok(())),
            Err(error) => {
                let error = error.without_url();
                let timeout = error.is_timeout();
                let kind = if timeout { ErrorKind::Timeout } else { ErrorKind::BodyCut };
                return (body, Err(Error::new(kind).with_source(error)));
            }
        }
    }
}

/// What an error keeps of an answer, without secrets.
///
/// The platform's errors look like `{statusCode, message, error}`, with one message or a list of them.
pub(crate) fn answered(
    status: StatusCode,
    headers: &HeaderMap,
    body: Vec<u8>,
    redactor: &Redactor,
) -> Answered {
    let parsed: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let texts = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => vec![redactor.text(text)],
        serde_json::Value::Array(texts) => {
            texts.iter().filter_map(|text| text.as_str()).map(|text| redactor.text(text)).collect()
        }
        _ => Vec::new(),
    };
    let mut body = redactor.bytes(&body).into_owned();
    body.truncate(ERROR_BODY_KEPT);
    Answered {
        status,
        headers: redactor.headers(headers),
        body,
        messages: texts(&parsed["message"]),
        vendor_error: texts(&parsed["error"]).into_iter().next(),
    }
}

#[cfg(test)]
mod tests;
