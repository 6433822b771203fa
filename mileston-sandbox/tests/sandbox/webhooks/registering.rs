//! Registering, changing and removing webhooks.

use mileston_api::types::WebhookEvent;
use mileston_sandbox::{DeliveryState, Sandbox, WebhookSettings};
use serde_json::json;

use super::endpoint::{Endpoint, hasty, token};
use super::shop::{Kind, Shop};
use super::{is_settled, program, settled};
use crate::forms::common;
use crate::pages::browser;

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
    assert_eq!(delivery.state, DeliveryState::Delivered, "a host name for this machine is allowed");

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
    assert_eq!(endpoint.got().len(), 1, "the event is sent once");

    // A second webhook can have the same URL only if its events differ from the first webhook's. So changing them to
    // the first webhook's events is rejected.
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

#[tokio::test]
async fn a_program_can_manage_webhooks() {
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
