//! Reads bodies up to a limit, and parses them as JSON objects.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::{Refusal, mistake};

/// The maximum size of a body, in bytes.
const LIMIT: usize = 1 << 20;

/// The number of bytes after which the sandbox stops reading an oversized body. If it stopped earlier, the client would
/// be cut off while sending, and would see a broken connection instead of the error response.
const DRAIN: usize = 16 << 20;

/// The time limit for receiving a body.
const TIME: Duration = Duration::from_secs(30);

/// Reads a body of at most [`LIMIT`] bytes within [`TIME`].
pub(crate) async fn read(body: Body) -> Result<Bytes, Refusal> {
    tokio::time::timeout(TIME, read_all(body)).await.unwrap_or_else(|_| Err(too_slow()))
}

fn too_slow() -> Refusal {
    let message = format!("The body took longer than {} seconds to arrive.", TIME.as_secs());
    Refusal::new(StatusCode::REQUEST_TIMEOUT, message)
}

async fn read_all(mut body: Body) -> Result<Bytes, Refusal> {
    let mut kept = Vec::new();
    let mut seen: usize = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Refusal::bad_request("The body ended too early."))?;
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen <= LIMIT {
            kept.extend_from_slice(&data);
        } else if seen > DRAIN {
            break;
        }
    }
    if seen > LIMIT { Err(too_large()) } else { Ok(Bytes::from(kept)) }
}

fn too_large() -> Refusal {
    let message = format!("The body is larger than {LIMIT} bytes.");
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message)
}

/// Parses a JSON object. Errors about a field's value contain the field's path.
pub(super) fn parse<T: DeserializeOwned>(headers: &HeaderMap, bytes: &[u8]) -> Result<T, Refusal> {
    check_content_encoding(headers)?;
    check_content_type(headers)?;
    check_is_object(bytes)?;
    mistake::check_syntax(bytes)?;
    serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(bytes)).map_err(
        |error| {
            let path = error.path().to_string();
            mistake::in_value(&path, &error.into_inner())
        },
    )
}

/// Rejects a compressed body. Without this check, the client would get a misleading error about invalid JSON.
fn check_content_encoding(headers: &HeaderMap) -> Result<(), Refusal> {
    let plain = headers
        .get_all(header::CONTENT_ENCODING)
        .iter()
        .all(|value| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity"));
    if plain {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "The body must not be compressed: send it without the `Content-Encoding` header.",
    ))
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = text.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "The body must be JSON, with the `Content-Type: application/json` header.",
    ))
}

/// Rejects anything other than an object. Serde would accept an array for a struct.
fn check_is_object(bytes: &[u8]) -> Result<(), Refusal> {
    let mistake = match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => "the body is empty: it must be a JSON object",
        Some(b'{') => return Ok(()),
        Some(_) => "the body must be a JSON object",
    };
    Err(Refusal::invalid([mistake.to_owned()]))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        count: u32,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Outer {
        name: String,
        inner: Option<Inner>,
    }

    fn json() -> HeaderMap {
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))])
    }

    #[track_caller]
    fn check_refused(body: &str, expected: &str) {
        let refusal = parse::<Outer>(&json(), body.as_bytes()).unwrap_err();
        assert_eq!(refusal.status(), StatusCode::BAD_REQUEST);
        let text = serde_json::to_string(&refusal).unwrap();
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn error_messages_name_the_field() {
        check_refused(r#"{"name":1}"#, "name: must be a string");
        check_refused("{}", "missing field `name`");
        check_refused(
            r#"{"name":"a","inner":{"count":"1"}}"#,
            "inner.count: must be a whole number",
        );
        check_refused(r#"{"name":"a","inner":{}}"#, "inner: missing field `count`");
    }

    #[test]
    fn a_body_other_than_one_object_is_refused() {
        check_refused("", "the body is empty");
        check_refused(" \n", "the body is empty");
        check_refused(r#"["a"]"#, "must be a JSON object");
        check_refused("null", "must be a JSON object");
        check_refused(r#"{"name":"a""#, "EOF while parsing");
        check_refused(r#"{"name":"a"} {}"#, "after the JSON object");
        check_refused("{name:1}", "key must be a string");
    }

    #[test]
    fn unknown_fields_and_content_type_parameters_are_accepted() {
        let mut headers = json();
        let value = HeaderValue::from_static("Application/JSON ; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, value);
        let outer = parse::<Outer>(&headers, br#" {"name":"a","more":[[[]]]}"#).unwrap();
        assert_eq!(outer, Outer { name: "a".to_owned(), inner: None });
    }

    #[test]
    fn a_compressed_body_is_refused() {
        for values in [&["gzip"][..], &["br"], &["identity, gzip"], &["identity", "gzip"], &[""]] {
            let mut headers = json();
            for value in values {
                headers.append(header::CONTENT_ENCODING, HeaderValue::from_static(value));
            }
            let refusal = parse::<Outer>(&headers, br#"{"name":"a"}"#).unwrap_err();
            assert_eq!(refusal.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "{values:?}");
        }
        let mut headers = json();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("Identity"));
        assert!(parse::<Outer>(&headers, br#"{"name":"a"}"#).is_ok());
    }

    #[test]
    fn a_different_content_type_is_refused() {
        for value in ["text/plain", "application/jsonp", "application/x-www-form-urlencoded", ""] {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(value));
            let refusal = parse::<Outer>(&headers, br#"{"name":"a"}"#).unwrap_err();
            assert_eq!(refusal.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        }
        assert!(parse::<Outer>(&HeaderMap::new(), br#"{"name":"a"}"#).is_err());
    }
}
