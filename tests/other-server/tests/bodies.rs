//! Tests that bodies of every kind arrive unchanged, in requests and in responses.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod shop;

use axum::body::to_bytes;
use axum::http::Request;
use openapi_keys_runtime::Part;
use other_api::small::bodies::types::{Order, OrderAddress, Owner, UploadBody};
use serde_json::{Value, json};
use shop::{InProcess, PHOTO};

/// A string with all characters that separate pairs, values and parts.
const ODD: &str = "A & B=c, d+e%2C|\u{e9}\r\n--x\"";

fn owner() -> Owner {
    Owner::new().name(ODD).tags(vec![ODD.to_owned(), "c".to_owned()])
}

#[tokio::test]
async fn a_form_arrives_unchanged() {
    let server = InProcess::default();
    let client = server.client();
    let texts = vec![ODD.to_owned(), "b".to_owned()];
    let order = Order::new(ODD).count(-2).gift(true).marks(texts.clone()).colours(texts);
    let order = order.owner(owner()).address(OrderAddress::new().city(ODD));
    let receipt = client.orders().place_from(&order).await.unwrap();
    assert_eq!(receipt.number, Some(7));
    let read = server.last();
    assert_eq!(serde_json::from_value::<Order>(read.clone()).unwrap(), order);
    assert_eq!((&read["count"], &read["gift"]), (&json!(-2), &json!(true)));
    client.orders().place("a").await.unwrap();
    assert_eq!(server.last(), json!({ "item": "a" }));
}

#[tokio::test]
async fn files_and_fields_arrive_unchanged() {
    let server = InProcess::default();
    let client = server.client();
    let more = vec![Part::new("one").file_name(ODD).content_type("text/plain"), Part::new("")];
    let body =
        UploadBody::new().title(ODD).tags(vec!["a".to_owned(), ODD.to_owned()]).owner(owner());
    client.photos().upload_from(PHOTO, &body).more(more).await.unwrap();
    let more = json!([[ODD, "text/plain", b"one"], ["more", "application/octet-stream", b""]]);
    assert_eq!(server.last(), json!([["file", "image/png", PHOTO], more, body]));
    client.photos().upload(PHOTO).await.unwrap();
    assert_eq!(server.last(), json!([["file", "image/png", PHOTO], [], {}]));
}

#[tokio::test]
async fn bytes_and_text_arrive_unchanged() {
    let server = InProcess::default();
    let client = server.client();
    client.photos().set("7", PHOTO).await.unwrap();
    assert_eq!(server.last(), json!(["7", PHOTO]));
    assert_eq!(client.photos().get("7").await.unwrap(), PHOTO);
    assert_eq!(client.notes().add().with_body(ODD).await.unwrap(), format!("<p>{ODD}</p>"));
    assert_eq!(server.last(), json!(ODD));
    client.notes().add().with_body("").await.unwrap();
    assert_eq!(server.last(), json!(""));
    client.notes().add().await.unwrap();
    assert_eq!(server.last(), Value::Null);
}

#[tokio::test]
async fn json_may_be_left_out_or_have_a_different_media_type() {
    let server = InProcess::default();
    let client = server.client();
    client.orders().import_from(&Order::new(ODD)).await.unwrap();
    assert_eq!(server.last(), json!({ "item": ODD }));
    let changed = client.orders().change_owner("7").with_body(owner()).await.unwrap();
    assert_eq!((changed.name.as_deref(), server.last()), (Some(ODD), json!(owner())));
    client.orders().change_owner("7").await.unwrap();
    assert_eq!(server.last(), Value::Null);
    let set = client.orders().set_owner("7").with_body(owner()).await.unwrap();
    assert_eq!((set, server.last()), (Some(owner()), json!(owner())));
    assert_eq!(client.orders().set_owner("7").await.unwrap(), None);
    assert_eq!(server.last(), Value::Null);
}

#[tokio::test]
async fn streams_arrive_item_by_item() {
    let client = InProcess::default().client();
    let mut events = client.feed().follow().await.unwrap();
    for (id, item) in [("1", "a"), ("2", "b\r\n")] {
        let event = events.next().await.unwrap().unwrap();
        assert_eq!((&*event.event, &*event.id, &*event.data.item), ("new", id, item));
    }
    assert!(events.next().await.is_none());
    let mut log = client.feed().log().await.unwrap();
    for text in ["one", "two\nthree\nfour", " five"] {
        assert_eq!(log.next().await.unwrap().unwrap().data, text);
    }
    let mut lines = client.feed().export().await.unwrap();
    for item in ["a", "b\nc"] {
        assert_eq!(lines.next().await.unwrap().unwrap().item, item);
    }
}

#[tokio::test]
async fn undocumented_files_and_fields_are_ignored() {
    let server = &InProcess::default();
    const FORM: &str = "application/x-www-form-urlencoded";
    let found = raw(server, ("POST", "/orders"), FORM, b"x=1&item=a&owner[age]=7").await;
    assert_eq!((found.0, server.last()), (201, json!({ "item": "a", "owner": {} })));
    let parts = b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\na\r\n--x\r\n\
                  Content-Disposition: form-data; name=other; filename=a.png\r\n\r\n\xff\r\n--x--";
    let content_type = "multipart/form-data; boundary=x";
    let found = raw(server, ("POST", "/uploads"), content_type, parts).await;
    assert_eq!((found.0, server.last()), (201, json!([[null, null, b"a"], [], {}])));
}

/// Sends a request and returns the status, the media type and the body of its response.
async fn raw(
    server: &InProcess,
    (method, path): (&str, &str),
    content_type: &str,
    body: &[u8],
) -> (u16, String, String) {
    let mut request = Request::builder().method(method).uri(path);
    if !content_type.is_empty() {
        request = request.header("content-type", content_type);
    }
    let response = server.call(request.body(body.to_vec().into()).unwrap()).await;
    let media_type = response.headers().get("content-type");
    let media_type = media_type.map_or("", |value| value.to_str().unwrap()).to_owned();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, media_type, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn responses_have_the_documented_status_and_media_type() {
    let server = &InProcess::default();
    const FORM: &str = "application/x-www-form-urlencoded";
    for (operation, content_type, body, status, media_type) in [
        (("POST", "/orders"), FORM, "item=a", 201, "application/json"),
        (("OPTIONS", "/orders"), "", "", 204, ""),
        (("PUT", "/orders/7/photo"), "Image/PNG; a=b", "x", 204, ""),
        (("GET", "/orders/7/photo"), "", "", 200, "image/png"),
        (("POST", "/notes"), "text/plain;charset=utf-8", "a", 200, "text/html; charset=utf-8"),
        (("GET", "/feed"), "", "", 200, "text/event-stream"),
        (("PATCH", "/orders/7"), "", "", 200, "application/hal+json"),
        (("PUT", "/orders/7"), "", "", 204, ""),
        (("PUT", "/orders/7"), "application/json", "{}", 202, "application/json"),
    ] {
        let found = raw(server, operation, content_type, body.as_bytes()).await;
        assert_eq!((found.0, &*found.1), (status, media_type), "{operation:?} {}", found.2);
    }
}

#[tokio::test]
async fn an_unreadable_body_is_rejected_before_the_operation_runs() {
    let server = &InProcess::default();
    const FORM: &str = "application/x-www-form-urlencoded";
    const PARTS: &str = "multipart/form-data; boundary=x";
    const FILE: &str = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\r\n";
    const TITLE: &str = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n";
    let large = "a".repeat(64 * 1024 + 1);
    let (orders, uploads) = (("POST", "/orders"), ("POST", "/uploads"));
    let (photo, notes) = (("PUT", "/orders/7/photo"), ("POST", "/notes"));
    let two_files = [FILE, FILE, "--x--"].concat();
    let untitled = [FILE, TITLE, "a\r\n", TITLE, "b\r\n--x--"].concat();
    for (operation, content_type, body, status, reason) in [
        (orders, "application/json", "{\"item\":\"a\"}", 415, "documented media type"),
        (orders, "", "item=a", 415, "documented media type"),
        (orders, FORM, "", 400, "missing field `item`"),
        (orders, "", "", 400, "missing field `item`"),
        (orders, FORM, "item=a&count=hunter2", 400, "`count` isn't a number"),
        (orders, FORM, "item=a&owner[name=b", 400, "`owner` has a `[`"),
        (orders, FORM, "item=a&address=hunter2", 400, "`address` isn't JSON"),
        (orders, FORM, "item=%FF", 400, "isn't UTF-8"),
        (orders, FORM, &large, 413, "more than 65536 bytes"),
        (uploads, FORM, "file=a", 415, "documented media type"),
        (uploads, "", "", 415, "documented media type"),
        (uploads, "multipart/form-data", "--x--", 400, "no boundary"),
        (uploads, PARTS, "", 400, "isn't a multipart body"),
        (uploads, PARTS, FILE, 400, "isn't a multipart body"),
        (uploads, PARTS, "--x--", 400, "the file `file` is missing"),
        (uploads, PARTS, &two_files, 400, "the file `file` occurs more than once"),
        (uploads, PARTS, &untitled, 400, "`title` occurs more than once"),
        (uploads, PARTS, &large, 413, "more than 65536 bytes"),
        (photo, "image/jpeg", "x", 415, "documented media type"),
        (photo, "", "", 415, "documented media type"),
        (notes, "application/json", "\"a\"", 415, "documented media type"),
        (("POST", "/import"), "text/csv", "a", 415, "documented media type"),
        (("POST", "/import"), "application/json", "{", 400, ""),
        (("PATCH", "/orders/7"), "application/json", "{}", 415, "documented media type"),
    ] {
        let found = raw(server, operation, content_type, body.as_bytes()).await;
        assert!(
            found.0 == status && found.2.contains(reason),
            "{operation:?} {body:.40} {found:?}"
        );
        assert!(!found.2.contains("hunter2"), "{}", found.2);
    }
    let found = raw(server, notes, "text/plain", b"\xff").await;
    assert_eq!((found.0, &*found.2), (400, "the body isn't UTF-8"));
    assert!(server.is_untouched());
}

#[tokio::test]
async fn a_client_reports_that_the_server_rejected_the_body() {
    let client = InProcess::default().client();
    let error = client.photos().set("7", vec![0; 64 * 1024 + 1]).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error}");
    let error = client.notes().add().raw_body("text/csv", "a").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(415), "{error}");
}
