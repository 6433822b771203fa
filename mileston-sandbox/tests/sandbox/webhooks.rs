//! Webhooks: a shop registers an endpoint, and gets each event until it acknowledges the delivery.

mod adversary;
mod dead;
pub(crate) mod endpoint;
mod kill;
mod pages;
mod serving;
pub(crate) mod shop;

use std::time::Duration;

use axum::Router;
use axum::routing::post;
use mileston_api::types::WebhookEvent;
use mileston_api::webhook::{Event, RECEIVED, Verifier, axum::Verified};
use mileston_keys::ModeName;
use mileston_sandbox::{DeliveryState, Sandbox, WebhookDelivery, WebhookSettings, Webhooks};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::forms::common;
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
async fn a_repeated_report_is_delivered_once_and_a_refused_one_never() {
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
async fn a_webhook_gets_only_its_events_and_its_business() {
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
async fn live_payments_go_to_webhooks_of_live_mode() {
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

#[tokio::test]
async fn any_response_but_200_is_retried() {
    let statuses = [500, 201, 204, 302, 404];
    let answer = move |before: usize| respond(statuses.get(before).copied().unwrap_or(200), "no");
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let endpoint = Endpoint::answering(answer).await;
    let webhooks = sandbox.webhooks();
    webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!(delivery.state, DeliveryState::Delivered);
    let responses: Vec<_> = delivery.attempts.iter().map(|one| one.status.unwrap()).collect();
    assert_eq!(responses, [500, 201, 204, 302, 404, 200]);
    let got = endpoint.got();
    assert_eq!(got.len(), 6);
    assert!(got.iter().all(|one| one.body == got[0].body), "a retry is identical");
}

#[tokio::test]
async fn a_delivery_is_given_up_after_ten_attempts_and_can_be_sent_again() {
    let answer = |before: usize| respond(if before < 10 { 503 } else { 200 }, "<b>later</b>\n");
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let endpoint = Endpoint::answering(answer).await;
    let webhooks = sandbox.webhooks();
    webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!((delivery.state, delivery.attempts.len()), (DeliveryState::GivenUp, 10));
    assert_eq!(delivery.attempts[0].answer.as_deref(), Some("<b>later</b>"));

    let target = format!("/_sandbox/webhooks/deliveries/{}", delivery.number);
    let again = program(&sandbox).send("POST", &format!("{target}/redeliver"), None).await;
    assert_eq!(again.status, 202, "{}", again.body);
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!((delivery.state, delivery.attempts.len()), (DeliveryState::Delivered, 11));
    let listed = program(&sandbox).get(&target).await.json();
    assert_eq!(
        (&listed["state"], &listed["attempts"][10]["status"]),
        (&json!("delivered"), &json!(200))
    );
    assert_eq!(listed["attempts"][0]["answer"], "<b>later</b>");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_slow_response_times_out() {
    let elsewhere = Endpoint::start().await;
    let to = elsewhere.url.clone();
    let redirect = Endpoint::answering(move |_| {
        let mut response = respond(307, "");
        response.headers_mut().insert("location", to.parse().unwrap());
        response
    });
    let redirect = redirect.await;
    let hanging = Router::new().fallback(std::future::pending::<()>);
    let (hanging, _task) = serve(hanging).await;
    let settings = hasty().patience(Duration::from_millis(100));
    let sandbox = Sandbox::builder().webhooks(settings).start().await.unwrap();
    let webhooks = sandbox.webhooks();
    webhooks.register(&redirect.url, &token(), &[WebhookEvent::InvoicePaid]).await.unwrap();
    webhooks.register(&hanging, &token(), &[WebhookEvent::PaymentlinkPaid]).await.unwrap();
    let shop = Shop::of(&sandbox);
    shop.sell(Kind::Invoice).await;
    let delivery = settled(&webhooks, |delivery| delivery.attempts.len() > 1).await;
    assert_eq!(delivery.attempts[0].status, Some(307));
    assert_eq!(elsewhere.got().len(), 0);
    shop.sell(Kind::Link).await;
    let delivery = settled(&webhooks, |delivery| delivery.attempts.len() > 1).await;
    assert_eq!(delivery.attempts[0].problem.as_deref(), Some("no response within 100ms"));
}

#[tokio::test]
async fn nothing_goes_to_another_machine_by_default() {
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let webhooks = sandbox.webhooks();
    for url in ["http://192.0.2.1/hook", "http://169.254.169.254/", "ftp://127.0.0.1/", "hook"] {
        let refused = webhooks.register(url, &token(), &[]).await.unwrap_err();
        assert_eq!(refused.status(), 400, "{refused}");
    }
    let endpoint = Endpoint::start().await;
    let named = endpoint.url.replace("127.0.0.1", "localhost");
    webhooks.register(&named, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!(delivery.state, DeliveryState::Delivered, "a name of this machine is allowed");

    let settings = WebhookSettings::new().anywhere(true);
    let free = Sandbox::builder().webhooks(settings).start().await.unwrap();
    free.webhooks().register("http://192.0.2.1/hook", &token(), &[]).await.unwrap();
}

/// A program registers itself every time it starts, with different spellings of its URL.
#[tokio::test]
async fn a_webhook_that_is_registered_again_is_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let (program, endpoint) = (program(&sandbox), Endpoint::start().await);
    let webhooks = sandbox.webhooks();
    let old = "fake-old-token".parse().unwrap();
    let first = webhooks.register(&endpoint.url, &old, &[]).await.unwrap();
    let origin = endpoint.url.strip_suffix("/hook").unwrap();
    let written = [
        endpoint.url.clone(),
        endpoint.url.replace("http", "HTTP"),
        format!("{origin}/x/../%68ook?#part"),
    ];
    for url in &written {
        let again = webhooks.register(url, &token(), &[]).await.unwrap();
        assert_eq!(again, first);
        let events = ["recurring-paid", "invoice-paid", "paymentlink-paid", "invoice-paid"];
        let body = json!({ "url": url, "token": "fake-webhook-token", "events": events });
        let reply = program.post("/_sandbox/webhooks", &body).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(reply.json()["id"], first.id.as_str());
        let form = format!(
            "{}&verification=fake-webhook-token&invoice-paid=on&paymentlink-paid=on&recurring-paid=on&url={}",
            common(&sandbox).await,
            url.replace('%', "%25").replace('#', "%23"),
        );
        let page = browser(&sandbox);
        let reply = crate::forms::send(&page, "/_sandbox/webhook-forms/register", &form).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
    assert_eq!(webhooks.list().await.unwrap(), std::slice::from_ref(&first));
    Shop::of(&sandbox).sell(Kind::Link).await;
    assert_eq!(endpoint.wait_for(1).await[0].headers["x-webhook-signature"], "fake-webhook-token");
    settled(&webhooks, is_settled).await;
    assert_eq!(endpoint.got().len(), 1, "it is sent once");

    // With other events it is a different webhook, whose events can't be changed to the same ones.
    let invoices = [WebhookEvent::InvoicePaid];
    let other = webhooks.register(&endpoint.url, &token(), &invoices).await.unwrap();
    assert_ne!(other.id, first.id);
    let all = json!({ "events": ["invoice-paid", "paymentlink-paid", "recurring-paid"] });
    let target = format!("/_sandbox/webhooks/{}", other.id);
    program.patch(&target, &all).await.expect_refusal(409, "Conflict");
    program.patch(&target, &json!({ "events": ["invoice-paid"] })).await.json();
    let key = format!("{}?key={}", endpoint.url, sandbox.normal_key().expose_secret());
    let message = program.post("/_sandbox/webhooks", &json!({ "url": key })).await;
    message.expect_invalid("must not contain a key");
}

/// A payer may have put a key into a field by mistake.
#[tokio::test]
async fn lists_show_no_key_or_control_characters_of_a_delivery() {
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
async fn a_program_registers_changes_and_removes_a_webhook() {
    let sandbox = Sandbox::start().await.unwrap();
    let (program, shop) = (program(&sandbox), Shop::of(&sandbox));
    let (one, two) = (Endpoint::start().await, Endpoint::start().await);
    let made = program.post("/_sandbox/webhooks", &json!({ "url": one.url })).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    let secret = made["token"].as_str().unwrap().to_owned();
    shop.sell(Kind::Link).await;
    assert_eq!(one.wait_for(1).await[0].headers["x-webhook-signature"], secret.as_str());

    let target = format!("/_sandbox/webhooks/{}", made["id"].as_str().unwrap());
    let change =
        json!({ "url": two.url, "token": "fake-webhook-token", "events": ["invoice-paid"] });
    let changed = program.send("PATCH", &target, Some(&change.to_string())).await.json();
    assert_eq!(changed["events"], json!(["invoice-paid"]));
    shop.sell(Kind::Link).await;
    shop.sell(Kind::Invoice).await;
    assert_eq!(two.wait_for(1).await[0].delivery().event.name(), "invoice-paid");
    let list = program.get("/_sandbox/webhooks").await.json();
    assert_eq!(list["webhooks"], json!([changed]));
    for target in ["/_sandbox/webhooks", "/_sandbox/webhooks/deliveries", &target] {
        let body = program.get(target).await.body;
        assert!(!body.contains(&secret) && !body.contains("fake-webhook-token"), "{body}");
    }
    assert_eq!(program.send("DELETE", &target, None).await.status, 204);
    program.send("DELETE", &target, None).await.expect_refusal(404, "Not Found");
    shop.sell(Kind::Invoice).await;
    let list = program.get("/_sandbox/webhooks/deliveries").await.json();
    assert_eq!(list, json!({ "deliveries": [] }));
}

#[tokio::test]
async fn an_invalid_webhook_is_refused_without_repeating_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = program(&sandbox);
    for (body, mention) in [
        (json!({}), "url is missing"),
        (json!({ "url": "http://u:fake-mark@127.0.0.1/" }), "url must not contain a user"),
        (json!({ "url": "http://10.0.0.1/fake-mark" }), "--webhooks-anywhere"),
        (json!({ "url": "http://127.0.0.1/", "token": " fake-mark" }), "token isn't valid"),
        (json!({ "url": "http://127.0.0.1/", "token": "fake-mark\n" }), "token isn't valid"),
        (
            json!({ "url": "http://127.0.0.1/", "events": ["fake-mark"] }),
            "events must be one or more of",
        ),
        (json!({ "url": "http://127.0.0.1/", "events": [] }), "events must be one or more of"),
        (json!({ "url": "http://127.0.0.1/", "event": "fake-mark" }), "event"),
        (json!({ "url": "http://127.0.0.1/", "token": { "fake-mark": 1 } }), "token"),
        (json!({ "url": ["fake-mark"] }), "url"),
    ] {
        let message = program.post("/_sandbox/webhooks", &body).await.expect_invalid(mention);
        assert!(!message.contains("fake-mark"), "{message}");
    }
    for number in 0..16 {
        let body = json!({ "url": format!("http://127.0.0.1:1/{number}") });
        assert_eq!(program.post("/_sandbox/webhooks", &body).await.status, 201);
    }
    let body = json!({ "url": "http://127.0.0.1:1/" });
    program.post("/_sandbox/webhooks", &body).await.expect_refusal(409, "Conflict");
    let elsewhere = program.post("/_sandbox/webhooks?business=nobody", &body).await;
    elsewhere.expect_refusal(404, "Not Found");
    program.post("/_sandbox/webhooks?mode=live", &body).await.expect_invalid("mode live requires");
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
