//! Determines whether the API itself reports that a record doesn't exist. Pure.

use http::header::CONTENT_TYPE;
use serde::de::IgnoredAny;

use crate::json::Json;
use crate::received::Received;

/// Returns whether the API itself reports in a 404 response that a record doesn't exist. If the envelope has a status
/// field, the body must repeat the status there.
pub(super) fn says(headers: &Received, body: &[u8], status_field: Option<&str>) -> bool {
    is_labelled_json(headers)
        // `Json` also accepts text that only resembles JSON.
        && serde_json::from_slice::<IgnoredAny>(body).is_ok()
        && std::str::from_utf8(body)
            .is_ok_and(|body| Json::read(body).is_ok_and(|body| says_not_found(&body, status_field)))
}

/// Returns whether the content type is JSON. If there is no content type, returns `true`, so that only the body is
/// checked.
fn is_labelled_json(headers: &Received) -> bool {
    headers.get(&CONTENT_TYPE).is_none_or(|label| {
        label.to_str().is_ok_and(|label| label.to_ascii_lowercase().contains("json"))
    })
}

fn says_not_found(body: &Json<'_>, status_field: Option<&str>) -> bool {
    let status = status_field.map(|field| match body.get(field) {
        Some(Json::Text(text)) => text.parse().ok(),
        Some(Json::Number(number)) => number.parse().ok(),
        _ => None::<u64>,
    });
    let messages = match body.get("message") {
        Some(Json::List(messages)) => messages.as_slice(),
        message => message.map(std::slice::from_ref).unwrap_or_default(),
    };
    let about_record = |message: &Json<'_>| {
        text(message).is_some_and(|text| !text.trim().is_empty() && !is_of_unknown_route(text))
    };
    match status {
        Some(status) => {
            status == Some(404) && !messages.is_empty() && messages.iter().all(about_record)
        }
        None => {
            let says_route =
                messages.iter().any(|message| text(message).is_some_and(is_of_unknown_route));
            matches!(body, Json::Object(_)) && !says_route && !is_of_framework(body)
        }
    }
}

/// Returns whether `body` is the one that FastAPI or Spring sends for an unknown path. An API may send the same body
/// for a missing record, so the client can't distinguish the two cases.
fn is_of_framework(body: &Json<'_>) -> bool {
    let text_of = |field: &str| body.get(field).and_then(text);
    let is = |field: &str| text_of(field) == Some("Not Found");
    is("detail") || (is("error") && text_of("path").is_some())
}

fn text<'t>(value: &'t Json<'_>) -> Option<&'t str> {
    match value {
        Json::Text(text) => Some(text),
        _ => None,
    }
}

/// Returns whether `message` is the one that Express sends for an unknown path, e.g. `Cannot GET /books/7`. NestJS uses
/// Express by default.
fn is_of_unknown_route(message: &str) -> bool {
    let mut words = message.split_whitespace();
    words.next() == Some("Cannot")
        && words.next().is_some_and(|method| method.bytes().all(|byte| byte.is_ascii_uppercase()))
        && words.next().is_some_and(|path| path.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use http::header::HeaderMap;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_body_decides_whether_a_404_means_not_found() {
        for (body, expected) in [
            (json!({"statusCode": 404, "message": "Book not found", "error": "Not Found"}), true),
            (json!({"statusCode": 404, "message": ["no such book"]}), true),
            (json!({"statusCode": "404", "message": "Cannot find it"}), true),
            (json!({"statusCode": 404, "message": "Cannot GET /books/7"}), false),
            (json!({"statusCode": 404, "message": ["Cannot DELETE /books/7"]}), false),
            (json!({"statusCode": 404, "message": []}), false),
            (json!({"statusCode": 404, "message": " "}), false),
            (json!({"statusCode": 404, "message": {"text": "no"}}), false),
            (json!({"statusCode": 404}), false),
            (json!({"statusCode": 500, "message": "no"}), false),
            (json!({"status": 404, "message": "no"}), false),
            (json!({"message": "no"}), false),
            (json!([404]), false),
            (json!("no"), false),
            (json!(null), false),
        ] {
            let says =
                says(&HeaderMap::new().into(), body.to_string().as_bytes(), Some("statusCode"));
            assert_eq!(says, expected, "{body}");
        }
    }

    #[test]
    fn without_a_status_field_any_object_counts_unless_a_router_sent_it() {
        for (body, expected) in [
            (json!({"code": "not_found"}), true),
            (json!({"message": "no such book"}), true),
            (json!({"message": "Cannot GET /books/7"}), false),
            (json!({"detail": "Not Found"}), false),
            (json!({"detail": "no such book"}), true),
            (json!({"status": 404, "error": "Not Found", "path": "/books/7"}), false),
            (json!([404]), false),
            (json!("no"), false),
        ] {
            let says = says(&HeaderMap::new().into(), body.to_string().as_bytes(), None);
            assert_eq!(says, expected, "{body}");
        }
    }

    #[test]
    fn an_html_page_does_not_mean_not_found() {
        let mut headers = HeaderMap::new();
        assert!(says(&headers.clone().into(), b"{}", None));
        headers.insert(CONTENT_TYPE, "text/html".parse().unwrap());
        assert!(!says(&headers.clone().into(), b"{}", None));
    }
}
