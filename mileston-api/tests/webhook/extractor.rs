//! Tests the extractor of the `axum` feature in a real server, over real HTTP.

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::StatusCode;
use axum::routing::post;
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::{
    Event, MAX_BODY_BYTES, RECEIVED, Verifier, WebhookError, WebhookErrorKind, testing,
};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::{PAID, TOKEN, token, verifier};

/// A router state that contains more than the verifier.
#[derive(Clone)]
struct App {
    verifier: Verifier,
}

impl FromRef<App> for Verifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

async fn hook(Verified(delivery): Verified) -> String {
    format!("{} {:?}", delivery.event.name(), delivery.paid_id())
}

async fn logged(delivery: Result<Verified, WebhookError>) -> StatusCode {
    match delivery {
        Ok(_) => RECEIVED,
        Err(error) if error.kind() == WebhookErrorKind::WrongToken => StatusCode::IM_A_TEAPOT,
        Err(error) => error.status(),
    }
}

async fn serve() -> std::net::SocketAddr {
    let app = Router::new()
        .route("/hook", post(hook))
        .route("/logged", post(logged))
        .route("/small", post(hook).layer(DefaultBodyLimit::max(10)))
        .with_state(App { verifier: verifier() });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Sends these bytes and returns the status and the body of the response.
async fn send(address: std::net::SocketAddr, request: &[u8], close: bool) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may reject the request before it has read all of it.
    let _ = stream.write_all(request).await;
    if close {
        stream.shutdown().await.unwrap();
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (status, body)
}

fn head(path: &str, tokens: &[&str], length: usize) -> String {
    let tokens: String =
        tokens.iter().map(|token| format!("X-Webhook-Signature: {token}\r\n")).collect();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{tokens}\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    )
}

async fn post_to(path: &str, tokens: &[&str], body: &str) -> (u16, String) {
    let request = head(path, tokens, body.len()) + body;
    send(serve().await, request.as_bytes(), false).await
}

#[tokio::test]
async fn a_delivery_arrives() {
    let answer = post_to("/hook", &[TOKEN], PAID).await;
    assert_eq!(answer, (200, r#"paymentlink-paid Some("link-1")"#.to_owned()));
    let event = Event::Unknown { event: "refund-made".to_owned(), payload: json!(1) };
    let (headers, body) = testing::signed(&token(), &event);
    let value = headers["x-webhook-signature"].to_str().unwrap();
    let answer = post_to("/hook", &[value], std::str::from_utf8(&body).unwrap()).await;
    assert_eq!(answer, (200, "refund-made None".to_owned()));
}

#[tokio::test]
async fn a_request_without_the_token_is_rejected() {
    for tokens in [&[][..], &["other"], &[TOKEN, TOKEN]] {
        let (status, body) = post_to("/hook", tokens, PAID).await;
        assert_eq!(status, 401);
        assert!(body.starts_with("webhook rejected: expected "), "{body}");
        assert!(!body.contains("hunter2"), "{body}");
    }
}

#[tokio::test]
async fn the_body_of_a_request_without_the_token_is_not_read() {
    let request = head("/hook", &["other"], 1000);
    let (status, _) = send(serve().await, request.as_bytes(), false).await;
    assert_eq!(status, 401);
}

#[tokio::test]
async fn the_response_to_a_bad_body_is_400_and_names_the_place() {
    let (status, body) = post_to("/hook", &[TOKEN], "hunter2").await;
    assert_eq!((status, body.contains("hunter2")), (400, false));
    let wrong = r#"{"event":"invoice-paid","payload":[7]}"#;
    let (status, body) = post_to("/hook", &[TOKEN], wrong).await;
    assert_eq!(status, 400);
    assert_eq!(
        body,
        "webhook rejected: expected an object at `payload` in the body, found an array"
    );
}

#[tokio::test]
async fn the_response_to_a_body_that_is_cut_off_is_400() {
    let request = head("/logged", &[TOKEN], 1000) + "{";
    let (status, _) = send(serve().await, request.as_bytes(), true).await;
    // The server may also close the connection, because the sender has disconnected.
    assert!([400, 0].contains(&status), "{status}");
}

#[tokio::test]
async fn the_webhook_body_limit_overrides_the_routers_limit() {
    let frame = r#"{"event":"other","payload":""}"#;
    let long =
        |len: usize| frame.replace("\"\"", &format!("\"{}\"", "x".repeat(len - frame.len())));
    for path in ["/hook", "/small"] {
        assert_eq!(post_to(path, &[TOKEN], &long(MAX_BODY_BYTES)).await.0, 200, "{path}");
        assert_eq!(post_to(path, &[TOKEN], &long(MAX_BODY_BYTES + 1)).await.0, 413, "{path}");
    }
}

#[tokio::test]
async fn a_handler_can_log_the_error() {
    assert_eq!(post_to("/logged", &[TOKEN], PAID).await.0, 200);
    assert_eq!(post_to("/logged", &["other"], PAID).await.0, 418);
    assert_eq!(post_to("/logged", &[], PAID).await.0, 401);
}
