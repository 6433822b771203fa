//! Wraps the API and logs each request.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use mileston_api::catalogue;
use mileston_api::operation::Operation;

use super::tee::{Copied, tee};
use super::{Entry, RequestLog, ShownKey};
use crate::faults::Hangup;
use crate::runtime::{KEY_HEADER, Reason, Response};
use crate::store::Store;
use crate::text::{redact, redact_bytes};

/// The maximum length of a method in the log, in bytes.
const LONGEST_METHOD: usize = 64;
/// The maximum length of the path and query in the log, in bytes.
const LONGEST_TARGET: usize = 2 << 10;
/// The maximum length of a media type in the log, in bytes.
const LONGEST_MEDIA_TYPE: usize = 256;
/// The logged reason for a request without a response.
const GONE: &str = "the client disconnected before the response";
/// The maximum length of a reason in the log, in bytes.
const LONGEST_REASON: usize = 1 << 10;

/// The log, and the store whose clock provides the entries' timestamps.
#[derive(Clone)]
pub(crate) struct Recorder {
    pub(crate) log: Arc<RequestLog>,
    pub(crate) store: Arc<Store>,
}

/// Passes a request on and logs its result.
pub(crate) async fn record(
    State(recorder): State<Recorder>,
    request: Request,
    next: Next,
) -> Response {
    let entry = beginning(&recorder.store, &request);
    let (parts, body) = request.into_parts();
    let (body, copied) = tee(body);
    let mut recording =
        Recording { log: recorder.log, entry: Some(entry), copied, started: Instant::now() };
    let response = next.run(Request::from_parts(parts, body)).await;
    recording.ended_with(&response);
    response
}

/// A request in progress. Dropping this value logs the request, so a request is logged even if the client disconnects
/// before the response.
struct Recording {
    log: Arc<RequestLog>,
    entry: Option<Entry>,
    copied: Copied,
    started: Instant,
}

impl Recording {
    fn ended_with(&mut self, response: &Response) {
        let Some(entry) = &mut self.entry else { return };
        let hangup = response.extensions().get::<Hangup>();
        entry.status = Some(response.status()).filter(|_| hangup != Some(&Hangup::Unanswered));
        let reason = response.extensions().get::<Reason>();
        entry.reason = reason.map(|Reason(text)| redact(cut(text, LONGEST_REASON)));
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let Some(mut entry) = self.entry.take() else { return };
        let (body, is_cut) = self.copied.take();
        entry.body = redact_bytes(&body);
        entry.is_cut |= is_cut;
        entry.took = self.started.elapsed();
        self.log.add(entry);
    }
}

/// Creates the entry for a request that has no response yet.
fn beginning(store: &Store, request: &Request) -> Entry {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let kept = cut(target, LONGEST_TARGET);
    let method = cut(request.method().as_str(), LONGEST_METHOD);
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media_type = content_type.map(|it| cut(it, LONGEST_MEDIA_TYPE));
    Entry {
        number: 0,
        at: store.now().ok(),
        operation: path.and_then(|path| operation(path, request.method())),
        method: redact(method),
        target: redact(kept),
        key: ShownKey::of(key(request.headers())),
        content_type: media_type.map(redact),
        body: Vec::new(),
        is_cut: kept.len() < target.len()
            || method.len() < request.method().as_str().len()
            || media_type.map(str::len) < content_type.map(str::len),
        status: None,
        took: Duration::ZERO,
        reason: Some(GONE.to_owned()),
    }
}

fn operation(path: &str, method: &Method) -> Option<&'static Operation> {
    let mut operations = catalogue::OPERATIONS.iter().copied();
    operations.find(|operation| operation.path == path && operation.method == *method)
}

fn key(headers: &HeaderMap) -> Option<&str> {
    // A header value that isn't text isn't a key, but it must not be logged as a missing key.
    headers.get(KEY_HEADER).map(|value| value.to_str().unwrap_or_default())
}

/// Returns the start of a string, up to this length, without splitting a character.
fn cut(text: &str, longest: usize) -> &str {
    let end = (0..=longest.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}
