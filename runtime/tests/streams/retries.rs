//! Checks which bodies are sent again, and which are sent only once.

use std::net::TcpListener;
use std::time::Duration;

use openapi_keys_runtime::{
    Body, CoreBuilder, ErrorKind, FakeTransport, Outcome, RetryPolicy, StatusCode,
    TransportErrorKind, http,
};

use super::server::{Connection, Server, response};
use super::steps::{Chunk, steps};
use super::{ADD, GET, JsonCall, Nobody, PROFILE, builder};

/// Responds once with 503, and after that with success responses.
fn act(connection: &mut Connection) {
    connection.read();
    let status = if connection.number == 1 { 503 } else { 200 };
    connection.write(response(status, "application/json", "7"));
}

fn at_once() -> RetryPolicy {
    RetryPolicy::new(2).base_delay(Duration::ZERO)
}

#[tokio::test]
async fn bytes_are_sent_again() {
    let server = Server::start(act);
    let core = builder(&server).retries(at_once()).build().unwrap();
    assert_eq!(JsonCall::new(&core, &GET).body("text/plain", "abc").await.unwrap(), 7);
    let bodies: Vec<_> = server.seen(2).await.iter().map(|seen| seen.body.clone()).collect();
    assert_eq!(bodies, [b"abc", b"abc"]);
}

#[tokio::test(start_paused = true)]
async fn bytes_of_a_write_are_sent_again_if_there_was_no_connection() {
    let transport = FakeTransport::new();
    transport.fail(TransportErrorKind::NoConnection);
    transport.respond(http::Response::new("7"));
    let core = CoreBuilder::new(Nobody, &PROFILE).transport(transport.clone()).build().unwrap();
    let body = Body::from("abc").with_length(3);
    assert_eq!(JsonCall::new(&core, &ADD).body("text/plain", body).await.unwrap(), 7);
    let bodies: Vec<_> = transport.requests().iter().map(|it| it.body().clone()).collect();
    assert_eq!(bodies, ["abc", "abc"]);
}

#[tokio::test]
async fn a_stream_is_sent_only_once() {
    let server = Server::start(act);
    let core = builder(&server).retries(at_once()).build().unwrap();
    let body = Body::from_stream(steps(&[Chunk("abc")]));
    let call = JsonCall::new(&core, &GET).body("text/plain", body).retries(at_once());
    let error = call.await.unwrap_err();
    let kind = ErrorKind::Failed(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!((error.kind(), error.attempts()), (kind, 1));
    assert!(!error.to_string().contains("attempts"), "{error}");
    assert_eq!(server.seen(1).await[0].body, b"abc");
}

#[tokio::test]
async fn a_stream_without_a_connection_is_not_sent() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let origin = format!("http://{unused}");
    let core = CoreBuilder::new(Nobody, &PROFILE).origin(&origin).unwrap().build().unwrap();
    let body = Body::from_stream(steps(&[Chunk("abc")]));
    let error = JsonCall::new(&core, &ADD).body("text/plain", body).await.unwrap_err();
    let got = (error.kind(), error.outcome(), error.attempts());
    assert_eq!(got, (ErrorKind::Connect, Outcome::NotSent, 1));
    assert!(error.to_string().ends_with("nothing was sent, so it is safe to retry"), "{error}");
}
