//! Invalid bodies.

use std::time::Duration;

use mileston_sandbox::{RateLimits, Sandbox};

use crate::http::Client;

const CREATE: &str = "/payment-link/create";

async fn client() -> (Sandbox, Client) {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    (sandbox, client)
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_refused() {
    let (_sandbox, client) = client().await;
    for (body, mention) in [
        ("", "body is empty"),
        ("  ", "body is empty"),
        ("{", "EOF while parsing"),
        (r#"{"amount":"5""#, "EOF while parsing"),
        (r#"{"amount":"5",}"#, "key must be a string"),
        (r#"{amount:"5"}"#, "key must be a string"),
        (r#"{"amount":"5"} x"#, "after the JSON object"),
        (r#"["5"]"#, "must be a JSON object"),
        (r#""5""#, "must be a JSON object"),
        ("null", "must be a JSON object"),
        ("amount=5", "must be a JSON object"),
        (r#"{"amount":"\ud800"}"#, "amount: unexpected end of hex escape"),
        (r#"{"amount":"5","amount":"6"}"#, "duplicate field `amount`"),
    ] {
        client.send("POST", CREATE, Some(body)).await.expect_invalid(mention);
    }
    client.send("POST", CREATE, None).await.expect_invalid("body is empty");
}

#[tokio::test]
async fn missing_and_mistyped_fields_are_named() {
    let (_sandbox, client) = client().await;
    for (body, mention) in [
        ("{}", "missing field `amount`"),
        (r#"{"title":"x"}"#, "missing field `amount`"),
        (r#"{"amount":null}"#, "amount: must be a string"),
        (r#"{"amount":100}"#, "amount: must be a string"),
        (r#"{"amount":"1","title":{}}"#, "title: must be a string"),
    ] {
        client.send("POST", CREATE, Some(body)).await.expect_invalid(mention);
    }
}

#[tokio::test]
async fn deep_json_does_not_stop_the_server() {
    let (_sandbox, client) = client().await;
    let depth = 200_000;
    let deep = format!(r#"{{"amount":"5","x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    client.send("POST", CREATE, Some(&deep)).await.expect(201);
    let deep = format!(r#"{{"amount":{}"#, "[".repeat(depth));
    client.send("POST", CREATE, Some(&deep)).await.expect_invalid("EOF while parsing");
    let deep = r#"{"amount":"#.repeat(depth / 4);
    client.send("POST", CREATE, Some(&deep)).await.expect_invalid("EOF while parsing");
}

#[tokio::test]
async fn a_body_of_1_mib_is_accepted_but_a_larger_body_is_refused() {
    let (_sandbox, client) = client().await;
    let frame = r#"{"amount":"5","title":""}"#.len();
    let body = |size: usize| format!(r#"{{"amount":"5","title":"{}"}}"#, "x".repeat(size - frame));
    client.send("POST", CREATE, Some(&body(1 << 20))).await.expect(201);
    for size in [(1 << 20) + 1, 5 << 20] {
        let reply = client.send("POST", CREATE, Some(&body(size))).await;
        let message = reply.expect_refusal(413, "Payload Too Large");
        assert!(message.contains("1048576 bytes"), "{message}");
    }
    let reply = client.send("GET", "/payment-link/", Some(&body(2 << 20))).await;
    reply.expect_refusal(413, "Payload Too Large");
}

#[tokio::test]
async fn a_body_must_be_declared_as_json() {
    let (_sandbox, client) = client().await;
    let body = Some(r#"{"amount":"5"}"#);
    for content_type in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"]
    {
        let reply = client.send_as("POST", CREATE, content_type, body).await;
        reply.expect_refusal(415, "Unsupported Media Type");
    }
    for content_type in ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"]
    {
        client.send_as("POST", CREATE, content_type, body).await.expect(201);
    }
}

#[tokio::test]
async fn a_compressed_body_is_refused() {
    let (_sandbox, client) = client().await;
    for encoding in ["gzip", "br", "deflate", "x-made-up"] {
        let client = client.clone().header("Content-Encoding", encoding);
        let reply = client.send("POST", CREATE, Some(r#"{"amount":"5"}"#)).await;
        let message = reply.expect_refusal(415, "Unsupported Media Type");
        assert!(message.contains("must not be compressed"), "{message}");
    }
    let client = client.header("Content-Encoding", "identity");
    client.send("POST", CREATE, Some(r#"{"amount":"5"}"#)).await.expect(201);
}

#[tokio::test]
async fn an_operation_without_a_body_ignores_a_sent_body() {
    let (_sandbox, client) = client().await;
    for body in [None, Some(""), Some("{}"), Some("no json")] {
        client.send("GET", "/payment-link/", body).await.expect(200);
        client.send_as("GET", "/payment-link/", "", body).await.expect(200);
    }
}

/// A client that is cut off while sending can't know whether the request was executed, and must not retry.
#[tokio::test]
async fn a_large_body_is_refused_without_cutting_off_the_client() {
    let limits = RateLimits::new(1, Duration::from_secs(3600));
    let sandbox = Sandbox::builder().rate_limits(limits).start().await.unwrap();
    let (anyone, backend) = (Client::anonymous(&sandbox), Client::backend(&sandbox));
    let body = format!(r#"{{"amount":"5","title":"{}"}}"#, "x".repeat(5_000_000));
    backend.send("POST", CREATE, Some("{}")).await.expect(400);
    for (client, method, target, status) in [
        (&backend, "POST", CREATE, 429),
        (&anyone, "POST", CREATE, 413),
        (&anyone, "POST", "/nothing", 404),
        (&anyone, "PUT", CREATE, 404),
        (&anyone, "POST", "/_sandbox/reset", 403),
        (&anyone.clone().with_host("evil.example"), "POST", "/_sandbox/reset", 421),
        (&anyone.clone().header("x-sandbox-fault", "?"), "POST", CREATE, 400),
        (&anyone, "POST", "/_sandbox/keys/create", 403),
    ] {
        let reply = client.send(method, target, Some(&body)).await;
        assert_eq!(reply.status, status, "{method} {target}");
    }
}
