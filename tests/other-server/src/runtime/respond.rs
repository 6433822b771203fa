//! Responses of operations.

use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use super::{Answer, Refusal, Response};

/// Runs an operation and returns its response, with the first status that the document declares for a success.
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

/// None are declared where the document has `2XX`.
fn status(declared: &[u16]) -> StatusCode {
    let first = declared.first().and_then(|first| StatusCode::from_u16(*first).ok());
    first.unwrap_or(StatusCode::OK)
}
