//! `kill -9` while payments come in and webhooks go out: every acknowledged payment is delivered at least once.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::endpoint::{Endpoint, PATIENCE, respond};
use super::serving::Serving;
use super::shop::{Kind, Shop};
use crate::program::say;
use crate::temporary::Folder;

const ROUNDS: u64 = 6;
const CUSTOMERS: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_payment_is_delivered_at_least_once_after_a_kill() {
    let folder = Folder::new("webhooks-kill");
    let file = folder.file().to_str().unwrap().to_owned();
    // Every fifth request is rejected, so its delivery must be repeated.
    let answer = |before: usize| respond(if before % 5 == 4 { 503 } else { 200 }, "");
    let endpoint = Endpoint::answering(answer).await;
    let mut serving = Serving::start(&file);
    serving.register(&endpoint.url).await;
    let link = serving.shop().ask(Kind::Link).await;
    let acknowledged = Arc::<Mutex<BTreeSet<String>>>::default();
    for round in 0..ROUNDS {
        let customers: Vec<_> = (0..CUSTOMERS)
            .map(|customer| {
                let (shop, paid) = (serving.shop(), Arc::clone(&acknowledged));
                let name = format!("round {round}, customer {customer}");
                tokio::spawn(pay_until_it_ends(shop, link.clone(), name, paid))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(50 + 61 * round)).await;
        serving.kill();
        for customer in customers {
            customer.await.unwrap();
        }
        serving.again(&file);
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    let received = wait_until_received(&endpoint, &acknowledged).await;
    assert!(!acknowledged.is_empty());
    say(&format!(
        "webhooks: killed {ROUNDS} times, {} payments acknowledged, {} received in {} deliveries",
        acknowledged.len(),
        received.len(),
        endpoint.got().len()
    ));
}

async fn pay_until_it_ends(
    shop: Arc<Shop>,
    link: String,
    name: String,
    paid: Arc<Mutex<BTreeSet<String>>>,
) {
    for number in 0.. {
        let transaction = format!("{name}, payment {number}");
        if shop.pay_by(Kind::Link, &link, &transaction).await.is_err() {
            return;
        }
        paid.lock().unwrap().insert(transaction);
    }
}

/// Waits until the endpoint has received all expected transactions, and returns all transactions that it received.
async fn wait_until_received(endpoint: &Endpoint, expected: &BTreeSet<String>) -> BTreeSet<String> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let received: BTreeSet<String> = endpoint
            .got()
            .iter()
            .map(|got| {
                let delivery = got.delivery();
                delivery.raw["transactionSignature"].as_str().unwrap().to_owned()
            })
            .collect();
        if expected.is_subset(&received) {
            return received;
        }
        let missing = expected.difference(&received).count();
        assert!(tokio::time::Instant::now() < deadline, "{missing} were never delivered");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
