//! Webhooks: a shop registers an endpoint, and gets each event until it acknowledges the delivery.

mod adversary;
mod dead;
pub(crate) mod endpoint;
mod kill;
mod pages;
mod registering;
mod retrying;
mod serving;
pub(crate) mod shop;

use std::time::Duration;

use axum::Router;
use axum::routing::post;
use mileston_api::types::WebhookEvent;
use mileston_api::webhook::{Event, RECEIVED, Verifier, axum::Verified};
use mileston_keys::ModeName;
use mileston_sandbox::{DeliveryState, Sandbox, WebhookDelivery, Webhooks};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::http::Client;
use crate::pages::browser;
use endpoint::{Endpoint, PATIENCE, hasty, respond, serve, token};
use shop::{KINDS, Kind, Shop};

fn program(sandbox: &Sandbox) -> Client {
    Client::anonymous(sandbox).header("mileston-sandbox", "test")
}

/// Waits until the newest delivery meets the condition.
async fn settled(webhooks: &Webhooks, is: fn(&WebhookDelivery) -> bool) -> WebhookDelivery {
    let waiting = async {
        loop {
            if let Some(found) = webhooks.deliveries(1).await.unwrap().into_iter().find(is) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap()
}

fn is_settled(delivery: &WebhookDelivery) -> bool {
    !matches!(delivery.state, DeliveryState::Waiting(_))
}

#[tokio::test]
async fn a_payment_is_delivered_in_a_form_that_the_client_reads() {
    let sandbox = Sandbox::start().await.unwrap();
    let (shop, endpoint) = (Shop::of(&sandbox), Endpoint::start().await);
    sandbox.webhooks().register(&endpoint.url, &token(), &[]).await.unwrap();
    for (at, kind) in KINDS.into_iter().enumerate() {
        let id = shop.sell(kind).await;
        let got = endpoint.wait_for(at + 1).await.remove(at);
        let delivery = got.delivery();
        assert_eq!(delivery.event.name(), kind.event());
        assert_eq!(delivery.paid_id(), Some(id.as_str()));
        let fields = delivery.raw.as_object().unwrap();
        assert!(fields.values().all(Value::is_string), "{fields:?}");
        let expected = json!({
            "paymentLinkId": id, "payer": format!("0x{}", "11".repeat(32)),
            "recipientWalletAddress": format!("0x{}", "22".repeat(32)), "amount": "12.50",
            "userUUID": sandbox.business_id().as_str(),
            "transactionSignature": format!("transaction of {id}"), "chain": "sui", "env": "test",
            "status": "paid", "createdAt": fields["createdAt"],
        });
        assert_eq!(delivery.raw, expected);
        assert_eq!(got.headers["content-type"], "application/json");
        let confirmed = delivery.confirm(&shop.frontend).await.unwrap();
        assert!(confirmed.is_confirmed(), "{confirmed}");
        assert_eq!(confirmed.is_paid(), kind != Kind::Link, "{confirmed}");
    }
}

#[tokio::test]
async fn the_extractor_for_axum_accepts_a_delivery() {
    let sandbox = Sandbox::start().await.unwrap();
    let (sender, mut receiver) = mpsc::unbounded_channel();
    let hook = move |Verified(delivery): Verified| async move {
        sender.send(delivery).unwrap();
        RECEIVED
    };
    let router = Router::new().route("/hook", post(hook)).with_state(Verifier::new(token()));
    let (url, _task) = serve(router).await;
    sandbox.webhooks().register(&url, &token(), &[]).await.unwrap();
    let id = Shop::of(&sandbox).sell(Kind::Invoice).await;
    let delivery = tokio::time::timeout(PATIENCE, receiver.recv()).await.unwrap().unwrap();
    assert!(matches!(delivery.event, Event::InvoicePaid(_)));
    assert_eq!(delivery.paid_id(), Some(id.as_str()));
    settled(&sandbox.webhooks(), |delivery| delivery.state == DeliveryState::Delivered).await;
}

#[tokio::test]
async fn a_repeated_report_is_delivered_once_and_a_rejected_report_is_never_delivered() {
    let sandbox = Sandbox::start().await.unwrap();
    let (shop, endpoint) = (Shop::of(&sandbox), Endpoint::start().await);
    sandbox.webhooks().register(&endpoint.url, &token(), &[]).await.unwrap();
    let id = shop.sell(Kind::Invoice).await;
    shop.pay(Kind::Invoice, &id).await.unwrap();
    shop.pay(Kind::Invoice, "unknown").await.unwrap_err();
    shop.sell(Kind::Link).await;
    endpoint.wait_for(2).await;
    assert_eq!(sandbox.webhooks().deliveries(10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_webhook_gets_only_its_own_events_for_its_own_business() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let (shop, strangers) = (Shop::of(&sandbox), Shop::at(sandbox.url(), &other));
    let (one, two) = (Endpoint::start().await, Endpoint::start().await);
    let webhooks = sandbox.webhooks();
    let invoices = [WebhookEvent::InvoicePaid];
    let webhook = webhooks.register(&one.url, &token(), &invoices).await.unwrap();
    assert_eq!(webhook.events, invoices);
    webhooks.register(&two.url, &token(), &[]).await.unwrap();
    strangers.sell(Kind::Invoice).await;
    for kind in KINDS {
        shop.sell(kind).await;
    }
    let events_of = |got: &[endpoint::Got]| {
        let names = got.iter().map(|got| got.delivery().event.name().to_owned());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    };
    assert_eq!(
        events_of(&two.wait_for(3).await),
        ["invoice-paid", "paymentlink-paid", "recurring-paid"]
    );
    assert_eq!(events_of(&one.wait_for(1).await), ["invoice-paid"]);
    assert_eq!(webhooks.deliveries(10).await.unwrap().len(), 4);
}

#[tokio::test]
async fn live_payments_go_to_live_webhooks() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let (test, live) = (Endpoint::start().await, Endpoint::start().await);
    let webhooks = sandbox.webhooks();
    let in_live = webhooks.clone().of_business(sandbox.business_id(), ModeName::Live);
    webhooks.register(&test.url, &token(), &[]).await.unwrap();
    in_live.register(&live.url, &token(), &[]).await.unwrap();
    let business = sandbox.business_id();
    let backend = Client::with_normal(&sandbox, business, sandbox.live_normal_key().unwrap());
    let frontend = Client::with_checkout(&sandbox, business, sandbox.live_checkout_key().unwrap());
    let made = backend.post("/payment-link/create", &json!({ "amount": "1" })).await.expect(201);
    let report = json!({
        "paymentLinkId": made["paymentData"]["paymentLinkId"], "payer": "0x1", "amount": "1",
        "recipientWalletAddress": "0x2", "userUUID": "u", "transactionSignature": "t",
        "feeSignature": "f", "chain": "eth", "env": "prod",
    });
    frontend.post("/checkout/save-payment/paymentlink.save", &report).await.expect(200);
    let got = live.wait_for(1).await.remove(0).delivery();
    assert_eq!((&got.raw["env"], &got.raw["feeSignature"]), (&json!("prod"), &json!("f")));
    assert_eq!(webhooks.deliveries(10).await.unwrap(), []);
    let nobody = webhooks.of_business(&"nobody".parse().unwrap(), ModeName::Test);
    assert_eq!(nobody.list().await.unwrap_err().status(), 404);
}

/// A payer may have put a key into a field by mistake.
#[tokio::test]
async fn lists_of_deliveries_hide_keys_and_escape_control_characters() {
    let sandbox = Sandbox::start().await.unwrap();
    let (shop, endpoint) = (Shop::of(&sandbox), Endpoint::start().await);
    sandbox.webhooks().register(&endpoint.url, &token(), &[]).await.unwrap();
    let key = sandbox.normal_key().expose_secret();
    let transaction = format!("{key} \u{9b}31m\u{202e}");
    let id = shop.ask(Kind::Link).await;
    shop.pay_by(Kind::Link, &id, &transaction).await.unwrap();
    let got = endpoint.wait_for(1).await.remove(0);
    let raw = got.delivery().raw;
    assert_eq!(raw["transactionSignature"], transaction.as_str(), "it is delivered unchanged");
    let program = program(&sandbox);
    for list in [
        program.get("/_sandbox/webhooks/deliveries").await.body,
        browser(&sandbox).get("/webhooks").await.body,
    ] {
        assert!(
            list.contains(r"… \u009b31m\u202e") || list.contains(r"… \\u009b31m\\u202e"),
            "{list}"
        );
        assert!(!list.contains(&key[key.len() - 20..]) && !list.contains('\u{9b}'), "{list}");
    }
}

#[tokio::test]
async fn a_token_in_a_response_is_not_logged() {
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let endpoint = Endpoint::answering(|_| respond(400, "no fake-webhook-token")).await;
    let webhooks = sandbox.webhooks();
    let webhook = webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, |delivery| !delivery.attempts.is_empty()).await;
    let shown = format!("{delivery:?} {webhook:?} {webhooks:?} {sandbox:?}");
    assert!(shown.contains("it contains the token") && !shown.contains("fake-webhook-token"));
}
