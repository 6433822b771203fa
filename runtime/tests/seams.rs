//! Tests custom implementations of public traits through the public API, without a network or a generated crate.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::{
    Admission, Ask, Authenticate, BoxFuture, Bytes, Call, ClientCore, Clock, CoreBuilder, Envelope,
    Error, ErrorKind, Eventually, FakeTransport, Governor, HeaderValue, Method, Operation, Origin,
    OriginPolicy, OriginRefused, Outcome, Outgoing, Profile, Redactor, RequiredScheme,
    SecurityRequirement, TransportErrorKind, Wording, http,
};
use serde_json::{Value, json};

const TOKEN: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("token")]);

static READ: Operation = Operation::new("getReading", Method::GET, "/readings/{station}")
    .servers(&["https://weather.example"])
    .security(&[TOKEN])
    .answer("Reading");

static WRITE: Operation = Operation::new("addReading", Method::POST, "/readings")
    .servers(&["https://weather.example"])
    .security(&[TOKEN])
    .answer("Reading");

static OPEN: Operation =
    Operation::new("health", Method::GET, "/health").servers(&["https://weather.example"]);

static PROFILE: Profile = Profile::new("weather/1.0");

/// A credential that gets a new token for each attempt. The length of the body is appended to the token, in place of a
/// signature.
#[derive(Clone, Debug, Default)]
struct Tokens {
    /// How long it takes to get a token.
    takes: Duration,
    /// The number of tokens that were requested.
    asked: Arc<AtomicU32>,
    fails: bool,
}

impl Authenticate for Tokens {
    fn holds(&self, required: &RequiredScheme) -> bool {
        required.name == "token"
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::later(async move {
            tokio::time::sleep(self.takes).await;
            if self.fails {
                return Err(Error::authentication("the token server rejected the request"));
            }
            let number = self.asked.fetch_add(1, Ordering::Relaxed);
            let text = format!(
                "Bearer plainly-fake-token-{number}-{}",
                request.body().unwrap_or_default().len()
            );
            request
                .insert_transient(http::header::AUTHORIZATION, HeaderValue::try_from(text).unwrap())
        })
    }

    fn redact(&self, _: &mut Redactor) {}

    fn label(&self) -> Option<&'static str> {
        Some("fake")
    }
}

fn core(tokens: Tokens, transport: &FakeTransport) -> CoreBuilder<Tokens> {
    CoreBuilder::new(tokens, &PROFILE).transport(transport.clone())
}

fn get(core: &ClientCore<Tokens>, operation: &'static Operation) -> Call<Value> {
    call(core, operation, |base| {
        RequestBuilder::new(operation.method.clone(), base).path("/readings").finish()
    })
}

fn respond(transport: &FakeTransport, status: u16, body: &'static str) {
    transport.respond(http::Response::builder().status(status).body(body).unwrap());
}

#[tokio::test(start_paused = true)]
async fn each_attempt_gets_its_own_credential() {
    let transport = FakeTransport::new();
    respond(&transport, 503, "{}");
    respond(&transport, 200, "7");
    let core = core(Tokens::default(), &transport).build().unwrap();
    assert_eq!(get(&core, &READ).await.unwrap(), json!(7));
    let sent: Vec<_> =
        transport.requests().iter().map(|it| it.headers()["authorization"].clone()).collect();
    assert_eq!(sent, ["Bearer plainly-fake-token-0-0", "Bearer plainly-fake-token-1-0"]);
    assert!(sent.iter().all(HeaderValue::is_sensitive));
}

#[tokio::test(start_paused = true)]
async fn the_final_body_is_authenticated() {
    let transport = FakeTransport::new();
    respond(&transport, 200, "7");
    let core = core(Tokens::default(), &transport).build().unwrap();
    let call: Call<Value> = call(&core, &WRITE, |base| {
        RequestBuilder::new(Method::POST, base).path("/readings").json(&json!({})).finish()
    });
    call.body_field("degrees", 7).await.unwrap();
    let request = transport.requests().remove(0);
    assert_eq!(request.body(), r#"{"degrees":7}"#);
    assert_eq!(request.headers()["authorization"], "Bearer plainly-fake-token-0-13");
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_credential_is_neither_sent_nor_retried() {
    let transport = FakeTransport::new();
    let failing = Tokens { fails: true, ..Tokens::default() };
    let core = core(failing, &transport).build().unwrap();
    for operation in [&READ, &WRITE] {
        let error = get(&core, operation).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
        assert_eq!(error.attempts(), 0);
        let said = error.to_string();
        assert!(
            said.ends_with("the token server rejected the request; nothing was sent"),
            "{said}"
        );
    }
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_times_out_if_its_credential_takes_too_long() {
    let transport = FakeTransport::new();
    let slow = Tokens { takes: Duration::from_secs(3600), ..Tokens::default() };
    let core = core(slow, &transport).build().unwrap();
    let error = get(&core, &WRITE).timeout(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
    assert!(transport.requests().is_empty());
}

/// If the call timed out while a write was still waiting for its connection, the outcome would be unknown.
#[tokio::test(start_paused = true)]
async fn a_write_is_sent_only_if_its_credential_leaves_time_to_connect() {
    for (operation, total, takes, sent) in [
        (&WRITE, 30, 20, false),
        (&WRITE, 30, 19, true),
        (&READ, 9, 8, true),
        // The call's timeout is shorter than the connect timeout, so the time left isn't checked.
        (&WRITE, 5, 1, true),
    ] {
        let transport = FakeTransport::new();
        respond(&transport, 200, "7");
        let slow = Tokens { takes: Duration::from_secs(takes), ..Tokens::default() };
        let core = core(slow, &transport).build().unwrap();
        let result = get(&core, operation).timeout(Duration::from_secs(total)).await;
        assert_eq!((transport.requests().len(), result.is_ok()), (usize::from(sent), sent));
        let outcome = result.err().map(|error| (error.kind(), error.outcome()));
        assert!(matches!(outcome, None | Some((ErrorKind::Authentication, Outcome::NotSent))));
    }
}

#[tokio::test(start_paused = true)]
async fn an_open_operation_is_not_authenticated() {
    let transport = FakeTransport::new();
    respond(&transport, 200, "");
    let core = core(Tokens { fails: true, ..Tokens::default() }, &transport).build().unwrap();
    let call: Call<()> =
        call(&core, &OPEN, |base| RequestBuilder::new(Method::GET, base).path("/health").finish());
    call.await.unwrap();
    assert!(!transport.requests()[0].headers().contains_key("authorization"));
}

#[tokio::test(start_paused = true)]
async fn an_echoed_transient_credential_is_redacted() {
    let transport = FakeTransport::new();
    respond(&transport, 400, r#"{"message":"bad Bearer plainly-fake-token-0-0"}"#);
    let core = core(Tokens::default(), &transport).build().unwrap();
    let error = get(&core, &READ).await.unwrap_err();
    assert_eq!(error.messages(), ["bad [redacted]"]);
    assert!(!format!("{error:?} {error:#?}").contains("plainly-fake"), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_transports_error_decides_the_outcome() {
    for (kind, expected, read, write) in [
        (TransportErrorKind::Unsendable, ErrorKind::InvalidArgument, 1, 1),
        (TransportErrorKind::NoConnection, ErrorKind::Connect, 3, 3),
        (TransportErrorKind::Timeout, ErrorKind::Timeout, 3, 1),
        (TransportErrorKind::Interrupted, ErrorKind::Interrupted, 3, 1),
    ] {
        for (operation, attempts) in [(&READ, read), (&WRITE, write)] {
            let transport = FakeTransport::new();
            (0..attempts).for_each(|_| transport.fail(kind));
            let core = core(Tokens::default(), &transport).build().unwrap();
            let error = get(&core, operation).await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (expected, attempts), "{}", operation.id);
            assert_eq!(transport.requests().len(), usize::try_from(attempts).unwrap());
        }
    }
}

/// A credential that may be sent to this machine only.
#[derive(Clone, Debug)]
struct Local;

impl OriginPolicy for Local {
    fn check(&self, origin: &Origin) -> Result<(), OriginRefused> {
        if origin.is_loopback() {
            return Ok(());
        }
        Err(OriginRefused::new("the credential may only be sent to this machine"))
    }
}

impl Authenticate for Local {
    fn holds(&self, _: &RequiredScheme) -> bool {
        false
    }

    fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(Ok(()))
    }

    fn redact(&self, _: &mut Redactor) {}

    fn origin_policy(&self) -> &dyn OriginPolicy {
        self
    }
}

#[test]
fn a_credential_decides_where_it_may_be_sent() {
    let builder = || CoreBuilder::new(Local, &PROFILE).transport(FakeTransport::new());
    let error = builder().origin("https://weather.example").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the given origin is rejected: the credential may only be sent to this machine"
    );
    let core = builder().origin("http://127.0.0.1:4010").unwrap().build().unwrap();
    assert_eq!(core.origin(), Some("http://127.0.0.1:4010"));
    assert!(core.clone().with_origin("https://weather.example").is_err());
    let elsewhere = core
        .with_origin_under("https://weather.example", &openapi_keys_runtime::SecureOrigins)
        .unwrap();
    assert_eq!(elsewhere.origin(), Some("https://weather.example"));
}

/// A clock that advances only during sleeps, and records each sleep.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Clock for Kept {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().0
    }

    fn wall_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let kept = self.clone();
        Box::pin(async move {
            let mut kept = kept.0.lock().unwrap();
            kept.0 += duration;
            kept.1.push(duration);
        })
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// This test uses a runtime without a timer to show that tokio's timer isn't needed.
#[test]
fn a_clock_controls_the_length_of_waits() {
    let transport = FakeTransport::new();
    respond(&transport, 503, "{}");
    respond(&transport, 429, "{}");
    respond(&transport, 200, "7");
    let clock = Kept::default();
    let core = CoreBuilder::new(Fixed, &PROFILE).transport(transport.clone()).clock(clock.clone());
    let core = core.build().unwrap();
    let call: Call<Value> = call(&core, &READ, |base| {
        RequestBuilder::new(Method::GET, base).path("/readings").finish()
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(call.into_future()).unwrap(), json!(7));
    // The waits are half of 250 and of 500 milliseconds.
    assert_eq!(clock.0.lock().unwrap().1, [125, 250].map(Duration::from_millis));
}

/// A key that is always available.
#[derive(Clone, Debug)]
struct Fixed;

impl Authenticate for Fixed {
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(request.insert_credential("x-station", "plainly-fake"))
    }

    fn redact(&self, redactor: &mut Redactor) {
        redactor.add("plainly-fake");
    }
}

/// A governor that records each query and admits everything.
#[derive(Clone, Debug, Default)]
struct Noting(Arc<Mutex<Vec<Ask>>>);

impl Governor for Noting {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        self.0.lock().unwrap().push(ask);
        Eventually::Now(Admission::Now)
    }
}

#[tokio::test(start_paused = true)]
async fn a_governor_is_called_before_each_attempt_with_the_time_left() {
    let transport = FakeTransport::new();
    transport.fail(TransportErrorKind::NoConnection);
    respond(&transport, 200, "7");
    let governor = Noting::default();
    let core = core(Tokens::default(), &transport).governor(governor.clone()).build().unwrap();
    get(&core, &WRITE).await.unwrap();
    let asks = governor.0.lock().unwrap();
    let seen: Vec<_> = asks.iter().map(|ask| (ask.operation.id, ask.attempt, ask.needed)).collect();
    let needed = Duration::from_secs(10);
    assert_eq!(seen, [("addReading", 1, needed), ("addReading", 2, needed)]);
    assert_eq!(asks[0].time_left, Duration::from_secs(30));
    assert!(asks[1].time_left < asks[0].time_left && asks[1].now > asks[0].now);
    assert!(asks[0].can_wait(Duration::from_secs(19)) && !asks[0].can_wait(needed * 2));
}

#[tokio::test(start_paused = true)]
async fn a_profile_decides_what_a_response_means_and_what_to_advise() {
    static STRICT: Profile = Profile::new("weather/1.0")
        .envelope(Envelope::with_status("code"))
        .wording(Wording::plain().after_unauthorized("ask the weather service for a key"));
    #[derive(Debug, serde::Deserialize)]
    struct Problem {
        reason: String,
    }
    let transport = FakeTransport::new();
    for body in [r#"{"code":401,"message":"no"}"#, r#"{"ok":false,"reason":"storm"}"#] {
        respond(&transport, 200, body);
    }
    let core = CoreBuilder::new(Fixed, &STRICT).transport(transport).build().unwrap();
    let ask = || -> Call<Value> {
        call(&core, &READ, |base| RequestBuilder::new(Method::GET, base).path("/r").finish())
    };
    let error = ask().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(http::StatusCode::UNAUTHORIZED));
    assert!(error.to_string().ends_with("; ask the weather service for a key"), "{error}");
    let error = ask().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ErrorInBody);
    assert_eq!(error.body_as::<Problem>().unwrap().reason, "storm");
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit() {
    let transport = FakeTransport::new();
    transport.respond(http::Response::new(Bytes::from(vec![b'7'; 100])));
    let core = core(Tokens::default(), &transport).max_response_bytes(10).build().unwrap();
    let error = get(&core, &READ).without_retries().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.body().map(<[u8]>::len), Some(10));
}
