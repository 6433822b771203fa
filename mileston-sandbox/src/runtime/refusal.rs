//! Error responses in the platform's format. They have the same fields as NestJS's errors, in the same order.

use std::fmt;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use super::Response;

/// A rejected request: a status and the reason.
///
/// The body is `{"message": …, "error": …, "statusCode": …}`. The fields are in the same order as in the only error
/// response that the vendor's sources contain (`mileston-payment-client` 0.9.3, `dist/index.mjs`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    status: StatusCode,
    message: Message,
}

/// The message: one sentence, or a list with a sentence for each mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Message {
    One(String),
    Many(Vec<String>),
}

impl Refusal {
    /// Creates a refusal with this status and one sentence.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Refusal { status, message: Message::One(message.into()) }
    }

    /// Creates a refusal with status 400 and one sentence for each mistake.
    pub fn invalid(mistakes: impl IntoIterator<Item = String>) -> Self {
        let message = Message::Many(mistakes.into_iter().collect());
        Refusal { status: StatusCode::BAD_REQUEST, message }
    }

    /// Creates a refusal with status 400 and one sentence.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::BAD_REQUEST, message)
    }

    /// Creates a 401: the credentials aren't valid for the request.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::UNAUTHORIZED, message)
    }

    /// Creates a 404: the requested resource doesn't exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::NOT_FOUND, message)
    }

    /// Creates a 409: the state of the resource doesn't allow the request.
    pub fn conflict(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::CONFLICT, message)
    }

    /// Creates a 500: the sandbox itself failed.
    pub fn internal(message: impl Into<String>) -> Self {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    /// Returns the HTTP status, which the body repeats.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

/// Writes the messages, without the status.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Message::One(sentence) => f.write_str(sentence.trim_end_matches('.')),
            Message::Many(sentences) => f.write_str(&sentences.join("; ")),
        }
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Refusal", 3)?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("error", self.status.canonical_reason().unwrap_or("Error"))?;
        fields.serialize_field("statusCode", &self.status.as_u16())?;
        fields.end()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let reason = Reason(self.to_string());
        (self.status, Extension(reason), Json(self)).into_response()
    }
}

/// The reason for a refusal, attached to the response for the request log.
#[derive(Clone, Debug)]
pub(crate) struct Reason(pub(crate) String);

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(refusal: Refusal, expected: &str) {
        assert_eq!(serde_json::to_string(&refusal).unwrap(), expected);
    }

    #[test]
    fn fields_are_in_the_same_order_as_in_nestjs() {
        check(
            Refusal::bad_request("Still awaiting payment"),
            r#"{"message":"Still awaiting payment","error":"Bad Request","statusCode":400}"#,
        );
        check(
            Refusal::invalid(["one".to_owned(), "two".to_owned()]),
            r#"{"message":["one","two"],"error":"Bad Request","statusCode":400}"#,
        );
        check(
            Refusal::unauthorized("no"),
            r#"{"message":"no","error":"Unauthorized","statusCode":401}"#,
        );
        check(
            Refusal::not_found("Cannot GET /x"),
            r#"{"message":"Cannot GET /x","error":"Not Found","statusCode":404}"#,
        );
        check(
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "big"),
            r#"{"message":"big","error":"Payload Too Large","statusCode":413}"#,
        );
    }
}
