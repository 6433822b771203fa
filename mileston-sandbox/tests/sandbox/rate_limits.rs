//! Rate limits: off by default, counted for each key, and respected by a client that knows them.

use std::time::{Duration, Instant};

use mileston_api::{Client as Typed, ErrorKind, Outcome, RateLimit};
use mileston_sandbox::{RateLimits, Sandbox};

use crate::http::Client;

const LIST: &str = "/payment-link/";

#[tokio::test]
async fn there_are_no_rate_limits_by_default() {
    let sandbox = Sandbox::start().await.unwrap();
    for _ in 0..150 {
        Client::backend(&sandbox).get(LIST).await.expect(200);
    }
}

#[tokio::test]
async fn the_documented_limits_reject_the_101st_request_in_a_minute() {
    let sandbox = Sandbox::builder().rate_limits(RateLimits::documented()).start().await.unwrap();
    let backend = Client::backend(&sandbox);
    for _ in 0..100 {
        backend.get(LIST).await.expect(200);
    }
    let reply = backend.get(LIST).await;
    let (_, after) = reply.head.split_once("\r\nretry-after: ").unwrap();
    let after: u64 = after.lines().next().unwrap().parse().unwrap();
    assert!((1..=60).contains(&after), "{after}");
    let message = reply.expect_refusal(429, "Too Many Requests");
    assert!(message.contains("the limit is 100 requests in a minute"), "{message}");
}

#[tokio::test]
async fn each_key_is_counted_separately_and_unknown_keys_are_not_counted() {
    let limits = RateLimits::new(2, Duration::from_secs(3600));
    let sandbox = Sandbox::builder().rate_limits(limits).start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let refused = |client: Client| async move {
        client.get(LIST).await.expect_refusal(429, "Too Many Requests");
    };
    for client in [Client::backend(&sandbox), Client::backend_of(&sandbox, &other)] {
        client.get(LIST).await.expect(200);
        // A request for an unknown id also counts towards the limit, although it is rejected.
        client.get("/payment-link/unknown").await.expect_refusal(404, "Not Found");
        refused(client.clone()).await;
        refused(client).await;
    }
    // A page may read the reason and the time to wait.
    let page = Client::frontend(&sandbox).header("Origin", "https://shop.example");
    let fetch = "/checkout/data/invoice.get/unknown";
    page.get(fetch).await.expect_refusal(404, "Not Found");
    page.get(fetch).await.expect_refusal(404, "Not Found");
    let reply = page.get(fetch).await;
    assert!(reply.head.contains("access-control-expose-headers: retry-after"), "{}", reply.head);
    reply.expect_refusal(429, "Too Many Requests");
    // Requests with an unknown key, or without one, are not limited.
    for _ in 0..5 {
        let stranger = Client::anonymous(&sandbox).header("apikey", "Mileston_TEST_fake0123");
        stranger.get(LIST).await.expect_refusal(401, "Unauthorized");
        assert_eq!(Client::anonymous(&sandbox).get("/status").await.status, 200);
        assert_eq!(
            Client::anonymous(&sandbox)
                .header("mileston-sandbox", "1")
                .get("/_sandbox")
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn our_client_reports_that_nothing_was_executed() {
    let limits = RateLimits::new(1, Duration::from_secs(3600));
    let sandbox = Sandbox::builder().rate_limits(limits).start().await.unwrap();
    let client = Typed::new(sandbox.normal_key().clone(), sandbox.business_id().clone()).unwrap();
    let client = client.with_origin(sandbox.url()).unwrap();
    client.payment_links().list().await.unwrap();
    let error = client.payment_links().list().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Refused(status) if status.as_u16() == 429),
        "{error}"
    );
    assert_eq!(error.outcome(), Outcome::Refused);
    assert_eq!(error.attempts(), 1, "an hour is too long to wait");
    assert!(
        error.retry_after().is_some_and(|after| after > Duration::from_secs(3000)),
        "{error:?}"
    );
}

/// Both sides have the same small limit so that the test takes less than a minute. Nothing is rejected, and nothing
/// waits longer than necessary.
#[tokio::test]
async fn a_client_that_keeps_to_the_limit_is_never_refused() {
    let span = Duration::from_secs(3);
    let limits = RateLimits::new(5, span);
    let sandbox = Sandbox::builder().rate_limits(limits).start().await.unwrap();
    let builder = Typed::builder(sandbox.normal_key().clone(), sandbox.business_id().clone());
    let client =
        builder.unwrap().without_retries().governor(RateLimit::new(5, span)).build().unwrap();
    let client = client.with_origin(sandbox.url()).unwrap();
    let start = Instant::now();
    for _ in 0..11 {
        client.payment_links().list().await.unwrap();
    }
    assert!((2 * span..3 * span).contains(&start.elapsed()), "{:?}", start.elapsed());
}
