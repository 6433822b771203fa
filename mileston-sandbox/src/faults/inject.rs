//! Wraps the API operations and applies faults to requests.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::Operation;

use super::body::spoil;
use super::{Fault, FaultError, Faults};
use crate::runtime::{Reason, Refusal, Response, read_body};

/// The request header that selects a fault for this request. If a fault was applied, the response has this header too.
const HEADER: HeaderName = HeaderName::from_static("x-sandbox-fault");

/// The error page that a proxy sends when the server behind it is down.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// Marks a response that is never sent: the connection is reset instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hangup {
    /// The operation wasn't executed, and there is no response.
    Unanswered,
    /// The operation was executed, and this is its response.
    AnswerLost,
}

/// Applies the fault that the header or a rule requests.
pub(crate) async fn inject(
    State(faults): State<Arc<Faults>>,
    request: Request,
    next: Next,
) -> Response {
    let is_idle = !request.headers().contains_key(HEADER) && faults.are_none();
    let operation = if is_idle { None } else { operation_of(&request) };
    let Some(operation) = operation else { return next.run(request).await };
    match due(&faults, operation, request.headers()) {
        Ok(None) => next.run(request).await,
        Ok(Some(fault)) => note(fault, make(fault, request, next).await),
        Err(error) => Refusal::bad_request(format!("{HEADER}: {error}.")).into_response(),
    }
}

fn operation_of(request: &Request) -> Option<&'static Operation> {
    let path = request.extensions().get::<MatchedPath>()?.as_str();
    let mut operations = OPERATIONS.iter().copied();
    operations.find(|operation| operation.path == path && operation.method == *request.method())
}

/// Returns the fault for a call. The header takes precedence over rules.
fn due(
    faults: &Faults,
    operation: &'static Operation,
    headers: &HeaderMap,
) -> Result<Option<Fault>, FaultError> {
    match headers.get(HEADER) {
        Some(header) if faults.are_taken_by_header() => {
            header.to_str().map_err(|_| FaultError::Unknown)?.parse().map(Some)
        }
        _ => Ok(faults.decide(operation)),
    }
}

async fn make(fault: Fault, request: Request, next: Next) -> Response {
    if let Some(status) = fault.status() {
        take_in(request).await;
        return instead(fault, status);
    }
    match fault {
        Fault::Reset => {
            take_in(request).await;
            hang_up(Response::default(), Hangup::Unanswered)
        }
        Fault::AnswerLost => hang_up(next.run(request).await, Hangup::AnswerLost),
        Fault::Latency(latency) => {
            tokio::time::sleep(latency).await;
            next.run(request).await
        }
        _ => next.run(request).await.map(|body| spoil(fault, body)),
    }
}

/// Reads the request as usual, so that the request is logged and the client isn't cut off while sending.
async fn take_in(request: Request) {
    // The result is ignored, because the fault determines the response.
    let _ = read_body(request.into_body()).await;
}

fn instead(fault: Fault, status: StatusCode) -> Response {
    if status == StatusCode::BAD_GATEWAY {
        return (status, [(CONTENT_TYPE, "text/html")], BAD_GATEWAY).into_response();
    }
    let message = status.canonical_reason().unwrap_or_default();
    let mut response = Refusal::new(status, message).into_response();
    if let Fault::TooManyRequests { retry_after } = fault {
        response.headers_mut().insert(RETRY_AFTER, retry_after.into());
    }
    response
}

fn hang_up(mut response: Response, hangup: Hangup) -> Response {
    response.extensions_mut().insert(hangup);
    response
}

/// Records the fault in the log and in the response's headers.
fn note(fault: Fault, mut response: Response) -> Response {
    let mut reason = format!("fault: {}", fault.words());
    if fault.status().is_none()
        && let Some(Reason(text)) = response.extensions().get()
    {
        reason = format!("{reason}; {text}");
    }
    response.extensions_mut().insert(Reason(reason));
    if let Ok(value) = HeaderValue::from_str(&fault.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
