//! Converts the result of an operation, successful or not, into an HTTP response.

use std::future::Future;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;

use super::{Payload, Refusal};

/// An HTTP response.
pub type Response = ::axum::response::Response;

/// A successful result: an HTTP status and a value for the JSON body.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    body: Payload<T>,
}

impl<T> Answer<T> {
    /// Creates a 200, or the status that the document declares.
    pub fn ok(body: impl Into<Payload<T>>) -> Self {
        Answer { status: StatusCode::OK, body: body.into() }
    }

    /// Creates a 201 if the document allows it.
    pub fn created(body: impl Into<Payload<T>>) -> Self {
        Answer { status: StatusCode::CREATED, body: body.into() }
    }

    /// Returns the value for the body, for callers that don't use HTTP, or `None` if it is written while it is sent.
    pub fn into_body(self) -> Option<T> {
        self.body.into_value()
    }
}

/// Runs an operation and returns its response. `declared` contains the document's success statuses; it is empty if the
/// document leaves them open (`2XX`).
pub async fn respond<T: Serialize>(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<T>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(answer) => (status(declared, answer.status), answer.body).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Runs an operation whose document declares no content, such as a 204, and returns a response without a body.
pub async fn respond_empty(
    declared: &[u16],
    outcome: impl Future<Output = Result<Answer<()>, Refusal>>,
) -> Response {
    match outcome.await {
        Ok(answer) => status(declared, answer.status).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Returns the operation's own status if the document allows it, otherwise the first that the document declares.
fn status(declared: &[u16], own: StatusCode) -> StatusCode {
    if declared.contains(&own.as_u16()) {
        return own;
    }
    let first = declared.first().and_then(|first| StatusCode::from_u16(*first).ok());
    first.unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::{Answer, Response, respond, respond_empty};

    async fn read(response: Response) -> (u16, String) {
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 64).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_success_has_a_status_that_the_document_declares() {
        for (declared, answer, expected) in [
            (&[][..], Answer::ok(7), 200),
            (&[], Answer::created(7), 201),
            (&[202], Answer::ok(7), 202),
            (&[202], Answer::created(7), 202),
            (&[201], Answer::ok(7), 201),
            (&[201, 200], Answer::ok(7), 200),
        ] {
            let response = respond(declared, async { Ok(answer) }).await;
            assert_eq!(read(response).await, (expected, "7".to_owned()), "{declared:?}");
        }
    }

    #[tokio::test]
    async fn a_success_without_content_has_no_body() {
        for (declared, expected) in [(&[204][..], 204), (&[200], 200), (&[], 200)] {
            let response = respond_empty(declared, async { Ok(Answer::ok(())) }).await;
            assert_eq!(read(response).await, (expected, String::new()), "{declared:?}");
        }
    }
}
