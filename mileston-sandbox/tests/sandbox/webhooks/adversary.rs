//! A consumer ends up in the right state whatever an adversary does, even if the adversary has the token. The consumer
//! checks the token, detects repeats, and confirms each payment with the platform. For a payment link, it also checks
//! that the transaction is on the chain.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::testing::signed_with;
use mileston_api::webhook::{Advice, Delivery, RECEIVED, SEND_AGAIN, Verifier, WebhookError};
use mileston_api::{Client, reqwest};
use mileston_keys::{CheckoutKey, Test};
use mileston_sandbox::{DeliveryState, Sandbox, WebhookDelivery, WebhookWay};
use serde_json::json;

use super::endpoint::{hasty, serve, token};
use super::settled;
use super::shop::{KINDS, Kind, Shop};
use crate::program::say;

const SEEDS: [u64; 4] = [1, 7, 42, u64::MAX];
const SALES: usize = 60;

/// What the consumer stores, and what the consumer received.
#[derive(Default)]
struct Books {
    done: BTreeSet<String>,
    orders: BTreeSet<String>,
    /// The transactions in the shop's wallet, and the order that each was counted for.
    chain: BTreeMap<String, Option<String>>,
    /// How many times each order was fulfilled.
    fulfilled: BTreeMap<String, u32>,
    order: Vec<String>,
    repeats: usize,
    forged: usize,
}

type Shared = Arc<Mutex<Books>>;

/// Handles a delivery as `docs/webhooks.md` describes it.
async fn hook(
    client: Client<CheckoutKey<Test>>,
    books: Shared,
    found: Result<Verified, WebhookError>,
) -> StatusCode {
    let delivery: Delivery = match found {
        Ok(Verified(delivery)) => delivery,
        Err(error) => {
            books.lock().unwrap().forged += 1;
            return error.status();
        }
    };
    let key = delivery.dedupe_key();
    if books.lock().unwrap().done.contains(&key) {
        books.lock().unwrap().repeats += 1;
        return RECEIVED;
    }
    let Ok(found) = delivery.confirm(&client).await else { return SEND_AGAIN };
    let mut books = books.lock().unwrap();
    match found.advice() {
        Advice::Fulfil => {}
        Advice::CheckFurther if books.has_arrived(&delivery) => {}
        Advice::CheckFurther | Advice::DontFulfil => return SEND_AGAIN,
    }
    // Checks again under the lock, because the same delivery may have arrived during the request to the platform.
    if !books.done.insert(key) {
        books.repeats += 1;
        return RECEIVED;
    }
    let id = delivery.paid_id().unwrap().to_owned();
    // Fulfils each order once, even if a second delivery has the same content in a different form. In this test, a
    // recurring payment is paid only once; a real shop would fulfil its order once for each period.
    if books.orders.insert(id.clone()) {
        books.order.push(id.clone());
        *books.fulfilled.entry(id).or_default() += 1;
    }
    RECEIVED
}

impl Books {
    /// Returns whether the transaction of a delivery is on the chain, and hasn't been counted for a different order. If
    /// so, counts it for this order. On a real chain, the recipient, token, amount, time and finality must also be
    /// checked.
    fn has_arrived(&mut self, delivery: &Delivery) -> bool {
        let named =
            delivery.event.payment().and_then(|payment| payment.transaction_signature.as_ref());
        let (Some(named), Some(id)) = (named, delivery.paid_id()) else { return false };
        let Some(counted_for) = self.chain.get_mut(named) else { return false };
        counted_for.get_or_insert_with(|| id.to_owned()) == id
    }
}

/// Sends what an attacker who has the token could send: for a paid and an unpaid record of each kind, one delivery with
/// a real transaction and one with a made-up transaction.
async fn forge(url: &str, shop: &Shop, sold: &[String]) -> usize {
    let mut forged = Vec::new();
    for (kind, paid) in KINDS.into_iter().zip(sold) {
        let unpaid = shop.ask(kind).await;
        let transactions = [format!("transaction of {paid}"), "made up".to_owned()];
        for id in [paid.clone(), unpaid] {
            forged.extend(transactions.iter().map(|transaction| {
                let payload = json!({
                    "paymentLinkId": id, "amount": "12.50", "env": "test", "status": "paid",
                    "transactionSignature": transaction,
                });
                signed_with(&token(), kind.event(), payload)
            }));
        }
    }
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (headers, body) in &forged {
        client.post(url).headers(headers.clone()).body(body.clone()).send().await.unwrap();
    }
    forged.len()
}

/// Waits until every delivery is done, including the repeats that the adversary adds.
async fn all_delivered(sandbox: &Sandbox, expected: usize) -> Vec<WebhookDelivery> {
    let webhooks = sandbox.webhooks();
    settled(&webhooks, |delivery| delivery.state == DeliveryState::Delivered).await;
    let deadline = tokio::time::Instant::now() + super::PATIENCE;
    loop {
        let all = webhooks.deliveries(200).await.unwrap();
        let open = all.iter().filter(|one| one.state != DeliveryState::Delivered).count();
        if (all.len(), open) == (expected, 0) {
            return all;
        }
        assert!(tokio::time::Instant::now() < deadline, "{} of {expected}, {open} open", all.len());
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consumer_that_asks_the_platform_survives_an_adversary() {
    let (mut repeats, mut forged, mut overtaken) = (0, 0, 0);
    for seed in SEEDS {
        let settings = hasty().adversary(seed);
        let sandbox = Sandbox::builder().webhooks(settings).start().await.unwrap();
        let (shop, books) = (Shop::of(&sandbox), Shared::default());
        let (client, shared) = (shop.frontend.clone(), Arc::clone(&books));
        let consumer = move |found| hook(client, shared, found);
        let router = Router::new().route("/hook", post(consumer));
        let (url, _task) = serve(router.with_state(Verifier::new(token()))).await;
        sandbox.webhooks().register(&url, &token(), &[]).await.unwrap();

        let mut sold = Vec::new();
        for kind in KINDS.into_iter().cycle().take(SALES) {
            let id = shop.ask(kind).await;
            books.lock().unwrap().chain.insert(format!("transaction of {id}"), None);
            shop.pay(kind, &id).await.unwrap();
            sold.push(id);
        }
        let deliveries = all_delivered(&sandbox, SALES).await;
        assert_eq!(forge(&url, &shop, &sold).await, 12);
        let lost = ways(&deliveries, WebhookWay::Lost);
        let sent = ways(&deliveries, WebhookWay::Sent);
        let books = books.lock().unwrap();
        let expected = sold.iter().map(|id| (id.clone(), 1)).collect();
        assert_eq!(books.fulfilled, expected, "each order was fulfilled once, with seed {seed}");
        assert_eq!(books.forged, ways(&deliveries, WebhookWay::Forged));
        say(&format!(
            "seed {seed}: {SALES} payments, {sent} sent, {lost} lost, {} forged and rejected, {} repeats detected, {} \
             overtaken",
            books.forged,
            books.repeats,
            out_of_order(&sold, &books.order)
        ));
        assert!(lost > 0, "an adversary has to drop something");
        (repeats, forged) = (repeats + books.repeats, forged + books.forged);
        overtaken += out_of_order(&sold, &books.order);
    }
    assert!(repeats > 0 && forged > 0 && overtaken > 0, "{repeats} {forged} {overtaken}");
}

fn ways(deliveries: &[WebhookDelivery], way: WebhookWay) -> usize {
    deliveries.iter().flat_map(|one| &one.attempts).filter(|one| one.way == way).count()
}

/// Returns how many orders were fulfilled after an order that was sold later.
fn out_of_order(sold: &[String], fulfilled: &[String]) -> usize {
    let place = |id: &String| sold.iter().position(|other| other == id).unwrap();
    let mut latest = 0;
    let late = fulfilled.iter().map(place).filter(|&at| {
        latest = latest.max(at);
        at < latest
    });
    late.count()
}

#[tokio::test]
async fn the_same_seed_causes_the_same_faults() {
    let mut troubles = Vec::new();
    for _ in 0..2 {
        let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
        let endpoint = super::Endpoint::start().await;
        let webhooks = sandbox.webhooks();
        webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
        let target = "/_sandbox/webhooks/adversary";
        let program = super::program(&sandbox);
        let set = program.send("PUT", target, Some(r#"{"seed":3}"#)).await;
        assert_eq!(set.status, 200, "{}", set.body);
        let shop = Shop::of(&sandbox);
        for _ in 0..30 {
            shop.sell(Kind::Link).await;
        }
        let deliveries = all_delivered(&sandbox, 30).await;
        let counts_of = |way| {
            let counts = deliveries.iter().map(|one| ways(std::slice::from_ref(one), way));
            counts.collect::<Vec<_>>()
        };
        troubles.push((counts_of(WebhookWay::Lost), counts_of(WebhookWay::Forged)));
        assert_eq!(program.get(target).await.json()["seed"], 3);
        let off = program.send("PUT", target, Some(r#"{"seed":null}"#)).await;
        assert!(off.json()["seed"].is_null());
    }
    assert_eq!(troubles[0], troubles[1]);
    assert!(troubles[0].0.iter().sum::<usize>() > 0 && troubles[0].1.iter().sum::<usize>() > 0);
}
