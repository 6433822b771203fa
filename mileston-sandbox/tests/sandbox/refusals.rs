//! Wrong credentials of every kind, on backend and frontend operations. No response repeats what was sent.

use mileston_sandbox::Sandbox;
use serde_json::json;

use crate::http::Client;

#[track_caller]
fn check(message: &str, words: &[&str], secrets: &[&str]) {
    for word in words {
        assert!(message.contains(word), "{message} lacks {word}");
    }
    for secret in secrets {
        assert!(!message.contains(secret), "{message} repeats {secret}");
    }
}

/// An operation that needs a Normal key, and one that needs a Checkout key.
const BACKEND: &str = "/payment-link/?limit=1";
const FRONTEND: &str = "/checkout/data/invoice.get/x";

#[tokio::test]
async fn without_a_key_the_required_kind_is_named() {
    let sandbox = Sandbox::start().await.unwrap();
    let nobody = Client::anonymous(&sandbox);
    let message = nobody.get(BACKEND).await.expect_refusal(401, "Unauthorized");
    check(&message, &["needs a Normal key", "`apikey`"], &[]);
    let message = nobody.get(FRONTEND).await.expect_refusal(401, "Unauthorized");
    check(&message, &["needs a Checkout key", "`apikey`"], &[]);
}

#[tokio::test]
async fn a_key_of_the_wrong_kind_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let keys = [sandbox.normal_key().expose_secret(), sandbox.checkout_key().expose_secret()];
    let frontend = Client::frontend(&sandbox).get(BACKEND).await;
    let message = frontend.expect_refusal(401, "Unauthorized");
    check(&message, &["needs a Normal key", "has a Checkout key"], &keys);
    let backend = Client::backend(&sandbox).get(FRONTEND).await;
    let message = backend.expect_refusal(401, "Unauthorized");
    check(&message, &["needs a Checkout key", "has a Normal key"], &keys);
}

#[tokio::test]
async fn an_unknown_or_malformed_key_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = Sandbox::start().await.unwrap();
    let business = sandbox.business_id();
    let theirs = Client::with_normal(&sandbox, business, other.normal_key());
    let message = theirs.get(BACKEND).await.expect_refusal(401, "Unauthorized");
    check(&message, &["not created by this sandbox"], &[other.normal_key().expose_secret()]);

    let whole = sandbox.normal_key().expose_secret();
    for (key, words) in [
        (&whole[..whole.len() - 1], "not created"),
        ("Mileston_TEST_", "only a key prefix"),
        ("mileston_test_abcdefgh", "wrong case"),
        ("Mileston_PROD_abcdefgh", "since May 2025"),
        ("undefined", "begins with neither"),
        ("", "found nothing"),
    ] {
        let client = Client::anonymous(&sandbox).header("apikey", key);
        let client = client.header("businessid", business.as_str());
        let message = client.get(BACKEND).await.expect_refusal(401, "Unauthorized");
        check(&message, &[words], &[&whole[14..30]]);
    }
}

#[tokio::test]
async fn a_live_key_is_refused_without_live_mode() {
    let live = Sandbox::builder().live_keys(true).start().await.unwrap();
    let test = Sandbox::start().await.unwrap();
    let key = live.live_normal_key().unwrap();
    let reply = Client::with_normal(&test, test.business_id(), key).get(BACKEND).await;
    let message = reply.expect_refusal(401, "Unauthorized");
    check(&message, &["has a live key", "without live mode"], &[key.expose_secret()]);
    Client::with_normal(&live, live.business_id(), key).get(BACKEND).await.expect(200);
    assert!(test.live_normal_key().is_none() && test.live_checkout_key().is_none());
}

#[tokio::test]
async fn a_wrong_business_id_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let key = sandbox.normal_key();
    let foreign = Client::with_normal(&sandbox, other.business_id(), key);
    let message = foreign.get(BACKEND).await.expect_refusal(401, "Unauthorized");
    check(&message, &["doesn't belong to the business"], &[sandbox.business_id().as_str()]);

    let only_key = Client::anonymous(&sandbox).header("apikey", key.expose_secret());
    let message = only_key.get(BACKEND).await.expect_refusal(401, "Unauthorized");
    check(&message, &["business id", "`businessid`"], &[]);

    let swapped = only_key.header("businessid", key.expose_secret());
    let message = swapped.get(BACKEND).await.expect_refusal(401, "Unauthorized");
    check(&message, &["did you swap"], &[key.expose_secret()]);
}

#[tokio::test]
async fn a_key_sent_twice_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let twice = Client::backend(&sandbox).header("apikey", sandbox.normal_key().expose_secret());
    twice.get(BACKEND).await.expect_invalid("apikey is given more than once");
}

#[tokio::test]
async fn credentials_are_checked_before_anything_else() {
    let sandbox = Sandbox::start().await.unwrap();
    let nobody = Client::anonymous(&sandbox);
    nobody.get("/payment-link/%ff").await.expect_refusal(401, "Unauthorized");
    nobody.get("/payment-link/?limit=x").await.expect_refusal(401, "Unauthorized");
    let bad = nobody.send("POST", "/payment-link/create", Some("{")).await;
    bad.expect_refusal(401, "Unauthorized");
}

#[tokio::test]
async fn the_status_is_open_to_anyone() {
    let sandbox = Sandbox::start().await.unwrap();
    for client in [Client::anonymous(&sandbox), Client::frontend(&sandbox).header("apikey", "x")] {
        let reply = client.get("/status").await;
        assert_eq!(reply.status, 200);
        let status = reply.json();
        assert_eq!(status["status"], "healthy");
        assert_eq!(status["service"], "mileston-sandbox");
        assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
        assert!(status["uptime"].as_f64().unwrap() >= 0.0);
        let timestamp = status["timestamp"].as_str().unwrap();
        assert!(timestamp.len() == 24 && timestamp.ends_with('Z'), "{timestamp}");
    }
}

#[tokio::test]
async fn the_fields_of_an_error_are_in_the_same_order_as_in_nestjs() {
    let sandbox = Sandbox::start().await.unwrap();
    let reply = Client::backend(&sandbox).get("/payment-link/x").await;
    assert!(reply.body.starts_with(r#"{"message":""#), "{}", reply.body);
    let end = r#"","error":"Not Found","statusCode":404}"#;
    assert!(reply.body.ends_with(end), "{}", reply.body);
    let reply = Client::backend(&sandbox).post("/payment-link/create", &json!({})).await;
    assert!(reply.body.starts_with(r#"{"message":[""#), "{}", reply.body);
}
