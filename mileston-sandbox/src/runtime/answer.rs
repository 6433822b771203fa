//! How an operation ends: with an answer or a refusal, made into a response of HTTP.

use std::future::Future;

use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use super::Refusal;

/// A response of HTTP.
pub type Response = ::axum::response::Response;

/// A successful answer: a status of HTTP and what goes into the body as JSON.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    status: StatusCode,
    body: T,
}

impl<T> Answer<T> {
    /// 200.
    pub fn ok(body: T) -> Self {
        Answer { status: StatusCode::OK, body }
    }

    /// 201.
    pub fn created(body: T) -> Self {
        Answer { status: StatusCode::CREATED, body }
    }

    /// What goes into the body: for whoever calls an operation without HTTP.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Runs an operation and writes down how it ended.
pub async fn respond<T: Serialize>(
    outcome: impl Future<Output = Result<Answer<T>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(answer) => (answer.status, Json(answer.body)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}
