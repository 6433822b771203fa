//! Sends a request and reads the answer: the only module that talks to the network.

use std::pin::pin;
use std::time::SystemTime;

use mileston_keys::BusinessId;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, ORIGIN};
use reqwest::{Method, Response, StatusCode, Url};

use crate::json::Unexpected;
use crate::runtime::builder::Settings;
use crate::runtime::credentials::{self, Ready, SIGNATURE, Secrets};
use crate::runtime::error::{Answered, Error, ErrorKind};
use crate::runtime::operation::Operation;
use crate::runtime::options::Options;
use crate::runtime::redact::Redactor;
use crate::runtime::report::Report;
use crate::runtime::retry::{Budget, retry_after};
use crate::runtime::timer::Timer;
use crate::runtime::{HttpClient, HttpRequest};

/// The most that is kept of the body of an answer that is an error.
const ERROR_BODY_KEPT: usize = 64 * 1024;

/// At most so much is allocated for a body before any of it has come.
const FIRST_ALLOCATION: usize = 64 * 1024;

/// What a client is made of. With the type of the credential forgotten, it is what a call holds.
pub(crate) struct Shared<K: ?Sized> {
    pub(crate) http: HttpClient,
    pub(crate) settings: Settings,
    /// One for all clones.
    pub(crate) budget: Budget,
    pub(crate) business_id: Option<BusinessId>,
    pub(crate) ready: Ready,
    pub(crate) key: K,
}

impl<K: Secrets> Shared<K> {
    pub(crate) fn new(
        http: HttpClient,
        settings: Settings,
        business_id: Option<BusinessId>,
        key: K,
    ) -> Self {
        let ready = Ready::new(&key, business_id.as_ref());
        Shared { http, budget: settings.budget(), settings, business_id, ready, key }
    }
}

/// An answer with a status of success.
pub(crate) struct Success {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// `None` where the operation promises no body: then none is read.
    pub(crate) body: Option<Vec<u8>>,
    /// What of the body was not of the documented form.
    pub(crate) unexpected: Vec<Unexpected>,
}

impl Success {
    /// Adds the answer to an error about its body.
    pub(crate) fn not_understood(self, error: Error, prepared: &Prepared<'_>) -> Error {
        let Success { status, headers, body, .. } = self;
        let redactor = prepared.redactor();
        let answer = answered(status, &headers, body.unwrap_or_default(), &redactor);
        error.without_secrets(&redactor).with_answer(answer)
    }
}

/// Sends a request that was prepared, once, and reads a success to its end.
///
/// What is sent is a copy: reqwest does not give a request back, and another attempt may follow.
pub(crate) async fn send(prepared: &Prepared<'_>, mut timer: Timer<'_>) -> Result<Success, Error> {
    let settings = &prepared.shared.settings;
    let sending = prepared.shared.http.execute(copy(prepared.request)?);
    // Not `?`: what reqwest says may hold the URL.
    let mut response = match timer.bound(pin!(sending)).await {
        Some(Ok(response)) => response,
        Some(Err(error)) => return Err(not_answered(error, prepared.request.url().scheme())),
        None => return Err(Error::new(ErrorKind::Timeout)),
    };
    let status = response.status();
    if let Some(kind) = ErrorKind::of_status(status) {
        // In a box, so that the call is no larger for those that succeed.
        return Err(Box::pin(refused(kind, response, prepared, timer)).await);
    }
    if prepared.operation.answer.is_none() {
        let headers = std::mem::take(response.headers_mut());
        return Ok(Success { status, headers, body: None, unexpected: Vec::new() });
    }
    let (body, end) = read(&mut response, settings.max_body, timer).await;
    let headers = std::mem::take(response.headers_mut());
    let success = Success { status, headers, body: Some(body), unexpected: Vec::new() };
    match end {
        Ok(()) => Ok(success),
        Err(error) => Err(success.not_understood(error, prepared)),
    }
}

/// The request once more, for an attempt.
///
/// Not by `try_clone`, which sets up a map for a limit of time that no request of this crate has. They have no
/// extensions and no version of their own either.
fn copy(request: &HttpRequest) -> Result<HttpRequest, Error> {
    let mut copy = HttpRequest::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    if let Some(body) = request.body() {
        let bytes = body.as_bytes().ok_or_else(streams)?;
        *copy.body_mut() = Some(bytes.to_vec().into());
    }
    Ok(copy)
}

/// Adds what every request has, and the credentials that the operation asks for. Pure.
pub(crate) fn prepare(
    shared: &Shared<dyn Secrets>,
    operation: &'static Operation,
    options: Option<&Options>,
    request: &mut HttpRequest,
) -> Result<(), Error> {
    let schemes = credentials::choose(operation, shared.key.kind())?;
    if !schemes.is_empty() {
        check_secret_way(&shared.settings, request.url())?;
    }
    let signed = schemes.contains(&"walletSignature");
    if request.body().is_none() && (signed || takes_body(request.method())) {
        *request.body_mut() = Some(EMPTY_PAYLOAD.into());
    }
    if let Some(options) = options {
        options.apply(request)?;
    }
    let bytes = match request.body() {
        None => &[],
        Some(body) => body.as_bytes().ok_or_else(streams)?,
    };
    let signature = credentials::signature(schemes, &shared.key, bytes)?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json"));
    if let Some(origin) = &shared.settings.browser_origin {
        // What was set for the call goes first.
        headers.entry(ORIGIN).or_insert_with(|| origin.clone());
    }
    credentials::insert(schemes, &shared.ready, signature, headers)
}

fn streams() -> Error {
    Error::new(ErrorKind::InvalidArgument).with_detail("a body that streams cannot be sent")
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
        // A URL is written with a slash behind its origin, so `http://host:1` is no beginning of `http://host:12`.
        Some(origin) => {
            url.as_str().strip_prefix(origin.as_str()).is_some_and(|rest| rest.starts_with('/'))
        }
        None => url.scheme() == "https",
    };
    if ours {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidOrigin)
        .with_detail("the request leads elsewhere than the client may send its key"))
}

/// A request that was prepared, and whose credentials it carries.
#[derive(Clone, Copy)]
pub(crate) struct Prepared<'a> {
    pub(crate) shared: &'a Shared<dyn Secrets>,
    pub(crate) operation: &'static Operation,
    pub(crate) request: &'a HttpRequest,
}

impl Prepared<'_> {
    /// Made only when it is needed, so that a call that succeeds makes no copy of a secret.
    pub(crate) fn redactor(&self) -> Redactor {
        let secrets = &self.shared.key;
        // A signature is good for a second request, so it is a secret too.
        let signature = self.request.headers().get(SIGNATURE).and_then(|value| value.to_str().ok());
        let others = [secrets.wallet_secret(), signature];
        Redactor::new(others.into_iter().flatten()).with_key(secrets.api_key())
    }
}

/// No answer began.
fn not_answered(error: reqwest::Error, scheme: &str) -> Error {
    let error = error.without_url();
    let (kind, detail) = if error.is_builder() {
        (ErrorKind::InvalidArgument, Some("the request cannot be sent as it is"))
    } else if error.is_connect() && error.is_timeout() {
        (ErrorKind::Connect, Some("not in time"))
    } else if error.is_connect() {
        (ErrorKind::Connect, likely_cause(&error))
    } else if error.is_timeout() {
        (ErrorKind::Timeout, None)
    } else {
        let cause = likely_cause(&error).filter(|_| scheme == "http");
        (ErrorKind::Interrupted, cause)
    };
    let made = Error::new(kind).with_source(error);
    match detail {
        Some(detail) => made.with_detail(detail),
        None => made,
    }
}

/// What the texts of an error's sources point to. reqwest has no type for any of these.
const CAUSES: [(&[&str], &str); 5] = [
    (
        &["InvalidContentType", "wrong version number", "packet length too long"],
        "the server doesn't speak TLS; is it an `http://` address?",
    ),
    (
        &["handshake eof", "unexpected EOF during handshake"],
        "the server broke off the TLS handshake; does the port speak plain HTTP?",
    ),
    (&["certificate"], "the server's TLS certificate was not accepted"),
    (&["dns error"], "the host name was not found"),
    (&["invalid HTTP"], "the server doesn't speak plain HTTP; is it an `https://` address?"),
];

fn likely_cause(error: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    let mut texts = std::iter::successors(Some(error), |error| error.source())
        .map(|error| format!("{error} {error:?}"));
    texts.find_map(|text| {
        let fits = |(signs, _): &&(&[&str], _)| signs.iter().any(|sign| text.contains(sign));
        CAUSES.iter().find(fits).map(|(_, cause)| *cause)
    })
}

/// An answer that is an error. Its status is what counts: a body that cannot be read is left out.
async fn refused(
    kind: ErrorKind,
    mut response: Response,
    prepared: &Prepared<'_>,
    timer: Timer<'_>,
) -> Error {
    let redactor = prepared.redactor();
    let (status, headers) = (response.status(), response.headers().clone());
    let error = Error::new(kind);
    let error = match (kind, target(&response, &redactor)) {
        (ErrorKind::Redirected(_), Some(target)) => {
            error.with_detail(format!("it leads to {target}"))
        }
        _ => error,
    };
    let limit = prepared.shared.settings.max_body.min(ERROR_BODY_KEPT);
    let (body, _) = read(&mut response, limit, timer).await;
    error.with_answer(answered(status, &headers, body, &redactor))
}

/// Scheme, host and port that a redirect leads to. Its path and query may hold anything.
fn target(response: &Response, redactor: &Redactor) -> Option<String> {
    // Before it is parsed, which would write a key in a host in lower case. The mark cannot be in a host.
    let location = redactor.text(response.headers().get(LOCATION)?.to_str().ok()?);
    Some(response.url().join(&location).ok()?.origin().ascii_serialization())
}

/// Reads at most `limit` bytes, and says why there are no more.
async fn read(
    response: &mut Response,
    limit: usize,
    mut timer: Timer<'_>,
) -> (Vec<u8>, Result<(), Error>) {
    // The length that is promised, within reason: it is the other side's word.
    let promised = response.content_length();
    let promised = promised.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let mut body = Vec::with_capacity(promised.min(limit).min(FIRST_ALLOCATION));
    loop {
        match timer.bound(pin!(response.chunk())).await {
            Some(Ok(Some(chunk))) => {
                let room = limit - body.len();
                if chunk.len() > room {
                    body.extend_from_slice(&chunk[..room]);
                    let too_large = Error::new(ErrorKind::BodyTooLarge);
                    return (
                        body,
                        Err(too_large.with_detail(format!("the limit is {limit} bytes"))),
                    );
                }
                grow(&mut body, chunk.len(), promised, limit);
                body.extend_from_slice(&chunk);
            }
            Some(Ok(None)) => return (body, Ok(())),
            None => return (body, Err(Error::new(ErrorKind::Timeout))),
            Some(Err(error)) => {
                let error = error.without_url();
                let timeout = error.is_timeout();
                let kind = if timeout { ErrorKind::Timeout } else { ErrorKind::BodyCut };
                return (body, Err(Error::new(kind).with_source(error)));
            }
        }
    }
}

/// Makes room. By half, and no further than the body is promised to go: doubling a large body holds three times of it
/// while it is moved.
fn grow(body: &mut Vec<u8>, more: usize, promised: usize, limit: usize) {
    let needed = body.len() + more;
    if needed > body.capacity() {
        let wanted = body.capacity() + body.capacity() / 2;
        let wanted = if needed <= promised { wanted.min(promised) } else { wanted };
        let wanted = wanted.min(limit).max(needed);
        body.reserve_exact(wanted - body.len());
    }
}

/// What an error keeps of an answer, without secrets.
///
/// It is cut first: of a huge body no more than its start is looked at.
pub(crate) fn answered(
    status: StatusCode,
    headers: &HeaderMap,
    mut body: Vec<u8>,
    redactor: &Redactor,
) -> Answered {
    // Before the search, which takes several times the room; a credential that is cut is found as well.
    body.truncate(ERROR_BODY_KEPT);
    body.shrink_to_fit();
    let report = Report::read(start_of_text(&body), &[]);
    let mut body = redactor.bytes(&body).into_owned();
    body.truncate(ERROR_BODY_KEPT);
    Answered {
        status,
        headers: redactor.headers(headers),
        body,
        messages: report.messages.iter().map(|text| redactor.text(text)).collect(),
        vendor_error: report.error.map(|text| redactor.text(&text)),
        retry_after: retry_after(headers, SystemTime::now()),
    }
}

/// Up to the first byte that is not UTF-8, which may be where the body was cut.
fn start_of_text(body: &[u8]) -> &str {
    let text = body.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests;
