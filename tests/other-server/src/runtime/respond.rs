//! Sends the responses of operations.

use std::future::{Ready, ready};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;

use super::items::{self, Event, Items};
use super::{Answer, Refusal, Response};

/// Runs an operation and returns its response, with the first success status that the document declares.
pub async fn respond<T: Serialize>(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<T>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(Answer(body)) => (status(declared), Json(body)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Runs an operation whose document declares no content, and returns a response without a body.
pub async fn respond_empty(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<()>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(Answer(())) => status(declared).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Responds like [`respond`], with a different JSON media type.
pub async fn respond_as<T: Serialize>(
    media_type: &'static str,
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<T>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(Answer(body)) => {
            (status(declared), [(CONTENT_TYPE, media_type)], Json(body)).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// Responds like [`respond`], with text in this media type.
pub async fn respond_text(
    media_type: &'static str,
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<String>, Refusal>>,
) -> Response {
    // The default of `text/plain` is ASCII.
    let media_type = match media_type.contains(';') {
        true => media_type.to_owned(),
        false => format!("{media_type}; charset=utf-8"),
    };
    send(&media_type, declared, outcome, Body::from).await
}

/// Responds like [`respond`], with bytes in this media type.
pub async fn respond_bytes(
    media_type: &'static str,
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<Bytes>, Refusal>>,
) -> Response {
    send(media_type, declared, outcome, Body::from).await
}

/// Responds like [`respond`], with server-sent events that contain JSON.
pub async fn respond_events<T: Serialize + 'static>(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<Items<Event<T>>>, Refusal>>,
) -> Response {
    send(EVENTS, declared, outcome, |items| items.into_body(items::json_event)).await
}

/// Responds like [`respond`], with server-sent events that contain text.
pub async fn respond_text_events(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<Items<Event<String>>>, Refusal>>,
) -> Response {
    send(EVENTS, declared, outcome, |items| items.into_body(items::text_event)).await
}

/// Responds like [`respond`], with JSON lines.
pub async fn respond_lines<T: Serialize + 'static>(
    media_type: &'static str,
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<Items<T>>, Refusal>>,
) -> Response {
    send(media_type, declared, outcome, |items| items.into_body(items::line)).await
}

/// Runs an operation whose success response may have no body. Without a body, the status is the first in the list, or 204.
/// With a body, `respond` sends the response.
pub async fn respond_optional<T, F: Future<Output = Response>>(
    empty: &[u16],
    outcome: impl Future<Output = Result<Answer<Option<T>>, Refusal>>,
    respond: impl FnOnce(Ready<Result<Answer<T>, Refusal>>) -> F,
) -> Response {
    match outcome.await {
        Ok(Answer(Some(body))) => respond(ready(Ok(Answer(body)))).await,
        Ok(Answer(None)) if empty.is_empty() => StatusCode::NO_CONTENT.into_response(),
        Ok(Answer(None)) => status(empty).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

const EVENTS: &str = "text/event-stream";

async fn send<T>(
    media_type: &str,
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<T>, Refusal>>,
    body: impl FnOnce(T) -> Body,
) -> Response {
    match outcome.await {
        Ok(Answer(value)) => {
            (status(declared), [(CONTENT_TYPE, media_type)], body(value)).into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// Returns the first declared status. There is none if the document has `2XX`.
fn status(declared: &[u16]) -> StatusCode {
    let first = declared.first().and_then(|first| StatusCode::from_u16(*first).ok());
    first.unwrap_or(StatusCode::OK)
}
