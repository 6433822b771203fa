//! Checks which calls are retried, when they are retried, and which requests the server receives.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "faults/server.rs"]
mod server;

use std::time::{Duration, Instant};

use mileston_api::operations::{CreatePaymentLinkCall, GetPaymentLinkCall};
use mileston_api::{
    Client, ClientBuilder, ErrorKind, NormalClient, NormalKey, Outcome, RateLimit, RetryPolicy,
    StatusCode, Test,
};
use server::{Act, FaultServer, answer, json};

const LINK: &str = r#"{"statusCode":200,"paymentData":{"paymentLinkId":"id-1"}}"#;

/// A policy without waits between attempts.
const AT_ONCE: RetryPolicy = RetryPolicy::new(2).base_delay(Duration::ZERO);

fn builder(origin: &str) -> ClientBuilder<NormalKey<Test>> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.retries(AT_ONCE).origin(origin).unwrap()
}

fn get(client: &NormalClient<Test>) -> GetPaymentLinkCall {
    client.payment_links().get("id-1")
}

fn create(client: &NormalClient<Test>) -> CreatePaymentLinkCall {
    client.payment_links().create("100.00")
}

fn unavailable(headers: &str) -> Act {
    Act::Answer(answer(503, &format!("connection: close\r\n{headers}"), ""))
}

#[tokio::test]
async fn a_read_is_retried_and_each_attempt_is_the_same() {
    let server = FaultServer::start([unavailable(""), Act::Reset, json(200, LINK)]).await;
    let client = builder(&server.origin).build().unwrap();
    let response = get(&client).header("x-trace", "7").with_response().await.unwrap();
    assert_eq!(response.attempts, 3);
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen[0].contains("x-trace: 7\r\n"), "{}", seen[0]);
    assert!(seen.iter().all(|request| *request == seen[0]), "{seen:#?}");
}

#[tokio::test]
async fn retries_stop_and_the_last_error_is_returned() {
    let server = FaultServer::start([Act::Reset, Act::Close, unavailable("")]).await;
    let error = get(&builder(&server.origin).build().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!((error.attempts(), server.seen().len()), (3, 3));
    assert!(error.to_string().contains(", after 3 attempts; read-only"), "{error}");
}

#[tokio::test]
async fn one_setting_turns_retries_off() {
    let server = FaultServer::start([unavailable("")]).await;
    let client = builder(&server.origin).without_retries().build().unwrap();
    assert_eq!(get(&client).await.unwrap_err().attempts(), 1);
    assert_eq!(get(&client).retries(AT_ONCE).await.unwrap_err().attempts(), 3);
    let client = builder(&server.origin).build().unwrap();
    assert_eq!(get(&client).without_retries().await.unwrap_err().attempts(), 1);
    assert_eq!(server.seen().len(), 5);
}

#[tokio::test]
async fn a_write_that_reached_the_server_is_never_retried() {
    let patient = RetryPolicy::new(100).base_delay(Duration::ZERO);
    for act in [unavailable("retry-after: 0\r\n"), Act::Reset, Act::Close, Act::ResetBefore] {
        let server = FaultServer::start([act.clone(), json(200, LINK)]).await;
        let client = builder(&server.origin).retries(patient).build().unwrap();
        let error = create(&client).await.unwrap_err();
        assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Unknown), "{act:?}");
        assert_eq!(server.seen().len(), 1, "{act:?}");
    }
}

#[tokio::test]
async fn a_write_without_a_connection_is_retried() {
    let nobody = server::nobody();
    let origin = format!("http://{}", nobody.local_addr().unwrap());
    let client = builder(&origin).build().unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
    assert_eq!(error.attempts(), 3);
}

#[tokio::test]
async fn a_write_succeeds_if_the_server_starts_late() {
    let nobody = server::nobody();
    let origin = format!("http://{}", nobody.local_addr().unwrap());
    let policy = RetryPolicy::new(1000).base_delay(Duration::from_millis(20));
    let policy = policy.max_delay(Duration::from_millis(20));
    let builder = builder(&origin).retries(policy).retry_budget(1000);
    let call = tokio::spawn(create(&builder.build().unwrap()).with_response());
    tokio::time::sleep(Duration::from_millis(100)).await;
    let server = FaultServer::on(nobody.listen(16).unwrap(), vec![json(201, LINK)]);
    let response = call.await.unwrap().unwrap();
    assert!(response.attempts > 1);
    assert_eq!(server.seen().len(), 1, "the request must arrive once");
}

#[tokio::test]
async fn retry_after_is_respected() {
    let date =
        "date: Sun, 06 Nov 1994 08:49:36 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    for headers in ["retry-after: 1\r\n", date] {
        let server = FaultServer::start([unavailable(headers), json(200, LINK)]).await;
        let client = builder(&server.origin).build().unwrap();
        let start = Instant::now();
        assert_eq!(get(&client).with_response().await.unwrap().attempts, 2);
        assert!(start.elapsed() >= Duration::from_secs(1), "{headers}");
    }
}

#[tokio::test]
async fn a_long_retry_after_is_reported_without_waiting() {
    let server = FaultServer::start([unavailable("retry-after: 3600\r\n")]).await;
    let client = builder(&server.origin).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(error.attempts(), 1);
    // The call's total timeout also limits the wait.
    let server = FaultServer::start([unavailable("retry-after: 9\r\n")]).await;
    let client = builder(&server.origin).total_timeout(Duration::from_secs(8)).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
    assert_eq!(error.attempts(), 1);
    // A write's error also reports the requested wait.
    assert_eq!(create(&client).await.unwrap_err().retry_after(), Some(Duration::from_secs(9)));
}

#[tokio::test]
async fn a_stalled_attempt_at_a_read_is_aborted_and_retried() {
    let stall = Act::AnswerAndStall(b"HTTP/1.1 200 OK\r\n".to_vec());
    let server = FaultServer::start([stall.clone(), json(200, LINK)]).await;
    let policy = AT_ONCE.attempt_timeout(Duration::from_millis(200));
    let client = builder(&server.origin).retries(policy).build().unwrap();
    assert_eq!(get(&client).with_response().await.unwrap().attempts, 2);
    // The attempt timeout doesn't apply to a write; only the total timeout does.
    let server = FaultServer::start([stall]).await;
    let total = Duration::from_millis(700);
    let builder = builder(&server.origin).retries(policy).total_timeout(total);
    let start = Instant::now();
    let error = create(&builder.build().unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(start.elapsed() >= total);
}

#[tokio::test]
async fn the_timeout_of_the_call_covers_all_attempts() {
    let server = FaultServer::start([Act::AnswerAndStall(Vec::new())]).await;
    let policy = RetryPolicy::new(100)
        .base_delay(Duration::ZERO)
        .attempt_timeout(Duration::from_millis(100));
    let client = builder(&server.origin).retries(policy).build().unwrap();
    let start = Instant::now();
    let error = get(&client).timeout(Duration::from_millis(450)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!((2..=5).contains(&error.attempts()), "{}", error.attempts());
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn clones_share_a_budget_and_a_different_origin_has_its_own() {
    let server = FaultServer::start([unavailable("")]).await;
    let client = builder(&server.origin).retry_budget(3).build().unwrap();
    assert_eq!(get(&client).await.unwrap_err().attempts(), 3);
    assert_eq!(get(&client.clone()).await.unwrap_err().attempts(), 2);
    assert_eq!(get(&client).await.unwrap_err().attempts(), 1);
    let other = client.with_origin(&server.origin).unwrap();
    assert_eq!(get(&other).await.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn ten_successful_calls_restore_one_retry() {
    for (successes, attempts) in [(9, 1), (10, 2)] {
        let mut acts = vec![unavailable("")];
        acts.extend(vec![json(200, LINK); successes]);
        acts.extend([unavailable(""), json(200, LINK)]);
        let server = FaultServer::start(acts).await;
        let client = builder(&server.origin).retry_budget(1).build().unwrap();
        for _ in 0..successes {
            get(&client).await.unwrap();
        }
        let result = get(&client).with_response().await;
        let made = result.map_or_else(|error| error.attempts(), |response| response.attempts);
        assert_eq!(made, attempts);
    }
}

#[tokio::test]
async fn clones_share_a_rate_limit() {
    let server = FaultServer::start([json(200, LINK)]).await;
    let limit = RateLimit::new(2, Duration::from_secs(3600));
    let client = builder(&server.origin).governor(limit).build().unwrap();
    get(&client).await.unwrap();
    create(&client.clone()).await.unwrap();
    let error = create(&client.with_origin(&server.origin).unwrap()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::RateLimited, Outcome::NotSent));
    assert_eq!(error.attempts(), 0);
    assert!(error.retry_after().unwrap() > Duration::from_secs(3500));
    let text = error.to_string();
    assert!(text.contains("): this client's rate limit allows no request for 3"), "{text}");
    assert!(text.ends_with(" seconds: retry after that time; nothing was sent"), "{text}");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_retry_counts_towards_the_rate_limit_and_the_earlier_failure_is_reported() {
    let server = FaultServer::start([unavailable("")]).await;
    let limit = RateLimit::new(2, Duration::from_secs(3600));
    let client = builder(&server.origin).governor(limit).build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!((error.attempts(), server.seen().len()), (2, 2));
}

#[tokio::test]
async fn a_call_waits_for_the_rate_limit() {
    let server = FaultServer::start([json(200, LINK)]).await;
    let limit = RateLimit::new(1, Duration::from_millis(300));
    let client = builder(&server.origin).governor(limit).build().unwrap();
    let start = Instant::now();
    get(&client).await.unwrap();
    create(&client).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(300));
}

/// After the wait, a write would have too little time to connect, and its outcome could be unknown. A write that fails
/// before the wait certainly wasn't sent.
#[tokio::test]
async fn a_write_does_not_wait_if_too_little_time_would_remain_to_connect() {
    let server = FaultServer::start([json(200, LINK)]).await;
    let limit = RateLimit::new(1, Duration::from_millis(1500));
    let builder = builder(&server.origin).governor(limit);
    let builder = builder.total_timeout(Duration::from_secs(2));
    let client = builder.connect_timeout(Duration::from_secs(1)).build().unwrap();
    let start = Instant::now();
    create(&client).await.unwrap();
    let result = create(&client).await;
    let error = result.map(drop).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::RateLimited, Outcome::NotSent));
    assert!(error.retry_after().unwrap() > Duration::from_secs(1), "{error}");
    assert!(error.to_string().contains("raise `total_timeout`"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    // A read may wait for as long as the call has time, because the unknown outcome of a read does no harm.
    get(&client).await.unwrap();
    assert_eq!(server.seen().len(), 2);
}
