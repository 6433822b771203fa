//! Tests non-JSON bodies that the client of `tests/other-api/small/bodies.yaml` sends and reads.

use openapi_keys_runtime::http::{Request, Response};
use openapi_keys_runtime::{Bytes, ErrorKind, FakeTransport, Outcome, Part};
use other_api::small::bodies::credentials::Credentials;
use other_api::small::bodies::{Client, types};

fn client(
    responses: impl IntoIterator<Item = Response<&'static str>>,
) -> (Client<Credentials>, FakeTransport) {
    let transport = FakeTransport::new();
    responses.into_iter().for_each(|response| transport.respond(response));
    let client = Client::builder(Credentials::new()).transport(transport.clone()).without_retries();
    (client.build().unwrap(), transport)
}

fn response(content_type: &str, body: &'static str) -> Response<&'static str> {
    Response::builder().header("content-type", content_type).body(body).unwrap()
}

fn receipt() -> Response<&'static str> {
    response("application/json", r#"{"number": 7}"#)
}

#[track_caller]
fn header<'r>(request: &'r Request<Bytes>, name: &str) -> &'r str {
    request.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

fn owner() -> types::Owner {
    types::Owner::new().name("Ada").tags(vec!["a b".to_owned(), "c".to_owned()])
}

#[tokio::test]
async fn a_form_is_written_according_to_its_encoding() {
    let (client, transport) = client([receipt()]);
    let call = client.orders().place("A & B").count(2).gift(true);
    let call = call.marks(vec!["x,y".to_owned(), "z".to_owned()]);
    let call = call.colours(vec!["red".to_owned(), "blue".to_owned()]).owner(owner());
    let address = types::OrderAddress::new().city("Ulm");
    assert_eq!(call.address(address).await.unwrap().number, Some(7));
    let sent = transport.requests().remove(0);
    assert_eq!(header(&sent, "content-type"), "application/x-www-form-urlencoded");
    // `owner[name]` and `marks` follow OpenAPI's table of styles (`deepObject`, and `form` without `explode`).
    // OpenAPI doesn't define how `deepObject` writes nested values such as `owner[tags][0]`. The other pairs follow
    // the defaults for forms.
    let pairs = [
        "item=A+%26+B",
        "count=2",
        "gift=true",
        "marks=x%2Cy,z",
        "colours=red&colours=blue",
        "owner%5Bname%5D=Ada&owner%5Btags%5D%5B0%5D=a+b&owner%5Btags%5D%5B1%5D=c",
        "address=%7B%22city%22%3A%22Ulm%22%7D",
    ];
    let body = std::str::from_utf8(sent.body()).unwrap();
    assert_eq!(body.len(), pairs.join("&").len(), "{body}");
    for pair in pairs {
        assert!(body.contains(pair), "{body} has no {pair}");
    }
}

#[tokio::test]
async fn files_and_fields_are_sent_as_parts() {
    let (client, transport) = client([receipt()]);
    let more = vec![Part::new("one").file_name("1.txt"), Part::new("two")];
    let call = client.photos().upload(vec![0x89, b'P']).more(more).title("Sea");
    call.tags(vec!["a".to_owned(), "b".to_owned()]).owner(owner()).await.unwrap();
    let sent = transport.requests().remove(0);
    let boundary = header(&sent, "content-type").strip_prefix("multipart/form-data; boundary=");
    let boundary = format!("--{}", boundary.unwrap());
    let body = String::from_utf8_lossy(sent.body()).into_owned();
    let parts: Vec<&str> = body.split(&*boundary).collect();
    assert_eq!(parts.last(), Some(&"--\r\n"));
    let named = |name: &str| {
        let part = format!("name=\"{name}\"");
        parts.iter().filter(|it| it.contains(&part)).copied().collect::<Vec<_>>()
    };
    let file = "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: image/png\r\n\r\n\u{fffd}P\r\n";
    assert_eq!(named("file"), [file]);
    assert_eq!(named("more").len(), 2);
    assert!(
        named("more")[0].contains(
            "filename=\"1.txt\"\r\nContent-Type: application/octet-stream\r\n\r\none\r\n"
        )
    );
    assert_eq!(
        named("title"),
        ["\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nSea\r\n"]
    );
    assert_eq!(named("tags").len(), 2);
    assert!(named("owner")[0].contains("Content-Type: application/json\r\n\r\n{\"name\":\"Ada\""));
}

/// OpenAPI 3.1.1 defines the default media type for a property whose schema has no `type`. RFC 7578 allows several
/// parts with the same name.
#[tokio::test]
async fn parts_have_the_media_types_of_their_encodings() {
    let (client, transport) = client([response("", "")]);
    let call = client.photos().attach("%PDF").thumbnails(vec![Part::new("a"), Part::new("b")]);
    call.note("# Hi").rows(vec!["1,2".to_owned(), "3".to_owned()]).await.unwrap();
    let sent = transport.requests().remove(0);
    let body = String::from_utf8_lossy(sent.body()).into_owned();
    for (name, expected) in [
        ("file\"; filename=\"file", "application/octet-stream\r\n\r\n%PDF\r\n"),
        ("thumbnails\"; filename=\"thumbnails", "image/png\r\n\r\na\r\n"),
        ("thumbnails\"; filename=\"thumbnails", "image/png\r\n\r\nb\r\n"),
        ("note", "text/markdown\r\n\r\n# Hi\r\n"),
        ("rows", "text/csv\r\n\r\n1,2\r\n"),
        ("rows", "text/csv\r\n\r\n3\r\n"),
    ] {
        let part = format!(
            "Content-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {expected}--"
        );
        assert_eq!(body.matches(&part).count(), 1, "{body} has no {part}");
    }
}

#[tokio::test]
async fn the_data_of_an_event_has_the_documented_type() {
    let (client, _) =
        client([response("text/event-stream", "event: new\ndata: {\"item\":\"a\"}\n\n")]);
    let mut updates = client.feed().updates().await.unwrap();
    let event = updates.next().await.unwrap().unwrap();
    assert_eq!((&*event.event, &*event.data.item), ("new", "a"));
}

#[tokio::test]
async fn bytes_and_text_are_sent_and_read_unchanged() {
    let (client, transport) = client([
        response("", ""),
        response("image/png", "\u{89}PNG"),
        response("text/html; charset=utf-8", "<p>Hi</p>"),
    ]);
    client.photos().set("7", vec![0x89, b'P']).await.unwrap();
    let photo = client.photos().get("7").await.unwrap();
    assert_eq!(photo, "\u{89}PNG".as_bytes());
    let html = client.notes().add().with_body("Hi\r\n").await.unwrap();
    assert_eq!(html, "<p>Hi</p>");
    let sent = transport.requests();
    assert_eq!(
        (header(&sent[0], "content-type"), &**sent[0].body()),
        ("image/png", &[0x89, b'P'][..])
    );
    assert_eq!(header(&sent[1], "accept"), "image/png");
    assert_eq!(
        (header(&sent[2], "content-type"), &**sent[2].body()),
        ("text/plain", &b"Hi\r\n"[..])
    );
    assert_eq!(header(&sent[2], "accept"), "text/html");
}

#[tokio::test]
async fn an_optional_body_can_be_left_out() {
    let (client, transport) = client([response("text/html", "")]);
    assert_eq!(client.notes().add().await.unwrap(), "");
    let sent = transport.requests().remove(0);
    assert!(sent.body().is_empty() && !sent.headers().contains_key("content-type"));
}

#[tokio::test]
async fn a_different_media_type_is_sent_on_request() {
    let (client, transport) = client([receipt(), receipt()]);
    client.orders().import("x").await.unwrap();
    client.orders().import("x").raw_body("text/csv", "item\nx\n").await.unwrap();
    let sent = transport.requests();
    assert_eq!(
        (header(&sent[0], "content-type"), &**sent[0].body()),
        ("application/json", &br#"{"item":"x"}"#[..])
    );
    assert_eq!(
        (header(&sent[1], "content-type"), &**sent[1].body()),
        ("text/csv", &b"item\nx\n"[..])
    );
    let error = client.photos().get("7").raw_body("text/csv", "").await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
}

#[tokio::test]
async fn options_and_head_can_be_called() {
    let (client, transport) = client([response("", ""), response("text/html", "<html>")]);
    client.orders().options().await.unwrap();
    client.orders().count().await.unwrap();
    let methods: Vec<_> = transport.requests().iter().map(|it| it.method().to_string()).collect();
    assert_eq!(methods, ["OPTIONS", "HEAD"]);
}

#[tokio::test]
async fn events_and_lines_have_the_documented_type() {
    let (client, _) = client([
        response(
            "text/event-stream",
            "event: new\nid: 1\ndata: {\"item\":\n: note\ndata: \"a\"}\n\ndata: {}\n\ndata: {\"item\":\"b\"}\n\n",
        ),
        response("text/event-stream; charset=utf-8", "data: one\n\ndata: two\n\n"),
        response("application/x-ndjson", "{\"item\":\"a\"}\n\n{\"item\":\"b\"}"),
        response("application/json", "{\"item\":\"a\"}"),
    ]);
    let mut events = client.feed().follow().await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((&*event.event, &*event.id, &*event.data.item), ("new", "1", "a"));
    assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(events.next().await.unwrap().unwrap().data.item, "b");
    assert!(events.next().await.is_none());
    let mut log = client.feed().log().await.unwrap();
    assert_eq!(log.next().await.unwrap().unwrap().data, "one");
    let mut lines = client.feed().export().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().item, "a");
    assert_eq!(lines.next().await.unwrap().unwrap().item, "b");
    assert!(lines.next().await.is_none());
    let error = client.feed().follow().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongMediaType);
    let expected = "follow (GET https://shop.example/feed): 200 OK, but its body has an unexpected \
                    media type: expected `text/event-stream`";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn the_bytes_of_any_response_can_be_streamed() {
    let (client, _) = client([receipt(), response("text/html", "<p>")]);
    let download = client.orders().place("x").streamed().await.unwrap();
    assert_eq!(download.content_type(), Some("application/json"));
    assert_eq!(download.text().await.unwrap(), r#"{"number": 7}"#);
    let mut download = client.notes().add().streamed().await.unwrap();
    assert_eq!(download.chunk().await.unwrap().as_deref(), Some(&b"<p>"[..]));
    assert!(download.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_response_in_a_different_media_type_is_returned_on_request() {
    let (client, transport) = client([response("text/csv", "number\n7\n")]);
    let call = client.orders().place("x").header("accept", "text/csv");
    let download = call.streamed().await.unwrap();
    assert_eq!(download.text().await.unwrap(), "number\n7\n");
    let sent = transport.requests().remove(0);
    assert_eq!(sent.headers().get_all("accept").iter().collect::<Vec<_>>(), ["text/csv"]);
}

#[tokio::test]
async fn text_in_a_different_charset_is_an_error() {
    let (client, _) = client([response("text/html; charset=iso-8859-1", "x")]);
    let error = client.notes().add().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotUtf8);
    assert!(error.to_string().contains("a charset other than UTF-8"), "{error}");
}

/// Any success status means that the server executed the request.
#[tokio::test]
async fn an_undocumented_success_is_read_like_the_documented_one() {
    let with = |status: u16, body: &'static str| {
        Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(body)
            .unwrap()
    };
    let (client, _) =
        client([with(200, r#"{"number": 7}"#), with(299, r#"{"number": 8}"#), with(204, "")]);
    assert_eq!(client.orders().place("x").await.unwrap().number, Some(7));
    assert_eq!(client.orders().place("x").await.unwrap().number, Some(8));
    let error = client.orders().place("x").await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::EmptyBody, Outcome::Unknown));
}
