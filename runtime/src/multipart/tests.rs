//! Tests multipart bodies, byte for byte.

use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde_json::json;

use super::*;

/// Returns the body as text, with `BOUNDARY` in place of the boundary.
async fn written(body: Multipart) -> String {
    let (media_type, body) = body.finish().unwrap();
    let media_type = media_type.to_str().unwrap().to_owned();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap().to_owned();
    let bytes = body.bytes().await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap().replace(&boundary, "BOUNDARY")
}

/// The expectations follow the rules of OpenAPI 3.0.4 for an encoding's `contentType`. A list is a single part if the
/// type is JSON, and otherwise one part for each value.
#[tokio::test]
async fn parts_have_the_media_types_of_their_encodings() {
    for (value, style, expected) in [
        (
            json!("<a/>"),
            FieldStyle::Media("application/xml"),
            &["Content-Type: application/xml\r\n\r\n<a/>"][..],
        ),
        (
            json!(["a", null, "b"]),
            FieldStyle::Media("text/csv"),
            &["Content-Type: text/csv\r\n\r\na", "Content-Type: text/csv\r\n\r\nb"],
        ),
        (
            json!(["a", 1]),
            FieldStyle::Media("application/ld+json"),
            &["Content-Type: application/ld+json\r\n\r\n[\"a\",1]"],
        ),
        (
            json!([{"a": 1}]),
            FieldStyle::Json,
            &["Content-Type: application/json\r\n\r\n[{\"a\":1}]"],
        ),
        (
            json!({"a": 1}),
            FieldStyle::Media("application/JSON; charset=utf-8"),
            &["Content-Type: application/JSON; charset=utf-8\r\n\r\n{\"a\":1}"],
        ),
    ] {
        let body = Multipart::new().fields(&json!({ "x": value }), &[("x", style)]);
        let part = |it: &&str| {
            format!("--BOUNDARY\r\nContent-Disposition: form-data; name=\"x\"\r\n{it}\r\n")
        };
        let expected: String = expected.iter().map(part).collect();
        assert_eq!(written(body).await, format!("{expected}--BOUNDARY--\r\n"), "{value}");
    }
}

#[tokio::test]
async fn null_in_a_list_is_not_a_part() {
    let body = Multipart::new().fields(&json!({ "x": [null] }), &[]);
    assert_eq!(written(body).await, "--BOUNDARY--\r\n");
}

/// The parts must follow RFC 7578, section 4. Their names must follow the HTML standard.
#[tokio::test]
async fn parts_are_written_as_rfc_7578_specifies() {
    let fields = json!({ "note": "Ünï", "count": 2, "tags": ["a", "b"], "none": null, "address": { "city": "X" } });
    let body = Multipart::new()
        .fields(&fields, &[])
        .file("picture", Some(Part::new(vec![1, 2]).file_name("a \"b\"\r\n.png")), "image/png")
        .file("none", None, "image/png")
        .files(
            "docs",
            Some(vec![Part::new("x"), Part::new("y").content_type("text/csv")]),
            "text/plain",
        )
        .files("more", None, "text/plain");
    let expected = "--BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"address\"\r\nContent-Type: application/json\r\n\r\n{\"city\":\"X\"}\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"count\"\r\n\r\n2\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"note\"\r\n\r\nÜnï\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"picture\"; filename=\"a %22b%22%0D%0A.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"docs\"; filename=\"docs\"\r\nContent-Type: text/plain\r\n\r\nx\r\n\
        --BOUNDARY\r\n\
        Content-Disposition: form-data; name=\"docs\"; filename=\"docs\"\r\nContent-Type: text/csv\r\n\r\ny\r\n\
        --BOUNDARY--\r\n";
    let written = written(body).await;
    // With serde_json's `preserve_order` feature, the fields of this test are in a different order.
    let sorted = |text: &str| {
        let mut parts: Vec<String> = text.split("--BOUNDARY").map(str::to_owned).collect();
        parts.sort();
        parts
    };
    assert_eq!(sorted(&written), sorted(expected));
}

#[tokio::test]
async fn a_body_without_parts_is_only_the_final_boundary() {
    assert_eq!(written(Multipart::new()).await, "--BOUNDARY--\r\n");
}

#[test]
fn boundaries_differ() {
    let boundary = || Multipart::new().boundary;
    assert_ne!(boundary(), boundary());
}

struct Twice(u8);

impl Stream for Twice {
    type Item = Result<Bytes, std::io::Error>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0 += 1;
        Poll::Ready((self.0 < 3).then_some(Ok(Bytes::from_static(b"piece"))))
    }
}

#[tokio::test]
async fn the_length_is_known_if_each_part_has_a_known_length() {
    let body = |length: Option<u64>| {
        let part = Body::from_stream(Twice(0));
        let part = match length {
            Some(length) => part.with_length(length),
            None => part,
        };
        Multipart::new().file("a", Some(part.into()), "text/plain").finish().unwrap().1
    };
    assert_eq!(body(None).length(), None);
    let announced = body(Some(10)).length().unwrap();
    let sent = body(Some(10)).bytes().await.unwrap();
    assert_eq!(u64::try_from(sent.len()).unwrap(), announced);
    // This body is shorter than its announced length, as if a file had become shorter while it was sent.
    assert!(body(Some(11)).bytes().await.is_err());
    // This body is longer than its announced length. The rest isn't sent.
    let cut = body(Some(7)).bytes().await.unwrap();
    assert_eq!(cut.len() + 3, sent.len());
}

#[test]
fn an_invalid_content_type_is_rejected() {
    let part = Part::new("x").content_type("text/plain\r\nx: y");
    let error = Multipart::new().file("a", Some(part), "text/plain").finish().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the argument `a` has a content type with a character that isn't allowed in a header"
    );
}
