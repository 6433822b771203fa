//! What a client may cost: bytes, lines and time. Bytes on a socket, so that no client is in between.

use std::time::Duration;

use mileston_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::http::Client;

async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.url().strip_prefix("http://").unwrap()).await.unwrap()
}

/// Sends this, and reads until the server closes the connection. No server may take longer than two minutes for that.
async fn exchange(sandbox: &Sandbox, request: &str) -> String {
    let mut stream = connect(sandbox).await;
    // The server may close the connection before it has read all.
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let read = timeout(Duration::from_secs(120), stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the server closes the connection");
    String::from_utf8(answer).unwrap()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn a_head_has_100_headers_at_most() {
    let sandbox = Sandbox::start().await.unwrap();
    for (count, expected) in [(98, "200"), (101, "431"), (5000, "431")] {
        let headers = "a: b\r\n".repeat(count - 1);
        let request = format!("GET /status HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        assert_eq!(status(&exchange(&sandbox, &request).await), expected, "{count} headers");
    }
}

#[tokio::test]
async fn a_head_has_64_kib_at_most() {
    let sandbox = Sandbox::start().await.unwrap();
    for (size, expected) in [(60 << 10, "200"), (65 << 10, "431"), (200 << 10, "431")] {
        let long = "x".repeat(size);
        let request = format!("GET /status HTTP/1.1\r\nConnection: close\r\na: {long}\r\n\r\n");
        assert_eq!(status(&exchange(&sandbox, &request).await), expected, "{size} bytes");
    }
    let long = "x".repeat(70 << 10);
    let answer = exchange(&sandbox, &format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n")).await;
    assert!(matches!(status(&answer), "414" | "431"), "{answer}");
}

/// The clock stands still, and jumps whenever everyone waits.
#[tokio::test(start_paused = true)]
async fn a_head_that_never_ends_is_not_waited_for() {
    let sandbox = Sandbox::start().await.unwrap();
    for part in ["", "GET /status HT", "GET /status HTTP/1.1\r\nHost: a\r\n"] {
        let start = Instant::now();
        let answer = exchange(&sandbox, part).await;
        let waited = start.elapsed().as_secs();
        assert!((29..=31).contains(&waited), "{part:?}: {waited} s, {answer}");
        assert!(matches!(status(&answer), "none" | "408"), "{part:?}: {answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_is_not_waited_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let start = Instant::now();
    let head = "POST /payment-link/create HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{";
    let answer = exchange(&sandbox, head).await;
    assert!((29..=31).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let expected = r#"{"message":"The body took longer than 30 seconds.","error":"Request Timeout","statusCode":408}"#;
    assert_eq!((status(&answer), body), ("408", expected));
}

#[tokio::test]
async fn slow_clients_keep_nobody_waiting() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut stream = connect(&sandbox).await;
        stream.write_all(b"GET /status HTTP/1.1\r\n").await.unwrap();
        slow.push(stream);
    }
    let reply = timeout(Duration::from_secs(10), Client::anonymous(&sandbox).get("/status")).await;
    assert_eq!(reply.unwrap().status, 200);
}

#[tokio::test]
async fn what_is_no_http_ends_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    for request in [
        "\r\n\r\n",
        "x\r\n\r\n",
        "GET  /status HTTP/1.1\r\n\r\n",
        "GET /status HTTP/9.9\r\n\r\n",
        "GET /sta\0tus HTTP/1.1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\0\0\0\0\0",
        "POST /payment-link/create HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST /payment-link/create HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "POST /payment-link/create HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
    ] {
        let mut stream = connect(&sandbox).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        assert!(matches!(status(&answer), "none" | "400"), "{request:?}: {answer}");
    }
    assert_eq!(Client::anonymous(&sandbox).get("/status").await.status, 200);
}

#[tokio::test]
async fn every_answer_tells_browsers_to_be_careful() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::anonymous(&sandbox);
    for target in ["/status", "/payment-link/", "/x", "/pay/on-ramp/x", "/pay/on-ramp/%ff"] {
        let reply = client.get(target).await;
        for line in [
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'",
        ] {
            assert!(reply.head.lines().any(|found| found == line), "{target}: {}", reply.head);
        }
    }
}
