//! The limits on what a client may send, and on how long it may take. The tests write to a socket directly, without an
//! HTTP client.

use std::time::Duration;

use mileston_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

#[cfg(target_os = "linux")]
use serde_json::Value;

use crate::http::Client;
#[cfg(target_os = "linux")]
use crate::program::{Running, text};

async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.url().strip_prefix("http://").unwrap()).await.unwrap()
}

/// Sends the request, and reads until the server closes the connection, which must happen within two minutes.
async fn exchange(sandbox: &Sandbox, request: &str) -> String {
    exchange_bytes(sandbox, request.as_bytes()).await
}

async fn exchange_bytes(sandbox: &Sandbox, request: &[u8]) -> String {
    let mut stream = connect(sandbox).await;
    // The server may close the connection before it has read everything.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let read = timeout(Duration::from_secs(120), stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the server closes the connection");
    String::from_utf8(answer).unwrap()
}

/// The start of a request, with two headers.
const START: &str = "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn a_head_has_100_headers_at_most() {
    let sandbox = Sandbox::start().await.unwrap();
    for (count, expected) in [(98, "200"), (101, "431"), (5000, "431")] {
        let headers = "a: b\r\n".repeat(count - 2);
        let request = format!("{START}{headers}\r\n");
        assert_eq!(status(&exchange(&sandbox, &request).await), expected, "{count} headers");
    }
}

#[tokio::test]
async fn a_head_has_64_kib_at_most() {
    let sandbox = Sandbox::start().await.unwrap();
    for (size, expected) in [(60 << 10, "200"), (65 << 10, "431"), (200 << 10, "431")] {
        let long = "x".repeat(size);
        let request = format!("{START}a: {long}\r\n\r\n");
        assert_eq!(status(&exchange(&sandbox, &request).await), expected, "{size} bytes");
    }
    let long = "x".repeat(70 << 10);
    let answer =
        exchange(&sandbox, &format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
    assert!(matches!(status(&answer), "414" | "431"), "{answer}");
}

/// tokio's clock is paused, and jumps forward when every task is waiting.
#[tokio::test(start_paused = true)]
async fn a_head_that_never_ends_times_out() {
    let sandbox = Sandbox::start().await.unwrap();
    for part in ["", "GET /status HT", "GET /status HTTP/1.1\r\nHost: localhost\r\n"] {
        let start = Instant::now();
        let answer = exchange(&sandbox, part).await;
        let waited = start.elapsed().as_secs();
        assert!((29..=31).contains(&waited), "{part:?}: {waited} s, {answer}");
        assert!(matches!(status(&answer), "none" | "408"), "{part:?}: {answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_times_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let start = Instant::now();
    let head =
        "POST /payment-link/create HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{";
    let answer = exchange(&sandbox, head).await;
    assert!((29..=31).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let message = "The body took longer than 30 seconds to arrive.";
    let expected =
        format!(r#"{{"message":"{message}","error":"Request Timeout","statusCode":408}}"#);
    assert_eq!((status(&answer), body), ("408", expected.as_str()));
}

/// Without this timeout, a thousand clients that don't read their responses would occupy all connections forever.
#[tokio::test]
async fn a_client_that_does_not_read_its_response_times_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = Client::backend(&sandbox);
    let body = serde_json::json!({"amount": "1", "title": "x".repeat(1_000_000)});
    // The list is longer than what the operating system buffers for a connection.
    for _ in 0..16 {
        backend.post("/payment-link/create", &body).await.expect(201);
    }
    let (key, business) = (sandbox.normal_key().expose_secret(), sandbox.business_id());
    let head = format!(
        "Host: localhost\r\nConnection: close\r\napikey: {key}\r\nbusinessid: {business}\r\n"
    );
    let request = format!("GET /payment-link/ HTTP/1.1\r\n{head}\r\n");
    let mut stream = connect(&sandbox).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.readable().await.unwrap();
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(60)).await;
    tokio::time::resume();
    let mut answer = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    assert!(answer.len() < 16_000_000, "{} bytes: everything was written", answer.len());
}

#[tokio::test]
async fn slow_clients_do_not_delay_other_clients() {
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
async fn invalid_http_does_not_stop_the_server() {
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

/// Runs the sandbox in a separate process, to measure its memory.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_thousand_idle_connections_do_not_delay_others_and_cost_little() {
    raise_the_limit_on_open_files();
    let mut running = Running::start(&["serve", "--port", "0", "--json"]);
    let ready: Value = serde_json::from_str(&running.line()).unwrap();
    let url = text(&ready, "url");
    let address = url.strip_prefix("http://").unwrap();
    let client = Client::of_url(&url);
    assert_eq!(client.get("/status").await.status, 200);
    let before = running.memory();
    let mut idle = Vec::new();
    for part in ["", "GET /status HT", "GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n", "\r\n"]
        .iter()
        .cycle()
        .take(1000)
    {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(part.as_bytes()).await.unwrap();
        idle.push(stream);
    }
    let reply = timeout(Duration::from_secs(10), client.get("/status")).await.unwrap();
    assert_eq!(reply.status, 200);
    let grown = running.memory().saturating_sub(before);
    println!("1000 idle connections: {grown} KiB");
    assert!(grown < 32 << 10, "{grown} KiB for 1000 idle connections");
    // Connections above the limit are closed. Once other connections have ended, new ones are accepted again.
    for _ in 0..30 {
        idle.push(TcpStream::connect(address).await.unwrap());
    }
    let mut last = idle.pop().unwrap();
    let read = timeout(Duration::from_secs(10), last.read(&mut [0; 16])).await;
    assert!(matches!(read.unwrap(), Ok(0) | Err(_)), "the last connection should have been closed");
    idle.clear();
    let deadline = Instant::now() + Duration::from_secs(10);
    while !is_answered(address).await {
        assert!(Instant::now() < deadline, "connections are no longer accepted");
    }
    running.kill();
}

/// Raises the limit on open files. A limit of 1024 is too low for this test and for the program that it starts.
#[cfg(target_os = "linux")]
fn raise_the_limit_on_open_files() {
    let process = std::process::id().to_string();
    // If this fails, the limit may be high enough anyway.
    let _ =
        std::process::Command::new("prlimit").args(["--pid", &process, "--nofile=8192:"]).status();
}

#[cfg(target_os = "linux")]
async fn is_answered(address: &str) -> bool {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream
        .write_all(b"GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer.starts_with(b"HTTP/1.1 200 ")
}

#[tokio::test]
async fn broken_utf_8_is_refused_everywhere() {
    let sandbox = Sandbox::start().await.unwrap();
    let (key, business) = (sandbox.normal_key().expose_secret(), sandbox.business_id());
    let head = |target: &str| {
        format!(
            "POST {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n\
             apikey: {key}\r\nbusinessid: {business}\r\n"
        )
    };
    let broken: [&[u8]; 5] = [b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"];
    for bytes in broken {
        for (before, after) in [
            ("{\"amount\":\"5\",\"title\":\"", "\"}"),
            ("{\"amount\":\"5\",\"", "\":1}"),
            ("", "{}"),
        ] {
            let body = [before.as_bytes(), bytes, after.as_bytes()].concat();
            let head =
                format!("{}Content-Length: {}\r\n\r\n", head("/payment-link/create"), body.len());
            let answer = exchange_bytes(&sandbox, &[head.as_bytes(), &body].concat()).await;
            assert_eq!(status(&answer), "400", "{bytes:?} after {before}: {answer}");
        }
        let header = [
            head("/payment-link/create").as_bytes(),
            b"x: ",
            bytes,
            b"\r\nContent-Length: 14\r\n\r\n{\"amount\":\"5\"}",
        ]
        .concat();
        let answer = exchange_bytes(&sandbox, &header).await;
        assert_eq!(
            status(&answer),
            "201",
            "a header that nobody reads may contain any bytes: {answer}"
        );
    }
    let escaped = exchange(
        &sandbox,
        &format!("{}Content-Length: 2\r\n\r\n{{}}", head("/invoice/create?businessName=%ff")),
    )
    .await;
    assert_eq!(status(&escaped), "400", "{escaped}");
}

#[tokio::test]
async fn every_response_has_the_security_headers() {
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
