//! Checks that a rate limit holds even if calls are dropped, and that a call stops waiting for a remote governor
//! when the call times out.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::{
    Admission, Ask, Authenticate, Body, BoxFuture, Call, ClientCore, Clock as _, CoreBuilder,
    Error, ErrorKind, Eventually, Governor, Method, Operation, Outcome, Outgoing, Profile,
    RateLimit, Redactor, RequiredScheme, TokioClock, Transport, TransportError, http,
};
use serde_json::Value;
use tokio::time::{sleep, timeout};

static READ: Operation =
    Operation::new("read", Method::GET, "/x").servers(&["https://a.example"]).answer("Any");
static PROFILE: Profile = Profile::new("test/1.0");

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

/// A transport that responds to every request and records when the request was sent.
#[derive(Clone, Default)]
struct Noting(Arc<Mutex<Vec<Duration>>>);

impl Transport for Noting {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.lock().unwrap().push(TokioClock.now());
        Box::pin(async { Ok(http::Response::new(Body::full("7"))) })
    }
}

fn core(governor: impl Governor + 'static, transport: &Noting) -> ClientCore<Nobody> {
    let builder = CoreBuilder::new(Nobody, &PROFILE).governor(governor);
    builder.transport(transport.clone()).total_timeout(Duration::from_secs(3600)).build().unwrap()
}

fn read(core: &ClientCore<Nobody>) -> Call<Value> {
    call(core, &READ, |base| RequestBuilder::new(Method::GET, base).path("/x").finish())
}

/// Starts forty calls over ten seconds. Limits the time of two out of three, so that many of them are
/// dropped while they wait.
async fn crowd(core: &ClientCore<Nobody>) {
    let calls: Vec<_> = (0..40_u64)
        .map(|number| {
            let call = read(core);
            let patience = match number % 3 {
                0 => Duration::from_secs(1000),
                1 => Duration::from_millis(1300 * number),
                _ => Duration::from_millis(number),
            };
            tokio::spawn(async move {
                sleep(Duration::from_millis(250 * number)).await;
                timeout(patience, call.into_future()).await.is_ok()
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
}

fn most_within(times: &[Duration], span: Duration) -> usize {
    let count = |start: &Duration| {
        times.iter().filter(|time| (*start..*start + span).contains(*time)).count()
    };
    times.iter().map(count).max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn dropped_calls_do_not_raise_the_rate_limit() {
    let transport = Noting::default();
    let span = Duration::from_secs(10);
    crowd(&core(RateLimit::new(3, span), &transport)).await;
    let times = transport.0.lock().unwrap().clone();
    assert!(times.len() > 13, "expected more than 13 admitted requests, got {}", times.len());
    assert_eq!(most_within(&times, span), 3, "{times:?}");
}

/// A governor with a remote store. A query to the store takes time. The store counts the API request before it responds
/// to the query.
struct Remote {
    limit: RateLimit,
    takes: Duration,
}

impl Governor for Remote {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        Eventually::later(async move {
            sleep(self.takes).await;
            let admission = self.limit.admit(ask).get().await;
            sleep(self.takes).await;
            admission
        })
    }
}

/// The store counts an API request at `ask.now`, the time when the query began. The API request is sent up to
/// `2 * takes` later.
#[tokio::test(start_paused = true)]
async fn a_remote_store_keeps_the_limit_even_if_calls_are_dropped() {
    let transport = Noting::default();
    let (span, takes) = (Duration::from_secs(10), Duration::from_millis(40));
    let remote = Remote { limit: RateLimit::new(3, span), takes };
    crowd(&core(remote, &transport)).await;
    let times = transport.0.lock().unwrap().clone();
    assert!(!times.is_empty());
    assert!(most_within(&times, span - 2 * takes) <= 3, "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_never_responds_fails_the_call_at_its_timeout() {
    struct Away;
    impl Governor for Away {
        fn admit<'a>(&'a self, _: Ask) -> Eventually<'a, Admission> {
            Eventually::later(std::future::pending())
        }
    }
    let transport = Noting::default();
    let core = core(Away, &transport);
    let start = TokioClock.now();
    let error = read(&core).timeout(Duration::from_secs(5)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::RateLimited, Outcome::NotSent));
    assert_eq!((TokioClock.now() - start).as_secs(), 5);
    assert!(transport.0.lock().unwrap().is_empty());
}
