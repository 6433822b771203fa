//! Tests calls that are built like those in generated code: a type wraps a `CallCore`, and the `call!` macro implements
//! `Future` and adds the methods that set options.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

use std::future::Future;
use std::num::ParseIntError;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use openapi_keys_runtime::generated::{BuildRequest, CallCore, Draft, RequestBuilder, argument};
use openapi_keys_runtime::{
    Authenticate, Body, BoxFuture, Bytes, ClientCore, CoreBuilder, Error, ErrorKind, Eventually,
    FakeTransport, Method, Operation, Outcome, Outgoing, Profile, Redactor, Request,
    RequiredScheme, Transport, TransportError, call, http,
};
use serde::Serialize;

static ADD: Operation = Operation::new("addReading", Method::POST, "/readings")
    .servers(&["https://weather.example"])
    .answer("Reading");

static NOWHERE: Operation = Operation::new("nowhere", Method::POST, "/readings").answer("Reading");

static PROFILE: Profile = Profile::new("weather/1.0");

struct Nobody;

impl Authenticate for Nobody {
    fn holds(&self, _: &RequiredScheme) -> bool {
        false
    }
    fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }
    fn redact(&self, _: &mut Redactor) {}
}

#[derive(Serialize)]
struct NewReading {
    degrees: i32,
}

/// A call like the generated ones.
#[must_use]
struct AddReadingCall {
    call: CallCore<i32>,
    body: Draft<NewReading>,
}

impl AddReadingCall {
    fn new(core: &ClientCore<Nobody>, operation: &'static Operation, degrees: &str) -> Self {
        let mut call = CallCore::new(core, operation);
        let degrees = argument("degrees", degrees.parse::<i32>());
        let body = call.draft(degrees.map(|degrees| NewReading { degrees }));
        AddReadingCall { call, body }
    }

    fn station(mut self, number: &str) -> Self {
        self.call.argument::<u8, ParseIntError>("station", number.parse());
        self
    }

    fn body(&self) -> Result<&NewReading, Error> {
        self.call.given_draft(&self.body)
    }
}

impl BuildRequest for AddReadingCall {
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
        request.path("/readings").json(&self.body).finish()
    }
}

call!(AddReadingCall -> i32);

fn core(transport: &FakeTransport) -> CoreBuilder<Nobody> {
    CoreBuilder::new(Nobody, &PROFILE).transport(transport.clone())
}

fn answering(times: usize) -> FakeTransport {
    let transport = FakeTransport::new();
    for _ in 0..times {
        transport.respond(http::Response::new("7"));
    }
    transport
}

#[tokio::test(start_paused = true)]
async fn the_first_rejected_argument_is_reported_and_nothing_is_sent() {
    let transport = answering(1);
    let core = core(&transport).build().unwrap();
    let call = AddReadingCall::new(&core, &ADD, "hunter2").station("x").header("bad name", "x");
    let shown = call.body().map(drop).unwrap_err();
    let error = call.timeout(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
    assert!(error.to_string().contains("the argument `degrees` is invalid: "), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert_eq!(shown.kind(), ErrorKind::InvalidArgument);
    assert!(shown.to_string().contains("the argument `degrees` is invalid: "), "{shown}");
    assert!(transport.requests().is_empty());

    let error = AddReadingCall::new(&core, &ADD, "7").station("x").await.unwrap_err();
    assert!(error.to_string().contains("the argument `station` is invalid: "), "{error}");
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_body_can_be_read_before_it_is_sent() {
    let transport = answering(1);
    let core = core(&transport).build().unwrap();
    let call = AddReadingCall::new(&core, &ADD, "-3");
    assert_eq!(call.body().unwrap().degrees, -3);
    assert_eq!(call.await.unwrap(), 7);
    assert_eq!(transport.requests().remove(0).body(), r#"{"degrees":-3}"#);
}

#[tokio::test(start_paused = true)]
async fn calls_are_futures_that_can_be_moved_and_joined() {
    fn owned<F: Future + Send + Unpin + 'static>(future: F) -> F {
        future
    }
    let transport = answering(3);
    let core = core(&transport).build().unwrap();
    let add = || owned(AddReadingCall::new(&core, &ADD, "1"));
    let (one, other, spawned) =
        tokio::join!(add(), owned(add().with_response()), tokio::spawn(add()));
    assert_eq!((one.unwrap(), other.unwrap().value, spawned.unwrap().unwrap()), (7, 7, 7));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_awaited_twice_is_sent_once() {
    let transport = answering(2);
    let core = core(&transport).build().unwrap();
    let mut call = AddReadingCall::new(&core, &ADD, "1");
    assert_eq!((&mut call).await.unwrap(), 7);
    let error = (&mut call).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::Unknown));
    assert!(error.to_string().contains("already awaited"), "{error}");
    assert!(!error.to_string().contains("nothing was sent"), "{error}");
    assert_eq!(call.body().map(drop).unwrap_err().outcome(), Outcome::Unknown);
    // Setting an option has no effect at this point.
    assert_eq!(call.timeout(Duration::ZERO).await.unwrap_err().kind(), ErrorKind::InvalidArgument);

    let mut call = AddReadingCall::new(&core, &ADD, "1").with_response();
    assert_eq!((&mut call).await.unwrap().value, 7);
    assert_eq!(call.await.unwrap_err().kind(), ErrorKind::InvalidArgument);
    assert_eq!(transport.requests().len(), 2);
}

/// A transport that counts requests and never responds.
#[derive(Default)]
struct Hanging(AtomicU32);

impl Transport for Hanging {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::pending())
    }
}

/// The call is awaited twice. The first await is cancelled after the request was sent, so the error from the second
/// must not say that nothing was sent.
#[tokio::test(start_paused = true)]
async fn the_outcome_of_a_dropped_call_is_unknown() {
    let transport = Arc::new(Hanging::default());
    let core = CoreBuilder::new(Nobody, &PROFILE).transport(transport.clone()).build().unwrap();
    let mut call = AddReadingCall::new(&core, &ADD, "1");
    let given_up = tokio::time::timeout(Duration::from_millis(5), &mut call).await;
    assert!(given_up.is_err());
    assert_eq!(transport.0.load(Ordering::Relaxed), 1);
    let error = call.with_response().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(!error.to_string().contains("nothing was sent"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_operation_without_a_server_needs_an_origin() {
    let transport = answering(1);
    let error = AddReadingCall::new(&core(&transport).build().unwrap(), &NOWHERE, "1").await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidOrigin);
    let core = core(&transport).origin("http://127.0.0.1:1").unwrap().build().unwrap();
    assert_eq!(AddReadingCall::new(&core, &NOWHERE, "1").await.unwrap(), 7);
    assert_eq!(transport.requests().remove(0).uri(), "http://127.0.0.1:1/readings");
}

#[test]
fn debug_does_not_show_arguments() {
    let core = core(&answering(0)).build().unwrap();
    let call = AddReadingCall::new(&core, &ADD, "451").query("token", "hunter2");
    assert_eq!(format!("{call:?}"), "Call { operation: \"addReading\", .. }");
}

static PHOTO: Operation = Operation::new("getPhoto", Method::GET, "/photo")
    .servers(&["https://weather.example"])
    .answer("Bytes")
    .accept("image/png")
    .may_be_empty()
    .not_modified();

static READING: Operation = Operation::new("getReading", Method::GET, "/reading")
    .servers(&["https://weather.example"])
    .answer("Reading")
    .may_be_empty()
    .not_modified();

struct PhotoCall {
    call: CallCore<Option<Bytes>>,
}

struct ReadingCall {
    call: CallCore<Option<i32>>,
}

impl BuildRequest for PhotoCall {
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
        request.path("/photo").finish()
    }
}

impl BuildRequest for ReadingCall {
    fn request(&mut self, request: RequestBuilder) -> Result<Request, Error> {
        request.path("/reading").finish()
    }
}

call!(PhotoCall -> Option<Bytes> as optional_bytes);
call!(ReadingCall -> Option<i32>);

/// A 304 counts as a success response only if the OpenAPI document lists it. Otherwise the operation has no
/// conditional requests, so a 304 is unexpected.
#[tokio::test]
async fn a_304_is_an_empty_success_response_if_the_document_lists_it() {
    let transport = FakeTransport::new();
    let respond = |status: u16, body: &'static str| {
        transport.respond(http::Response::builder().status(status).body(body).unwrap());
    };
    let core = CoreBuilder::new(Nobody, &PROFILE).transport(transport.clone()).build().unwrap();
    let photo = || PhotoCall { call: CallCore::new(&core, &PHOTO) };
    let reading = || ReadingCall { call: CallCore::new(&core, &READING) };
    respond(304, "");
    assert_eq!(photo().header("if-none-match", "\"7\"").await.unwrap(), None);
    respond(200, "");
    assert_eq!(photo().await.unwrap(), Some(Bytes::new()));
    respond(304, "");
    assert_eq!(reading().await.unwrap(), None);
    respond(304, "");
    let response = reading().with_response().await.unwrap();
    assert_eq!((response.status.as_u16(), response.value), (304, None));
    respond(200, "7");
    assert_eq!(reading().await.unwrap(), Some(7));
    respond(304, "");
    let error = AddReadingCall::new(&core, &ADD, "1").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::UnexpectedStatus(_)), "{error}");
}
