//! Tests that the endpoint accepts what the platform confirms, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test fails at the first unexpected result")]

use std::net::TcpListener;
use std::time::{Duration, Instant};

use actix_webhook::{Endpoint, start};
use mileston_api::Client;
use mileston_api::keys::WebhookToken;
use mileston_api::reqwest::{self, redirect::Policy};
use mileston_api::types::WebhookPayment;
use mileston_api::webhook::{Event, testing};
use mileston_sandbox::{DeliveryState, Sandbox};

const TOKEN: &str = "fake-webhook-token";

fn token(text: &str) -> WebhookToken {
    text.parse().unwrap()
}

/// Starts the endpoint. Returns its URL.
fn open(sandbox: &Sandbox) -> String {
    let client = Client::new(sandbox.checkout_key().clone(), sandbox.business_id()).unwrap();
    let endpoint = Endpoint::new(token(TOKEN), client.with_origin(sandbox.url()).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/mileston", listener.local_addr().unwrap());
    tokio::spawn(start(endpoint, listener).unwrap());
    url
}

fn sender() -> reqwest::Client {
    reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_from_the_platform_is_accepted() {
    let sandbox = Sandbox::start().await.unwrap();
    let webhooks = sandbox.webhooks();
    webhooks.register(&open(&sandbox), &token(TOKEN), &[]).await.unwrap();
    for event in ["invoice-paid", "recurring-paid", "paymentlink-paid"] {
        let order = format!(r#"{{"event": "{event}"}}"#);
        let request = sender().post(format!("{}/_sandbox/trigger", sandbox.url())).body(order);
        let request = request.header("mileston-sandbox", "test");
        let request = request.header("content-type", "application/json");
        assert!(request.send().await.unwrap().status().is_success(), "{event}");
    }
    let start = Instant::now();
    loop {
        let deliveries = webhooks.deliveries(10).await.unwrap();
        if deliveries.len() == 3
            && deliveries.iter().all(|delivery| delivery.state == DeliveryState::Delivered)
        {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{deliveries:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_or_malformed_delivery_is_rejected() {
    let sandbox = Sandbox::start().await.unwrap();
    let url = open(&sandbox);
    let payment = WebhookPayment::new().with_payment_link_id("made-up".into());
    let event = Event::InvoicePaid(payment);
    let send = async |headers, body: Vec<u8>| {
        sender().post(&url).headers(headers).body(body).send().await.unwrap().status().as_u16()
    };
    let (headers, body) = testing::signed(&token("fake-guessed-token"), &event);
    assert_eq!(send(headers, body).await, 401);
    // The token is correct, but the platform has no such invoice.
    let (headers, body) = testing::signed(&token(TOKEN), &event);
    assert_eq!(send(headers.clone(), body.clone()).await, 503);
    let mut twice = headers.clone();
    twice.append("x-webhook-signature", TOKEN.parse().unwrap());
    assert_eq!(send(twice, body).await, 400);
    assert_eq!(send(headers.clone(), b"not JSON".to_vec()).await, 400);
    // The endpoint accepts an unknown event. Otherwise, the platform would send it again and
    // again.
    let (_, body) = testing::signed_with(&token(TOKEN), "refund-made", [1].into());
    assert_eq!(send(headers, body).await, 200);
}
