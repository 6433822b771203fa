//! Tests the client against a server with all kinds of faults.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

mod server;

use std::error::Error as _;
use std::time::{Duration, Instant};

use mileston_api::{
    Client, ClientBuilder, Error, ErrorKind, NormalClient, NormalKey, Outcome, StatusCode, Test,
    types,
};
use server::{Server, json, with_type};

const KEY: &str = "Mileston_TEST_fake0123";
const LINK: &str = r#"{"statusCode":200,"newField":{"a":[1]},"paymentData":{"paymentLinkId":"id-1","newToo":null}}"#;

fn builder(origin: &str) -> ClientBuilder<NormalKey<Test>> {
    let key: NormalKey<Test> = KEY.parse().unwrap();
    Client::builder(key, "my-business").unwrap().origin(origin).unwrap()
}

fn client(origin: &str) -> NormalClient<Test> {
    builder(origin).total_timeout(Duration::from_secs(5)).build().unwrap()
}

async fn create(client: &NormalClient<Test>) -> Result<types::PaymentLinkEnvelope, Error> {
    client.payment_links().create("100.00").await
}

/// Sends a write to a server that sends this response, and checks that the write fails with this kind and outcome.
async fn check_write(answer: impl Into<Vec<u8>>, kind: ErrorKind, outcome: Outcome) -> Error {
    let server = Server::answering(answer).await;
    let error = create(&client(&server.origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{error}");
    assert_eq!(error.operation_id(), Some("createPaymentLink"));
    assert_eq!(server.seen().len(), 1, "sent once");
    let text = format!("{error}");
    assert!(!text.contains('\n'), "{text}");
    assert!(text.starts_with("createPaymentLink (POST http://127.0.0.1:"), "{text}");
    error
}

#[tokio::test]
async fn requests_are_like_those_of_the_vendors_sdk() {
    let server = Server::answering(json("201 Created", LINK)).await;
    let client = client(&server.origin);
    create(&client).await.unwrap();
    client.payment_links().get("a/../b?c").await.unwrap();
    let seen = server.seen();
    assert!(seen[0].starts_with("POST /payment-link/create HTTP/1.1\r\n"), "{}", seen[0]);
    assert!(seen[0].ends_with("\r\n\r\n{\"amount\":\"100.00\"}"), "{}", seen[0]);
    assert!(seen[1].starts_with("GET /payment-link/a%2F..%2Fb%3Fc HTTP/1.1\r\n"), "{}", seen[1]);
    assert!(seen[1].ends_with("\r\n\r\n"), "a GET must not have a body: {}", seen[1]);
    for request in seen {
        for header in [
            "apikey: Mileston_TEST_fake0123\r\n",
            "businessid: my-business\r\n",
            "content-type: application/json\r\n",
            concat!("user-agent: mileston-rs/", env!("CARGO_PKG_VERSION"), "\r\n"),
        ] {
            assert_eq!(request.matches(header).count(), 1, "{header}: {request}");
        }
        for header in ["api-version", "x-request-signature", "origin:", "cookie", "accept-encoding"]
        {
            assert!(!request.contains(header), "{header}: {request}");
        }
    }
}

#[tokio::test]
async fn unknown_fields_are_tolerated() {
    let server = Server::answering(json("200 OK", LINK)).await;
    let link = create(&client(&server.origin)).await.unwrap();
    assert_eq!(link.payment_data.unwrap().payment_link_id, "id-1");
}

#[tokio::test]
async fn the_error_for_a_missing_field_says_that_the_write_was_executed() {
    let server = Server::answering(json("201 Created", LINK)).await;
    let link = create(&client(&server.origin)).await.unwrap();
    assert_eq!(link.payment_data().unwrap().payment_link_id.as_str(), "id-1");
    let error = link.payment_link().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::MissingField, Outcome::Executed));
    let text = "`createPaymentLink` succeeded, but its response has no `paymentLink`. The write was \
                executed: don't send it again.";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn an_html_response_is_an_error() {
    let page = with_type("200 OK", "text/html", "<!doctype html><p>Maintenance");
    let error = check_write(page, ErrorKind::NotJson, Outcome::Unknown).await;
    assert_eq!(error.body(), Some(&b"<!doctype html><p>Maintenance"[..]));
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.headers().unwrap()["content-type"], "text/html");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_empty_response_is_an_error() {
    check_write(json("200 OK", ""), ErrorKind::EmptyBody, Outcome::Unknown).await;
    let no_content = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    check_write(no_content, ErrorKind::EmptyBody, Outcome::Unknown).await;
}

#[tokio::test]
async fn a_truncated_response_is_an_error() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"paymentLink\":";
    let error = check_write(cut, ErrorKind::BodyCut, Outcome::Unknown).await;
    assert_eq!(error.body(), Some(&b"{\"paymentLink\":"[..]));
    let half = json("200 OK", r#"{"paymentLink":"https"#);
    check_write(half, ErrorKind::JsonCut, Outcome::Unknown).await;
    check_write("HTTP/1.1 20", ErrorKind::Interrupted, Outcome::Unknown).await;
    check_write("", ErrorKind::Interrupted, Outcome::Unknown).await;
}

#[tokio::test]
async fn the_place_of_a_value_of_the_wrong_type_is_named() {
    let wrong = json("200 OK", r#"{"paymentData":{"paymentLinkId":["hunter2"]}}"#);
    let error = check_write(wrong, ErrorKind::Decode, Outcome::Unknown).await;
    assert_eq!(error.json_path(), Some("paymentData.paymentLinkId"));
    assert!(error.to_string().contains("found sequence, expected "), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn unreadable_bodies_are_distinguished() {
    let latin1 = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\n\"\xe9\"\n";
    check_write(*latin1, ErrorKind::NotUtf8, Outcome::Unknown).await;
    let deep = "[".repeat(100_000);
    let cut = json("200 OK", &format!("{{\"newField\":{deep}"));
    check_write(cut, ErrorKind::JsonCut, Outcome::Unknown).await;
    let no_http = "220 mail.example ESMTP\r\n";
    check_write(no_http, ErrorKind::Interrupted, Outcome::Unknown).await;
}

#[tokio::test]
async fn a_huge_body_is_not_read() {
    let server = Server::answering(json("200 OK", &"x".repeat(200_000))).await;
    let client = builder(&server.origin).max_response_bytes(1000).build().unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::BodyTooLarge, Outcome::Unknown));
    assert_eq!(error.body().unwrap().len(), 1000);
    assert!(error.to_string().contains("the limit is 1000 bytes"), "{error}");
}

#[tokio::test]
async fn a_huge_error_response_is_still_reported_as_an_error() {
    let huge = json("502 Bad Gateway", &"x".repeat(200_000));
    let error =
        check_write(huge, ErrorKind::Failed(StatusCode::BAD_GATEWAY), Outcome::Unknown).await;
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
}

#[tokio::test]
async fn the_vendors_message_may_be_text_or_a_list() {
    let kind = ErrorKind::Refused(StatusCode::UNAUTHORIZED);
    let one = json("401 Unauthorized", r#"{"message":"Invalid API key","statusCode":401}"#);
    let error = check_write(one, kind, Outcome::Refused).await;
    assert_eq!(error.messages(), ["Invalid API key"]);
    assert!(
        error.to_string().contains("401 Unauthorized; the server says \"Invalid API key\"; "),
        "{error}"
    );

    let kind = ErrorKind::Refused(StatusCode::BAD_REQUEST);
    let list = json(
        "400 Bad Request",
        r#"{"message":["amount must be a string","title\nis long"],"error":"Bad Request"}"#,
    );
    let error = check_write(list, kind, Outcome::Refused).await;
    assert_eq!(error.messages(), ["amount must be a string", "title\nis long"]);
    assert_eq!(error.error_name(), Some("Bad Request"));

    let bare = with_type("400 Bad Request", "text/plain", "no");
    let error = check_write(bare, kind, Outcome::Refused).await;
    assert_eq!(error.messages(), ["no"]);
    assert_eq!(error.body(), Some(&b"no"[..]));
}

#[tokio::test]
async fn a_server_failure_makes_the_outcome_unknown_only_for_a_write() {
    let answer = json("500 Internal Server Error", r#"{"message":"oops"}"#);
    let kind = ErrorKind::Failed(StatusCode::INTERNAL_SERVER_ERROR);
    check_write(answer.clone(), kind, Outcome::Unknown).await;
    let server = Server::answering(answer).await;
    let error = client(&server.origin).payment_links().get("id").await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Refused));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::answering(json("200 OK", LINK)).await;
    for (status, outcome) in [
        (301, Outcome::Unknown),
        (302, Outcome::Unknown),
        (303, Outcome::Unknown),
        (307, Outcome::Refused),
        (308, Outcome::Refused),
    ] {
        let target = format!("{}/path?token=hunter2", elsewhere.origin);
        let answer =
            format!("HTTP/1.1 {status} Moved\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n");
        let kind = ErrorKind::Redirected(Some(StatusCode::from_u16(status).unwrap()));
        let error = check_write(answer, kind, outcome).await;
        let text = format!("{error} {error:?}");
        assert!(text.contains(&elsewhere.origin), "{text}");
        assert!(!text.contains("hunter2") && !text.contains("/path"), "{text}");
    }
    assert!(elsewhere.seen().is_empty(), "{:?}", elsewhere.seen());
}

#[tokio::test]
async fn a_key_that_the_server_echoes_is_redacted() {
    let body = format!(r#"{{"message":"unknown key {KEY}","error":"{KEY}"}}"#);
    let answer = format!(
        "HTTP/1.1 401 Unauthorized\r\nx-key: {KEY}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let kind = ErrorKind::Refused(StatusCode::UNAUTHORIZED);
    let refused = check_write(answer, kind, Outcome::Refused).await;
    assert_eq!(refused.messages(), ["unknown key [redacted]"]);
    let odd = json("200 OK", &format!(r#"{{"paymentData":{{"paymentLinkId":{{"{KEY}":1}}}}}}"#));
    let odd = check_write(odd, ErrorKind::Decode, Outcome::Unknown).await;
    for error in [refused, odd] {
        let body = String::from_utf8_lossy(error.body().unwrap()).into_owned();
        let source = error.source().map(ToString::to_string);
        let text = format!("{error} {error:?} {error:#?} {body} {source:?} {:?}", error.headers());
        assert!(!text.contains(KEY) && !text.contains("fake0123"), "{text}");
        assert!(text.contains("[redacted]"), "{text}");
    }
}

#[tokio::test]
async fn a_refused_connection_means_not_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = create(&client(&origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    assert!(texts.len() > 2, "the chain of causes must be kept: {texts:?}");
    assert!(texts.iter().skip(1).all(|text| !text.contains("payment-link")), "{texts:?}");
}

#[tokio::test]
async fn an_unknown_host_name_means_not_sent() {
    let key: NormalKey<Test> = KEY.parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    let client = builder.origin("https://no-such-host.invalid").unwrap().build().unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
    assert!(error.to_string().contains("no connection: the host name was not found, "), "{error}");
}

#[tokio::test]
async fn a_stalled_response_is_aborted() {
    for answer in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{"] {
        let server = Server::stalling_after(answer).await;
        let limit = Duration::from_millis(200);
        let client = builder(&server.origin).total_timeout(limit).build().unwrap();
        let start = Instant::now();
        let error = create(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_eq!(error.status().is_some(), answer.ends_with('{'));
    }
}

#[tokio::test]
async fn an_id_that_would_reach_a_different_operation_is_not_sent() {
    let server = Server::answering(json("200 OK", LINK)).await;
    let client = client(&server.origin);
    for id in ["", ".", ".."] {
        let error = client.payment_links().get(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert!(error.to_string().contains("would call a different operation"), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_call_can_move_to_another_task() {
    let server = Server::answering(json("200 OK", LINK)).await;
    let call = client(&server.origin).payment_links().get("id-1");
    assert_eq!(call.operation().id, "getPaymentLink");
    let link = tokio::spawn(call).await.unwrap().unwrap();
    assert_eq!(link.payment_data.unwrap().payment_link_id, "id-1");
}

/// Validators, proxies and other services put the reason in different places.
#[tokio::test]
async fn a_reason_anywhere_in_the_body_is_shown() {
    let kind = ErrorKind::Refused(StatusCode::BAD_REQUEST);
    for (body, shown) in [
        (r#"{"error":{"message":"too small"}}"#, "; the server says \"too small\"; "),
        (r#"{"errors":["a","b"]}"#, "; the server says \"a\", \"b\"; "),
        (r#"{"errors":{"amount":["too small"]}}"#, "; the server says \"amount: too small\"; "),
        (
            r#"{"title":"Invalid","detail":"too small","status":400}"#,
            "; the server says \"Invalid\", \"too small\"; ",
        ),
        (r#"{"error":"invalid_amount"}"#, "; the server says \"invalid_amount\"; "),
        (r#"{"error":"Bad Request"}"#, "400 Bad Request; "),
        ("upstream: no\u{1b}[31m\n", "; the server says \"upstream: no\\u{1b}[31m\"; "),
        ("<html>bad</html>", "400 Bad Request; "),
    ] {
        let error = check_write(json("400 Bad Request", body), kind, Outcome::Refused).await;
        assert!(error.to_string().contains(shown), "{error}");
    }
    let long = format!(r#"{{"error":{{"message":"{}"}}}}"#, "x".repeat(50_000));
    let error = check_write(json("400 Bad Request", &long), kind, Outcome::Refused).await;
    assert!(error.to_string().len() < 1000, "{error}");
    let echo = format!(r#"{{"error":{{"message":"no {KEY}"}},"errors":{{"{KEY}":"a"}}}}"#);
    let error = check_write(json("400 Bad Request", &echo), kind, Outcome::Refused).await;
    assert_eq!(error.messages(), ["no [redacted]", "[redacted]: a"]);
    assert!(!error.to_string().contains(KEY), "{error}");
}

#[tokio::test]
async fn an_error_in_a_success_response_is_an_error_with_its_message() {
    let body = r#"{"statusCode":400,"message":["amount must be a string"],"error":"Bad Request"}"#;
    let kind = ErrorKind::Refused(StatusCode::BAD_REQUEST);
    let error = check_write(json("201 Created", body), kind, Outcome::Refused).await;
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    let text = "refused with 400 Bad Request in the body of a response with 201 Created; the server says \
                \"amount must be a string\"; ";
    assert!(error.to_string().contains(text), "{error}");

    let body = r#"{"success":false,"message":"no money"}"#;
    let error = check_write(json("200 OK", body), ErrorKind::ErrorInBody, Outcome::Unknown).await;
    let text = "200 OK, but its body reports an error; the server says \"no money\"; the request may have been executed";
    assert!(error.to_string().contains(text), "{error}");

    let error = check_write(json("201 Created", "{}"), ErrorKind::NoRecord, Outcome::Unknown).await;
    let text = "201 Created, but its body lacks the record: expected `paymentLink` or `paymentData`; \
                the request may have been executed: check before retrying";
    assert!(error.to_string().contains(text), "{error}");
}

#[tokio::test]
async fn unexpected_values_are_reported_in_addition_to_the_response() {
    let body = r#"{"statusCode":"200","message":["ok"],"paymentData":[
        {"paymentLinkId":"a"},{"title":"no id"},{"paymentLinkId":"b","amount":[1]}]}"#;
    let server = Server::answering(json("200 OK", body)).await;
    let client = client(&server.origin);
    let answer = client.payment_links().list().with_response().await.unwrap();
    assert_eq!(answer.value.status_code, Some(200));
    let ids: Vec<_> =
        answer.value.payment_data.iter().map(|link| link.payment_link_id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    let odd: Vec<_> = answer.unexpected.iter().map(|odd| (odd.path(), odd.raw_json())).collect();
    let expected = [
        ("message", r#"["ok"]"#),
        ("paymentData[1]", r#"{"title":"no id"}"#),
        ("paymentData[2].amount", "[1]"),
        ("statusCode", "\"200\""),
    ];
    assert_eq!(odd, expected);
    assert!(answer.unexpected[1].is_left_out() && answer.unexpected[3].is_converted());
    assert!(!format!("{answer:?}").contains("no id"));
}

/// Starts a server that sends these bytes as soon as it receives anything.
async fn blunt(answer: &'static [u8]) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 16_384]).await;
            let _ = stream.write_all(answer).await;
            let _ = stream.shutdown().await;
        }
    });
    origin
}

#[tokio::test]
async fn the_wrong_scheme_is_named() {
    let plain = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    for (answer, text) in [
        (
            &plain[..],
            "no connection: the server doesn't speak TLS; check whether the URL should begin with \
             `http://`; nothing",
        ),
        (
            b"",
            "no connection: the server ended the TLS handshake; check whether the port expects plain \
             HTTP; ",
        ),
    ] {
        let error = create(&client(&format!("https://{}", blunt(answer).await))).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
        assert!(error.to_string().contains(text), "{error}");
    }
    // These bytes are the alert of a server that expected a handshake.
    let origin = format!("http://{}", blunt(b"\x15\x03\x03\x00\x02\x02\x46").await);
    let error = create(&client(&origin)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown));
    let text = ": the server doesn't speak plain HTTP; check whether the URL should begin with \
                `https://`; ";
    assert!(error.to_string().contains(text), "{error}");
}

#[tokio::test]
async fn a_304_is_not_a_redirect() {
    let answer = "HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n";
    let kind = ErrorKind::UnexpectedStatus(StatusCode::NOT_MODIFIED);
    let error = check_write(answer, kind, Outcome::Unknown).await;
    assert!(error.to_string().contains(": unexpected status 304 Not Modified; "), "{error}");
}
