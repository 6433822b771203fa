//! Tests request bodies on the wire.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use openapi_keys_runtime::{
    Authenticate, Body, CoreBuilder, Error, ErrorKind, Eventually, Method, Operation, Outcome,
    Outgoing, Redactor, RequiredScheme, SecurityRequirement,
};

use super::server::{Seen, Server, response};
use super::steps::{Chunk, Fails, Pause, Stall, Step, Yield, steps};
use super::{ADD, JsonCall, PROFILE, core};

async fn sent(media_type: &'static str, body: impl Into<Body>) -> Seen {
    let server = Server::responding(response(200, "application/json", "7"));
    let call = JsonCall::new(&core(&server), &ADD).body(media_type, body);
    assert_eq!(call.await.unwrap(), 7);
    server.seen(1).await.remove(0)
}

#[track_caller]
fn check(seen: &Seen, framing: &str, body: &[u8]) {
    assert!(seen.is_whole);
    assert_eq!((&*seen.framing(), &*seen.body), (framing, body), "{}", seen.head);
    assert_eq!(seen.header("accept"), ["application/json"]);
}

#[tokio::test]
async fn bytes_and_text_are_sent_with_their_length_and_media_type() {
    let seen = sent("image/png", vec![0, 0xff, b'\r', b'\n']).await;
    check(&seen, "4", b"\0\xff\r\n");
    assert_eq!(seen.header("content-type"), ["image/png"]);
    check(&sent("text/plain", "é").await, "2", "é".as_bytes());
    check(&sent("text/csv; header=present", "a,b\n".to_owned()).await, "4", b"a,b\n");
    let large = vec![b'x'; 3_000_000];
    check(&sent("text/plain", large.clone()).await, "3000000", &large);
}

const ABC: [Step; 6] = [
    Chunk("a"),
    Yield,
    Chunk(""),
    Chunk("b"),
    Pause(Duration::from_millis(20)),
    Chunk("c\r\n0\r\n\r\n"),
];

#[tokio::test]
async fn a_stream_is_sent_in_chunks_unless_its_length_is_known() {
    let all = b"abc\r\n0\r\n\r\n";
    let seen = sent("text/plain", Body::from_stream(steps(&ABC))).await;
    check(&seen, "chunked", all);
    assert_eq!(seen.header("content-type"), ["text/plain"]);
    let body = Body::from_stream(steps(&ABC)).with_length(10);
    check(&sent("text/plain", body).await, "10", all);
    // The surplus is neither sent nor treated as another request.
    let body = Body::from_stream(steps(&ABC)).with_length(3);
    check(&sent("text/plain", body).await, "3", b"abc");
    check(&sent("text/plain", Body::from("abc").with_length(2)).await, "2", b"ab");
}

#[tokio::test]
async fn an_empty_body_has_its_media_type_and_no_bytes() {
    let seen = sent("text/plain", "").await;
    check(&seen, "0", b"");
    assert_eq!(seen.header("content-type"), ["text/plain"]);
    check(&sent("text/plain", Body::from_stream(steps(&[])).with_length(0)).await, "0", b"");
    check(&sent("text/plain", Body::from_stream(steps(&[]))).await, "chunked", b"");
    check(&sent("text/plain", Body::from_stream(steps(&[Chunk("")]))).await, "chunked", b"");
}

/// An authenticator that records each body that it is given to sign.
#[derive(Clone, Default)]
struct Signing(Arc<Mutex<Vec<Option<Vec<u8>>>>>);

impl Authenticate for Signing {
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }
    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        self.0.lock().unwrap().push(request.body().map(<[u8]>::to_vec));
        Eventually::Now(Ok(()))
    }
    fn redact(&self, _: &mut Redactor) {}
}

static SIGNED: Operation = Operation::new("sign", Method::PUT, "/readings")
    .answer("Reading")
    .security(&[SecurityRequirement::new(&[RequiredScheme::new("signature")])]);

/// If a body that isn't known yet could be signed, the signature would cover an empty body.
#[tokio::test]
async fn a_body_that_is_read_while_it_is_sent_cannot_be_signed() {
    let server = Server::responding(response(200, "application/json", "7"));
    let signing = Signing::default();
    let builder = CoreBuilder::new(signing.clone(), &PROFILE).origin(&server.origin);
    let core = builder.unwrap().build().unwrap();
    for body in [Body::from("abc"), Body::from_stream(steps(&ABC)), Body::default()] {
        JsonCall::new(&core, &SIGNED).body("text/plain", body).await.unwrap();
    }
    let seen = signing.0.lock().unwrap().clone();
    assert_eq!(seen, [Some(b"abc".to_vec()), None, Some(Vec::new())]);
}

async fn failing(body: Body) -> (Error, Seen) {
    let server = Server::responding(response(200, "application/json", "7"));
    let error = JsonCall::new(&core(&server), &ADD).body("text/plain", body).await.unwrap_err();
    (error, server.seen(1).await.remove(0))
}

/// The server must not mistake an incomplete body for a complete one.
#[tokio::test]
async fn a_stream_that_fails_ends_the_request_and_its_outcome_is_unknown() {
    for length in [None, Some(1000)] {
        let body = Body::from_stream(steps(&[Chunk("abc"), Yield, Fails]));
        let body = match length {
            Some(length) => body.with_length(length),
            None => body,
        };
        let (error, seen) = failing(body).await;
        let got = (error.kind(), error.outcome(), error.attempts());
        assert_eq!(got, (ErrorKind::RequestBody, Outcome::Unknown, 1));
        assert!(
            error.to_string().ends_with(
                "/readings): the request body couldn't be read completely; \
                 the request may have been executed: check before retrying"
            ),
            "{error}"
        );
        assert!(format!("{error:?}").contains("the disk is gone"), "{error:?}");
        assert!(!seen.is_whole, "{seen:?}");
    }
}

#[tokio::test]
async fn a_stream_that_is_shorter_than_announced_fails_with_the_lengths() {
    let (error, seen) = failing(Body::from_stream(steps(&ABC)).with_length(11)).await;
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::RequestBody, Outcome::Unknown));
    assert!(
        error.to_string().contains("completely: it ended after 10 of 11 bytes; the request may"),
        "{error}"
    );
    assert!(!seen.is_whole);
    let (error, _) = failing(Body::from("abc").with_length(4)).await;
    assert!(error.to_string().contains("it ended after 3 of 4 bytes"), "{error}");
}

#[tokio::test]
async fn the_calls_timeout_ends_an_upload_that_stalls() {
    let server = Server::responding(response(200, "application/json", "7"));
    let body = Body::from_stream(steps(&[Chunk("abc"), Stall]));
    let call = JsonCall::new(&core(&server), &ADD).body("text/plain", body);
    let error = call.timeout(Duration::from_millis(100)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    assert!(!server.seen(1).await[0].is_whole);
}

#[tokio::test]
async fn a_call_that_is_dropped_ends_its_upload() {
    let server = Server::responding(response(200, "application/json", "7"));
    let body = Body::from_stream(steps(&[Chunk("abc"), Stall]));
    let call = JsonCall::new(&core(&server), &ADD).body("text/plain", body);
    assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
    assert!(!server.seen(1).await[0].is_whole);
}
