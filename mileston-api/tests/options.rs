//! Checks the options of a single call as a server receives them.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "faults/server.rs"]
mod server;

use std::time::{Duration, Instant};

use mileston_api::operations::CreatePaymentLinkCall;
use mileston_api::{Client, Error, ErrorKind, NormalClient, NormalKey, Outcome, StatusCode, Test};
use server::{Act, FaultServer, answer, json};

const KEY: &str = "Mileston_TEST_fake0123";
const LINK: &str = r#"{"statusCode":200,"paymentData":{"paymentLinkId":"id-1"}}"#;
const LINKS: &str = r#"{"statusCode":200,"paymentData":[]}"#;

fn client(server: &FaultServer) -> NormalClient<Test> {
    let key: NormalKey<Test> = KEY.parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.origin(&server.origin).unwrap().build().unwrap()
}

fn create(client: &NormalClient<Test>) -> CreatePaymentLinkCall {
    client.payment_links().create("100.00")
}

#[tokio::test]
async fn a_header_a_query_parameter_and_a_field_are_sent() {
    let server = FaultServer::start([json(200, LINK)]).await;
    create(&client(&server))
        .header("X-Trace", "0af7")
        .header("user-agent", "shop/1.0")
        .header("origin", "https://shop.example")
        .query("dry run", true)
        .body_field("customerEmail", "ada@shop.example")
        .await
        .unwrap();
    let request = &server.seen()[0];
    assert!(
        request.starts_with("POST /payment-link/create?dry+run=true HTTP/1.1\r\n"),
        "{request}"
    );
    for header in [
        "x-trace: 0af7\r\n",
        "user-agent: shop/1.0\r\n",
        "origin: https://shop.example\r\n",
        "apikey: Mileston_TEST_fake0123\r\n",
        "content-type: application/json\r\n",
        "content-length: 54\r\n",
    ] {
        assert_eq!(request.matches(header).count(), 1, "{header}: {request}");
    }
    let body = r#"{"amount":"100.00","customerEmail":"ada@shop.example"}"#;
    assert!(request.ends_with(&format!("\r\n\r\n{body}")), "{request}");
}

#[tokio::test]
async fn an_operation_with_optional_parameters_takes_options() {
    let server = FaultServer::start([json(200, LINKS)]).await;
    let client = client(&server);
    client.payment_links().list().limit(10).query("page", 2).await.unwrap();
    let request = &server.seen()[0];
    assert!(request.starts_with("GET /payment-link/?limit=10&page=2 HTTP/1.1\r\n"), "{request}");
}

#[tokio::test]
async fn a_calls_timeout_replaces_the_clients_timeout() {
    let server = FaultServer::start([Act::AnswerAndStall(Vec::new())]).await;
    let client = client(&server);
    let start = Instant::now();
    let error = create(&client).timeout(Duration::from_millis(100)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    let read = client.payment_links().get("id").timeout(Duration::from_millis(100));
    assert_eq!(read.await.unwrap_err().kind(), ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(5), "the client's own limit is 30 seconds");
}

#[tokio::test]
async fn the_status_and_headers_are_returned_on_request() {
    let headers = format!("x-id: 7\r\nx-echo: your key is {KEY}\r\n");
    let server = FaultServer::start([Act::Answer(answer(201, &headers, LINK))]).await;
    let response = create(&client(&server)).header("x-a", "b").with_response().await.unwrap();
    assert_eq!(response.status, StatusCode::CREATED);
    assert_eq!(response.headers["x-id"], "7");
    assert_eq!(response.headers["x-echo"], "[redacted]");
    assert_eq!(response.attempts, 1);
    assert!(!format!("{response:?}").contains("x-id"));
    assert_eq!(response.value.payment_data.unwrap().payment_link_id, "id-1");
}

#[tokio::test]
async fn with_response_returns_the_same_error() {
    let server = FaultServer::start([json(404, r#"{"message":"no"}"#)]).await;
    let error = create(&client(&server)).with_response().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(StatusCode::NOT_FOUND));
    assert_eq!((error.operation_id(), error.attempts()), (Some("createPaymentLink"), 1));
}

#[track_caller]
fn check_rejected(error: &Error, expected: &str) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(text.starts_with("createPaymentLink (POST http://127.0.0.1:"), "{text}");
    assert!(text.contains(expected), "{text}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn an_invalid_option_is_reported_and_nothing_is_sent() {
    let server = FaultServer::start([json(200, LINK)]).await;
    let client = client(&server);
    for name in ["apikey", "businessid", "X-Request-Signature", "host", "content-length"] {
        let error = create(&client).header(name, "hunter2").await.unwrap_err();
        check_rejected(
            &error,
            "can't be set on a call: the client sets it itself; nothing was sent",
        );
    }
    let error = create(&client).header("x-a", "hunter2\r\nx-b: c").await.unwrap_err();
    check_rejected(&error, "the value of the `x-a` header contains a character");
    let error = create(&client).query("", "hunter2").await.unwrap_err();
    check_rejected(&error, "the name of a query parameter is empty");
    let error = create(&client).body_field("amount", "hunter2").await.unwrap_err();
    check_rejected(&error, "the body already has a field named `amount`");
    // Only the first problem is reported.
    let call = create(&client).header("host", "hunter2").query("", "hunter2").header("x-a", "fine");
    check_rejected(&call.with_response().await.unwrap_err(), "the `host` header");
    let error = client.payment_links().get("id").body_field("a", 1).await.unwrap_err();
    assert!(
        error.to_string().contains("the request has no body, so no field can be added"),
        "{error}"
    );
    assert!(server.seen().is_empty(), "{:?}", server.seen());
}
