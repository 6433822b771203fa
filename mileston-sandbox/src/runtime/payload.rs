//! The body of a successful response.

use axum::Json;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The body of a successful response: a value, or JSON that is written while it is sent.
#[derive(Debug)]
pub struct Payload<T>(Content<T>);

#[derive(Debug)]
enum Content<T> {
    Value(T),
    Written(Body),
}

impl<T> Payload<T> {
    /// Creates a body from a value's JSON. The JSON may be written while it is sent.
    pub fn written(json: Body) -> Self {
        Payload(Content::Written(json))
    }

    /// Returns the value, or `None` if the body contains only JSON.
    pub fn into_value(self) -> Option<T> {
        match self.0 {
            Content::Value(value) => Some(value),
            Content::Written(_) => None,
        }
    }
}

impl<T> From<T> for Payload<T> {
    fn from(value: T) -> Self {
        Payload(Content::Value(value))
    }
}

impl<T: Serialize> IntoResponse for Payload<T> {
    fn into_response(self) -> Response {
        match self.0 {
            Content::Value(value) => Json(value).into_response(),
            Content::Written(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        }
    }
}
