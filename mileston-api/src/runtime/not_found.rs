//! Whether the platform itself says that it has no such thing. Pure, but for the error that it looks at.

use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;

use crate::runtime::error::{Error, ErrorKind};

impl Error {
    /// Whether the platform itself says that it has nothing under this id: 404 in the shape of the platform's own
    /// errors, `{"statusCode": 404, "message": …}`.
    ///
    /// A 404 alone doesn't say it. A proxy answers 404 with a page of its own, and the platform says `Cannot GET /…` of a
    /// path that it doesn't serve: then nothing is known about the record.
    ///
    /// The shape is that of the one error body that is known (`mileston-payment-client` 0.9.3, `dist/index.mjs`).
    ///
    /// ```
    /// use mileston_api::Error;
    ///
    /// fn next_step(error: &Error) -> &'static str {
    ///     if error.is_not_found() { "it does not exist" } else { "nothing is known: ask again" }
    /// }
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::Refused(StatusCode::NOT_FOUND)
            && self.is_labelled_json()
            && serde_json::from_slice(self.body().unwrap_or_default())
                .is_ok_and(|body: Value| says_not_found(&body))
    }

    /// Without a label the body decides.
    fn is_labelled_json(&self) -> bool {
        let label = self.headers().and_then(|headers| headers.get(CONTENT_TYPE));
        label.is_none_or(|label| {
            label.to_str().is_ok_and(|label| label.to_ascii_lowercase().contains("json"))
        })
    }
}

fn says_not_found(body: &Value) -> bool {
    let status = match &body["statusCode"] {
        Value::String(text) => text.parse().ok(),
        number => number.as_u64(),
    };
    let messages = match &body["message"] {
        Value::Array(messages) => messages.as_slice(),
        message => std::slice::from_ref(message),
    };
    let about_record = |message: &Value| {
        message.as_str().is_some_and(|text| !text.trim().is_empty() && !is_of_unknown_route(text))
    };
    status == Some(404) && !messages.is_empty() && messages.iter().all(about_record)
}

/// What the platform's framework, NestJS, says of a path that it doesn't serve: `Cannot GET /invoice/7`.
fn is_of_unknown_route(message: &str) -> bool {
    let mut words = message.split_whitespace();
    words.next() == Some("Cannot")
        && words.next().is_some_and(|method| method.bytes().all(|byte| byte.is_ascii_uppercase()))
        && words.next().is_some_and(|path| path.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_shape_decides() {
        for (body, expected) in [
            (
                json!({"statusCode": 404, "message": "Invoice not found", "error": "Not Found"}),
                true,
            ),
            (json!({"statusCode": 404, "message": ["no such invoice"]}), true),
            (json!({"statusCode": "404", "message": "Cannot find it"}), true),
            (json!({"statusCode": 404, "message": "Cannot GET /invoice/7"}), false),
            (json!({"statusCode": 404, "message": ["Cannot DELETE /invoice/delete/7"]}), false),
            (json!({"statusCode": 404, "message": []}), false),
            (json!({"statusCode": 404, "message": " "}), false),
            (json!({"statusCode": 404, "message": {"text": "no"}}), false),
            (json!({"statusCode": 404}), false),
            (json!({"statusCode": 500, "message": "no"}), false),
            (json!({"status": 404, "message": "no"}), false),
            (json!({"message": "no"}), false),
            (json!([404]), false),
            (json!("no"), false),
            (Value::Null, false),
        ] {
            assert_eq!(says_not_found(&body), expected, "{body}");
        }
    }
}
