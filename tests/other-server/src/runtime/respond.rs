//! Creates the responses of operations. The generated handlers pass the status that the document
//! declares.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;

use super::Response;
use super::items::{self, Event, Items};

/// Returns a response with a JSON body.
pub fn respond<T: Serialize>(status: StatusCode, body: T) -> Response {
    (status, Json(body)).into_response()
}

/// Returns a response without a body.
#[must_use]
pub fn respond_empty(status: StatusCode) -> Response {
    status.into_response()
}

/// Returns a JSON response with this media type.
pub fn respond_as<T: Serialize>(media_type: &'static str, status: StatusCode, body: T) -> Response {
    (status, [(CONTENT_TYPE, media_type)], Json(body)).into_response()
}

/// Returns a text response with this media type.
#[must_use]
pub fn respond_text(media_type: &'static str, status: StatusCode, body: String) -> Response {
    // The default charset of `text/plain` is ASCII.
    let media_type = match media_type.contains(';') {
        true => media_type.to_owned(),
        false => format!("{media_type}; charset=utf-8"),
    };
    send(&media_type, status, Body::from(body))
}

/// Returns a response with these bytes and this media type.
#[must_use]
pub fn respond_bytes(media_type: &'static str, status: StatusCode, body: Bytes) -> Response {
    send(media_type, status, Body::from(body))
}

/// Returns a response with server-sent events that contain JSON.
#[must_use]
pub fn respond_events<T: Serialize + 'static>(
    status: StatusCode,
    body: Items<Event<T>>,
) -> Response {
    send(EVENTS, status, body.into_body(items::json_event))
}

/// Returns a response with server-sent events that contain text.
#[must_use]
pub fn respond_text_events(status: StatusCode, body: Items<Event<String>>) -> Response {
    send(EVENTS, status, body.into_body(items::text_event))
}

/// Returns a response with JSON lines.
#[must_use]
pub fn respond_lines<T: Serialize + 'static>(
    media_type: &'static str,
    status: StatusCode,
    body: Items<T>,
) -> Response {
    send(media_type, status, body.into_body(items::line))
}

const EVENTS: &str = "text/event-stream";

fn send(media_type: &str, status: StatusCode, body: Body) -> Response {
    (status, [(CONTENT_TYPE, media_type)], body).into_response()
}
