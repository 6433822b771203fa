//! JSON that may contain text from a client or an endpoint, made safe to show in a terminal.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Serialize;

use crate::runtime::{Refusal, Response};
use crate::text::to_json;

/// JSON in which control characters and invisible characters are escaped.
pub(super) struct PlainJson<T>(pub(super) T);

impl<T: Serialize> IntoResponse for PlainJson<T> {
    fn into_response(self) -> Response {
        match to_json(&self.0) {
            Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
            Err(error) => {
                Refusal::internal(format!("The response can't be written as JSON: {error}."))
                    .into_response()
            }
        }
    }
}
