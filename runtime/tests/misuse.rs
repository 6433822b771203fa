//! Checks that careless or unusual implementations of the public traits never cause a panic, a hang, a leaked secret or
//! a wrong outcome.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::{
    Authenticate, Body, BoxFuture, Bytes, Call, ClientCore, Clock, CoreBuilder, Error, ErrorKind,
    Eventually, FakeTransport, HeaderName, HeaderValue, Location, Method, Operation, Outcome,
    Outgoing, Profile, RateLimit, Redactor, RequiredScheme, SecurityRequirement, SecurityScheme,
    Transport, TransportError, TransportErrorKind, http,
};
use serde_json::Value;

const KEY: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("key")]);

static READ: Operation = Operation::new("getReading", Method::GET, "/readings")
    .servers(&["https://weather.example"])
    .security(&[KEY])
    .answer("Reading");

static WRITE: Operation = Operation::new("addReading", Method::POST, "/readings")
    .servers(&["https://weather.example"])
    .security(&[KEY])
    .answer("Reading");

static PROFILE: Profile = Profile::new("weather/1.0").security_schemes(&[
    SecurityScheme::api_key("key", Location::Header, "X-Station"),
    SecurityScheme::http("token", "bearer"),
]);

/// An authenticator that calls a function.
struct By<F>(F);

impl<F> Authenticate for By<F>
where
    F: Fn(&mut Outgoing<'_>) -> Result<(), Error> + Send + Sync + 'static,
{
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now((self.0)(&mut request))
    }

    fn redact(&self, _: &mut Redactor) {}
}

fn builder<F>(by: F, transport: &FakeTransport) -> CoreBuilder<By<F>>
where
    F: Fn(&mut Outgoing<'_>) -> Result<(), Error> + Send + Sync + 'static,
{
    CoreBuilder::new(By(by), &PROFILE).transport(transport.clone())
}

fn send<A: Authenticate + 'static>(
    core: &ClientCore<A>,
    operation: &'static Operation,
) -> Call<Value> {
    call(core, operation, |base| {
        RequestBuilder::new(operation.method.clone(), base).path("/readings").finish()
    })
}

fn respond(transport: &FakeTransport, status: u16, body: &'static str) {
    transport.respond(http::Response::builder().status(status).body(body).unwrap());
}

#[tokio::test]
async fn a_header_name_can_be_in_upper_or_lower_case() {
    let transport = FakeTransport::new();
    respond(&transport, 200, "7");
    let by = |request: &mut Outgoing<'_>| request.insert_credential("X-Station", "plainly-fake");
    let core = builder(by, &transport).build().unwrap();
    send(&core, &READ).await.unwrap();
    assert_eq!(transport.requests()[0].headers()["x-station"], "plainly-fake");
}

#[tokio::test]
async fn too_many_headers_are_an_error() {
    let transport = FakeTransport::new();
    let by = |request: &mut Outgoing<'_>| request.insert_credential("x-station", "plainly-fake");
    let core = builder(by, &transport).build().unwrap();
    let mut call = send(&core, &READ);
    for number in 0..24_576 {
        call = call.header(&format!("x-{number}"), "1");
    }
    let error = call.await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::InvalidArgument, Outcome::NotSent),
        "{error}"
    );
}

#[test]
fn a_header_that_the_client_sets_cannot_be_a_default_header() {
    for name in ["x-station", "authorization", "content-length", "transfer-encoding", "host"] {
        let transport = FakeTransport::new();
        let builder = builder(|_: &mut Outgoing<'_>| Ok(()), &transport);
        let value = HeaderValue::from_static("hunter2");
        let error = builder.default_header(HeaderName::from_static(name), value).build().err();
        let error = error.unwrap_or_else(|| panic!("{name}"));
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(
            error.to_string().contains(name) && !error.to_string().contains("hunter2"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn the_header_of_a_security_scheme_is_rejected_in_upper_or_lower_case() {
    let transport = FakeTransport::new();
    let core = builder(|_: &mut Outgoing<'_>| Ok(()), &transport).build().unwrap();
    let error = send(&core, &READ).header("x-station", "mine").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

#[tokio::test]
async fn debug_output_does_not_show_what_is_sent() {
    let transport = FakeTransport::new();
    respond(&transport, 200, "7");
    let shown = Arc::new(Mutex::new(String::new()));
    let seen = shown.clone();
    let by = move |request: &mut Outgoing<'_>| {
        request.insert_credential("x-station", "hunter2")?;
        *seen.lock().unwrap() = format!("{request:?}");
        Ok(())
    };
    let core = builder(by, &transport).build().unwrap();
    let call: Call<Value> = call(&core, &WRITE, |base| {
        RequestBuilder::new(Method::POST, base)
            .path("/a/")
            .segment("id", "hunter2")
            .json("hunter2")
            .finish()
    });
    call.header("x-trace", "hunter2").await.unwrap();
    let shown = shown.lock().unwrap();
    assert!(
        shown.contains("addReading") && !shown.contains("hunter2") && !shown.contains("104, 117"),
        "{shown}"
    );
    let shown = format!("{transport:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn any_authenticator_error_means_not_sent() {
    for kind in [
        ErrorKind::Timeout,
        ErrorKind::Connect,
        ErrorKind::Refused(http::StatusCode::UNAUTHORIZED),
        ErrorKind::Failed(http::StatusCode::SERVICE_UNAVAILABLE),
        ErrorKind::Decode,
        ErrorKind::InvalidArgument,
    ] {
        for operation in [&READ, &WRITE] {
            let transport = FakeTransport::new();
            let core = builder(move |_: &mut Outgoing<'_>| Err(Error::new(kind)), &transport);
            let error = send(&core.build().unwrap(), operation).await.unwrap_err();
            let seen = (error.kind(), error.outcome(), error.attempts());
            assert_eq!(seen, (ErrorKind::Authentication, Outcome::NotSent, 0), "{kind:?}: {error}");
            assert!(std::error::Error::source(&error).is_some());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_credential_error_on_a_retry_does_not_hide_the_first_error() {
    let transport = FakeTransport::new();
    transport.fail(TransportErrorKind::Timeout);
    let first = Mutex::new(true);
    let by = move |request: &mut Outgoing<'_>| {
        if std::mem::take(&mut *first.lock().unwrap()) {
            return request.insert_credential("x-station", "plainly-fake");
        }
        Err(Error::authentication("the token server says no"))
    };
    let core = builder(by, &transport).build().unwrap();
    let error = send(&core, &READ).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{error}");
    assert_eq!(error.attempts(), 1);
}

/// A clock that never advances and whose short waits end immediately, like the clock in the documentation of `Clock`.
struct Impatient;

impl Clock for Impatient {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn wall_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration >= Duration::from_secs(5) {
            return Box::pin(std::future::pending());
        }
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> f64 {
        0.5
    }
}

#[test]
fn a_wait_ends_even_if_the_clock_stops() {
    let transport = FakeTransport::new();
    (0..2).for_each(|_| respond(&transport, 200, "7"));
    let by = |request: &mut Outgoing<'_>| request.insert_credential("x-station", "plainly-fake");
    let core = builder(by, &transport)
        .clock(Impatient)
        .governor(RateLimit::new(1, Duration::from_secs(1)))
        .build()
        .unwrap();
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(send(&core, &READ).into_future()).unwrap();
        let second = runtime.block_on(send(&core, &READ).into_future());
        let _ = done.send(second.map_err(|error| error.kind()));
    });
    let second = ended.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!(second, Err(ErrorKind::RateLimited));
}

#[tokio::test]
async fn the_authorization_scheme_is_not_redacted() {
    let transport = FakeTransport::new();
    let refused = r#"Bearer error="invalid_token""#;
    let response = http::Response::builder().status(401).header("www-authenticate", refused);
    transport.respond(response.body(r#"{"message":"no Bearer eyJhbGciOiJIUzI1NiJ9"}"#).unwrap());
    let by = |request: &mut Outgoing<'_>| {
        let token = HeaderValue::from_static("Bearer eyJhbGciOiJIUzI1NiJ9.plainly.fake");
        request.insert_credential("x-station", "plainly-fake")?;
        request.insert_transient(http::header::AUTHORIZATION, token)
    };
    let core = builder(by, &transport).build().unwrap();
    let error = send(&core, &READ).await.unwrap_err();
    assert_eq!(error.headers().unwrap()["www-authenticate"], refused);
    assert_eq!(error.messages(), ["no [redacted]"]);
}

#[tokio::test(start_paused = true)]
async fn dropped_calls_do_not_use_up_the_rate_limit() {
    let transport = FakeTransport::new();
    (0..4).for_each(|_| respond(&transport, 200, "7"));
    let by = |request: &mut Outgoing<'_>| request.insert_credential("x-station", "plainly-fake");
    let limit = RateLimit::new(2, Duration::from_secs(10));
    let core = builder(by, &transport).governor(limit).build().unwrap();
    send(&core, &READ).await.unwrap();
    send(&core, &READ).await.unwrap();
    for _ in 0..5 {
        let given_up = send(&core, &READ).into_future();
        tokio::time::timeout(Duration::from_secs(1), given_up).await.unwrap_err();
    }
    assert_eq!(transport.requests().len(), 2);
    tokio::time::sleep(Duration::from_secs(5)).await;
    send(&core, &READ).await.unwrap();
    send(&core, &READ).await.unwrap();
    let error = send(&core, &READ).timeout(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
}

/// A body that never ends, never grows and is always ready. It yields empty chunks or trailers.
struct Nothing {
    trailers: bool,
}

impl http_body::Body for Nothing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, TransportError>>> {
        Poll::Ready(Some(Ok(match self.trailers {
            true => http_body::Frame::trailers(http::HeaderMap::new()),
            false => http_body::Frame::data(Bytes::new()),
        })))
    }
}

struct Endless {
    trailers: bool,
}

impl Transport for Endless {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let body = Body::new(Nothing { trailers: self.trailers });
        Box::pin(std::future::ready(Ok(http::Response::new(body))))
    }
}

#[test]
fn the_calls_timeout_ends_an_endless_empty_body() {
    for trailers in [false, true] {
        let by = |request: &mut Outgoing<'_>| request.insert_credential("x-station", "fake");
        let core = builder(by, &FakeTransport::new()).transport(Endless { trailers });
        let core = core.total_timeout(Duration::from_millis(100)).build().unwrap();
        let (done, ended) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
            let result = runtime.unwrap().block_on(send(&core, &WRITE).into_future());
            let _ = done.send(result.map_err(|error| (error.kind(), error.outcome())));
        });
        let result = ended.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(result, Err((ErrorKind::Timeout, Outcome::Unknown)));
    }
}

#[tokio::test]
async fn a_transient_credential_of_any_alphabet_is_redacted() {
    let transport = FakeTransport::new();
    respond(&transport, 401, r#"{"message":"no plainly-fake-é-token"}"#);
    let by = |request: &mut Outgoing<'_>| {
        let token = HeaderValue::from_bytes("plainly-fake-é-token".as_bytes()).unwrap();
        request.insert_transient(HeaderName::from_static("x-station"), token)
    };
    let core = builder(by, &transport).build().unwrap();
    let error = send(&core, &READ).await.unwrap_err();
    assert_eq!(error.messages(), ["no [redacted]"]);
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_needs_a_credential_is_not_sent_without_one() {
    let transport = FakeTransport::new();
    let core = builder(|_| Ok(()), &transport).build().unwrap();
    for operation in [&READ, &WRITE] {
        let error = send(&core, operation).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
        assert!(
            error.to_string().contains("`X-Station` header of the `key` security scheme"),
            "{error}"
        );
    }
    assert!(transport.requests().is_empty());
}
