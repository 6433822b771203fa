//! Checks what an observer receives, and that it can neither harm a call nor receive a secret.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test helpers may panic")]

#[path = "faults/server.rs"]
mod server;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mileston_api::{
    Client, ClientBuilder, ErrorKind, NormalKey, ObservedAttempt, ObservedCall, Observer, Outcome,
    RateLimit, RetryPolicy, StatusCode, Test,
};
use server::{Act, FaultServer, json};

const KEY: &str = "Mileston_TEST_fake0123";
const LINK: &str = r#"{"statusCode":200,"paymentData":{"paymentLinkId":"id-1"}}"#;

#[derive(Default)]
struct Record {
    attempts: Mutex<Vec<ObservedAttempt>>,
    calls: Mutex<Vec<ObservedCall>>,
}

impl Observer for Record {
    fn attempt(&self, attempt: &ObservedAttempt) {
        self.attempts.lock().unwrap().push(attempt.clone());
    }

    fn call(&self, call: &ObservedCall) {
        self.calls.lock().unwrap().push(call.clone());
    }
}

impl Record {
    fn taken(&self) -> (Vec<ObservedAttempt>, Vec<ObservedCall>) {
        let attempts = std::mem::take(&mut *self.attempts.lock().unwrap());
        (attempts, std::mem::take(&mut *self.calls.lock().unwrap()))
    }
}

fn builder(server: &FaultServer) -> ClientBuilder<NormalKey<Test>> {
    let key: NormalKey<Test> = KEY.parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.origin(&server.origin).unwrap()
}

fn failed(status: StatusCode) -> Option<ErrorKind> {
    Some(ErrorKind::Failed(status))
}

#[tokio::test]
async fn an_observer_receives_every_attempt_and_every_call() {
    let server = FaultServer::start([json(503, "{}"), json(200, LINK), json(502, "{}")]).await;
    let record = Arc::new(Record::default());
    let pause = Duration::from_millis(100);
    let policy = RetryPolicy::new(2).base_delay(pause);
    let client = builder(&server).retries(policy).observer(record.clone()).build().unwrap();

    client.payment_links().get("id-1").await.unwrap();
    let (attempts, calls) = record.taken();
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    assert_eq!(attempts.len(), 2);
    assert_eq!((attempts[0].number, attempts[0].status), (1, Some(unavailable)));
    assert_eq!(attempts[0].error, failed(unavailable));
    assert_eq!((attempts[1].number, attempts[1].status), (2, Some(StatusCode::OK)));
    assert_eq!(attempts[1].error, None);
    assert!(attempts[0].waited < pause / 2, "{attempts:?}");
    assert!(attempts.iter().all(|attempt| attempt.took > Duration::ZERO), "{attempts:?}");
    assert_eq!(attempts[0].label, Some("test"));
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].operation.id, calls[0].attempts), ("getPaymentLink", 2));
    assert_eq!((calls[0].status, calls[0].error), (Some(StatusCode::OK), None));
    assert_eq!(calls[0].outcome, None);
    let parts = attempts.iter().map(|attempt| attempt.waited + attempt.took).sum::<Duration>();
    assert!(calls[0].took >= parts, "{calls:?} {attempts:?}");

    client.payment_links().create("100.00").await.unwrap_err();
    let (attempts, calls) = record.taken();
    let bad_gateway = StatusCode::BAD_GATEWAY;
    assert_eq!((attempts.len(), attempts[0].operation.id), (1, "createPaymentLink"));
    assert_eq!((calls[0].attempts, calls[0].status), (1, Some(bad_gateway)));
    assert_eq!((calls[0].error, calls[0].outcome), (failed(bad_gateway), Some(Outcome::Unknown)));
}

#[tokio::test]
async fn an_observer_receives_the_rate_limits_waits_and_rejections() {
    let server = FaultServer::start([json(200, LINK)]).await;
    let record = Arc::new(Record::default());
    let limit = Duration::from_millis(300);
    let builder = builder(&server).observer(record.clone());
    let client = builder.governor(RateLimit::new(1, limit)).build().unwrap();
    let get = || client.payment_links().get("id-1");
    get().await.unwrap();
    get().await.unwrap();
    let (attempts, _) = record.taken();
    assert!(attempts[0].waited < limit / 3, "{attempts:?}");
    assert!(attempts[1].waited > limit / 3, "{attempts:?}");
    // The call doesn't have enough time for the wait.
    get().timeout(Duration::from_millis(10)).await.unwrap_err();
    let (attempts, calls) = record.taken();
    assert!(attempts.is_empty(), "{attempts:?}");
    assert_eq!((calls[0].attempts, calls[0].error), (0, Some(ErrorKind::RateLimited)));
    assert_eq!((calls[0].status, calls[0].outcome), (None, Some(Outcome::NotSent)));
}

#[tokio::test]
async fn an_observer_receives_nothing_for_a_call_that_could_not_be_built() {
    let server = FaultServer::start([json(200, LINK)]).await;
    let record = Arc::new(Record::default());
    let client = builder(&server).observer(record.clone()).build().unwrap();
    client.payment_links().get("..").await.unwrap_err();
    client.payment_links().get("id").body_field("a", 1).await.unwrap_err();
    let (attempts, calls) = record.taken();
    assert!(attempts.is_empty() && calls.is_empty(), "{calls:?}");
}

#[tokio::test]
async fn an_observer_that_panics_does_not_harm_the_call() {
    struct Broken;
    impl Observer for Broken {
        fn attempt(&self, _: &ObservedAttempt) {
            panic!("attempt");
        }

        fn call(&self, _: &ObservedCall) {
            panic!("call");
        }
    }
    let server = FaultServer::start([json(503, "{}"), json(200, LINK)]).await;
    let client = builder(&server).observer(Broken).build().unwrap();
    let response = client.payment_links().get("id-1").with_response().await.unwrap();
    assert_eq!(response.attempts, 2);
}

#[tokio::test]
async fn an_observer_receives_nothing_secret_or_personal() {
    let echo = format!(r#"{{"message":"hunter2 {KEY}"}}"#);
    let server = FaultServer::start([json(404, &echo), Act::Reset]).await;
    let record = Arc::new(Record::default());
    let client = builder(&server).without_retries().observer(record.clone()).build().unwrap();
    for _ in 0..2 {
        let call = client.payment_links().get("hunter2");
        call.query("hunter2", "hunter2").header("x-note", "hunter2").await.unwrap_err();
    }
    let (attempts, calls) = record.taken();
    let shown = format!("{attempts:?} {calls:?} {client:?}");
    assert_eq!((attempts.len(), calls.len()), (2, 2));
    for secret in ["hunter2", "fake0123"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
