//! Converts an operation's successful result into an HTTP response.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use super::Payload;

/// An HTTP response.
pub type Response = ::axum::response::Response;

/// Returns a response with this status and a JSON body. The generated handlers call this function.
pub fn respond<T: Serialize>(status: StatusCode, body: Payload<T>) -> Response {
    (status, body).into_response()
}
