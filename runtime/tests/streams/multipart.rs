//! Tests bodies with the media type `multipart/form-data` on the wire (RFC 7578).

use openapi_keys_runtime::generated::Multipart;
use openapi_keys_runtime::{Body, ErrorKind, Part};
use serde::Serialize;
use serde_json::{Value, json};

use super::server::{Seen, Server, response};
use super::steps::{Chunk, Fails, steps};
use super::{ADD, JsonCall, core};

async fn sent(body: Multipart) -> Seen {
    let server = Server::responding(response(200, "application/json", "7"));
    let call = JsonCall::new(&core(&server), &ADD).build(|request| request.multipart(body));
    assert_eq!(call.await.unwrap(), 7);
    server.seen(1).await.remove(0)
}

/// Returns the body with `B` in place of the boundary that the header contains.
#[track_caller]
fn body(seen: &Seen) -> String {
    assert!(seen.is_whole);
    let content_type = seen.header("content-type").remove(0);
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    String::from_utf8(seen.body.clone()).unwrap().replace(boundary, "B")
}

const EXPECTED: &str = "--B\r\n\
    Content-Disposition: form-data; name=\"title\"\r\n\r\nA \"b\"\r\n\
    --B\r\n\
    Content-Disposition: form-data; name=\"tag\"\r\n\r\n1\r\n\
    --B\r\n\
    Content-Disposition: form-data; name=\"tag\"\r\n\r\n2\r\n\
    --B\r\n\
    Content-Disposition: form-data; name=\"place\"\r\n\
    Content-Type: application/json\r\n\r\n{\"x\":1}\r\n\
    --B\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.csv\"\r\n\
    Content-Type: text/csv\r\n\r\nx,y\r\n\r\n\
    --B--\r\n";

#[derive(Serialize)]
struct Fields {
    title: &'static str,
    tag: [i32; 2],
    place: Value,
    none: Option<i32>,
}

fn fields() -> Multipart {
    let place = json!({ "x": 1 });
    let fields = Fields { title: "A \"b\"", tag: [1, 2], place, none: None };
    Multipart::new().fields(&fields, &[])
}

fn part(body: Body) -> Option<Part> {
    Some(Part::new(body).file_name("a\"b\r\n.csv").content_type("text/csv"))
}

#[tokio::test]
async fn the_length_is_known_if_every_part_has_a_known_length() {
    let whole = EXPECTED.len() + "part-".len() * 6 + 31 * 6;
    for (file, framing) in [
        (Body::from("x,y\r\n"), whole.to_string()),
        (
            Body::from_stream(steps(&[Chunk("x,"), Chunk("y\r\n")])).with_length(5),
            whole.to_string(),
        ),
        (Body::from_stream(steps(&[Chunk("x,"), Chunk("y\r\n")])), "chunked".to_owned()),
    ] {
        let seen = sent(fields().file("file", part(file), "application/octet-stream")).await;
        assert_eq!((body(&seen), seen.framing()), (EXPECTED.to_owned(), framing));
    }
}

#[tokio::test]
async fn a_body_without_parts_is_only_the_final_boundary() {
    assert_eq!(body(&sent(Multipart::new().file("file", None, "image/png")).await), "--B--\r\n");
}

#[tokio::test]
async fn boundaries_differ() {
    let (one, other) = (sent(fields()).await, sent(fields()).await);
    assert_ne!(one.header("content-type"), other.header("content-type"));
}

#[tokio::test]
async fn a_file_that_fails_ends_the_request() {
    for file in [
        Body::from_stream(steps(&[Chunk("x"), Fails])),
        Body::from_stream(steps(&[Chunk("x")])).with_length(2),
    ] {
        let server = Server::responding(response(200, "application/json", "7"));
        let body = fields().file("file", Some(Part::new(file)), "image/png");
        let call = JsonCall::new(&core(&server), &ADD).build(|request| request.multipart(body));
        assert_eq!(call.await.unwrap_err().kind(), ErrorKind::RequestBody);
        assert!(!server.seen(1).await[0].is_whole);
    }
}

#[tokio::test]
async fn an_invalid_media_type_is_rejected_without_being_quoted() {
    let server = Server::responding(response(200, "application/json", "7"));
    let part = Part::new("x").content_type("hunter2\r\nx: y");
    let body = fields().file("file", Some(part), "image/png");
    let call = JsonCall::new(&core(&server), &ADD).build(|request| request.multipart(body));
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.to_string().contains("`file`") && !error.to_string().contains("hunter2"));
}
