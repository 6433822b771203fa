//! Keys can't reach the data of a different business or mode.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{Client, items};

const CREATE: &str = "/payment-link/create";

/// Creates a link as the owner, and tries every way to reach the link as a stranger.
async fn check_apart(owner: &Client, stranger: &Client, stranger_frontend: &Client) {
    let created = owner.post(CREATE, &json!({ "amount": "1" })).await.expect(201);
    let id = created["paymentData"]["paymentLinkId"].as_str().unwrap();
    let list = stranger.get("/payment-link/").await.expect(200);
    assert!(items(&list, "paymentData").is_empty());
    let update = json!({ "paymentLinkId": id, "amount": "2" });
    for reply in [
        stranger.get(&format!("/payment-link/{id}")).await,
        stranger.patch("/payment-link/update", &update).await,
        stranger.delete(&format!("/payment-link/delete/{id}")).await,
        stranger_frontend.get(&format!("/checkout/data/paymentlink.get/{id}")).await,
    ] {
        reply.expect_refusal(404, "Not Found");
    }
    let untouched = owner.get(&format!("/payment-link/{id}")).await.expect(200);
    assert_eq!(untouched["paymentData"]["amount"], "1");
}

#[tokio::test]
async fn businesses_are_separate() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let stranger = Client::backend_of(&sandbox, &other);
    let frontend = Client::with_checkout(&sandbox, other.business_id(), other.checkout_key());
    check_apart(&Client::backend(&sandbox), &stranger, &frontend).await;
}

#[tokio::test]
async fn modes_are_separate() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let business = sandbox.business_id();
    let live = Client::with_normal(&sandbox, business, sandbox.live_normal_key().unwrap());
    let checkout = sandbox.live_checkout_key().unwrap();
    let live_frontend = Client::with_checkout(&sandbox, business, checkout);
    check_apart(&Client::backend(&sandbox), &live, &live_frontend).await;
    let test = Client::backend(&sandbox);
    let created = live.post(CREATE, &json!({ "amount": "1" })).await.expect(201);
    let id = created["paymentData"]["paymentLinkId"].as_str().unwrap();
    test.get(&format!("/payment-link/{id}")).await.expect_refusal(404, "Not Found");
    let seen = live_frontend.get(&format!("/checkout/data/paymentlink.get/{id}")).await.expect(200);
    assert_eq!(seen["paymentData"]["env"], "prod");
}

#[tokio::test]
async fn a_payment_counts_only_in_its_own_mode() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let business = sandbox.business_id();
    let test = (Client::backend(&sandbox), Client::frontend(&sandbox), "test");
    let live = (
        Client::with_normal(&sandbox, business, sandbox.live_normal_key().unwrap()),
        Client::with_checkout(&sandbox, business, sandbox.live_checkout_key().unwrap()),
        "prod",
    );
    for (backend, frontend, env) in [test, live] {
        let created = backend.post(CREATE, &json!({ "amount": "1" })).await.expect(201);
        let mut payment = payment(created["paymentData"]["paymentLinkId"].as_str().unwrap());
        let other = if env == "test" { "prod" } else { "test" };
        payment["env"] = json!(other);
        let target = "/checkout/save-payment/paymentlink.save";
        frontend.post(target, &payment).await.expect_invalid(&format!("env must be {env}"));
        payment["env"] = json!(env);
        // The same transaction in both modes: each mode has its own ledger.
        frontend.post(target, &payment).await.expect(200);
    }
}

fn payment(id: &str) -> Value {
    json!({
        "paymentLinkId": id, "payer": "p", "recipientWalletAddress": "r", "amount": "1",
        "userUUID": "u", "transactionSignature": "0x1", "chain": "sui", "env": "test",
    })
}

#[tokio::test]
async fn sandboxes_share_nothing() {
    let (one, two) = (Sandbox::start().await.unwrap(), Sandbox::start().await.unwrap());
    assert_ne!(one.url(), two.url());
    assert_ne!(one.business_id(), two.business_id());
    Client::backend(&one).post(CREATE, &json!({ "amount": "1" })).await.expect(201);
    let list = Client::backend(&two).get("/payment-link/").await.expect(200);
    assert!(items(&list, "paymentData").is_empty());
}
