//! Endpoints that are dead, hang, or send endless responses: they don't delay other endpoints, and nothing is lost.

use std::time::{Duration, Instant};

use mileston_api::types::WebhookEvent;
use mileston_sandbox::{DeliveryState, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::endpoint::{Endpoint, hasty, token};
use super::serving::Serving;
use super::settled;
use super::shop::{Kind, Shop};
use crate::program::say;
use crate::temporary::Folder;

const EVENTS: usize = 10_000;
const CUSTOMERS: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_events_for_dead_endpoints_do_not_delay_others_or_fill_memory() {
    let folder = Folder::new("webhooks-dead");
    let serving = Serving::start(folder.file().to_str().unwrap());
    let alive = Endpoint::start().await;
    // One dead endpoint refuses connections; the other accepts them, but never responds.
    let refusing = serving.register("http://127.0.0.1:1/hook").await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hanging = format!("http://{}/hook", silent.local_addr().unwrap());
    let hanging = serving.register(&hanging).await;
    serving.register(&alive.url).await;
    let link = serving.shop().ask(Kind::Link).await;
    pay(&serving, &link, 0..EVENTS / 10).await;
    let (before, started) = (memory(&serving), Instant::now());
    pay(&serving, &link, EVENTS / 10..EVENTS).await;
    let paid = started.elapsed();
    alive.wait_for(EVENTS).await;
    let grown = memory(&serving).saturating_sub(before);
    say(&format!(
        "webhooks: {EVENTS} events for two dead endpoints and a good one: paid in {paid:?}, delivered in {:?}, {grown} KiB \
         more memory",
        started.elapsed()
    ));
    assert!(grown < 32 << 10, "{grown} KiB more");
    for dead in [refusing, hanging] {
        let target = format!("/_sandbox/webhooks/deliveries?limit=200&webhook={dead}");
        let newest = serving.program().get(&target).await.json();
        let newest = newest["deliveries"].as_array().unwrap().clone();
        assert!(newest.len() == 200 && newest.iter().all(|one| one["state"] == "waiting"));
    }
}

async fn pay(serving: &Serving, link: &str, payments: std::ops::Range<usize>) {
    let mut customers = JoinSet::new();
    for customer in 0..CUSTOMERS {
        let (shop, link) = (serving.shop(), link.to_owned());
        let own = payments.clone().skip(customer).step_by(CUSTOMERS);
        customers.spawn(async move {
            for number in own {
                shop.pay_by(Kind::Link, &link, &format!("payment {number}")).await.unwrap();
            }
        });
    }
    while let Some(done) = customers.join_next().await {
        done.unwrap();
    }
}

/// Returns the program's memory in KiB.
#[cfg(target_os = "linux")]
fn memory(serving: &Serving) -> u64 {
    let status = format!("/proc/{}/status", serving.process());
    let status = std::fs::read_to_string(status).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Returns 0, because there is no portable way to measure memory.
#[cfg(not(target_os = "linux"))]
fn memory(_: &Serving) -> u64 {
    0
}

#[tokio::test]
async fn an_endless_response_is_cut_and_its_status_counts() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let endless = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await.unwrap();
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
        stream.write_all(head).await.unwrap();
        let mut sent = 0_usize;
        while stream.write_all(&[b'x'; 65536]).await.is_ok() {
            sent += 65536;
        }
        sent
    });
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let webhooks = sandbox.webhooks();
    webhooks.register(&url, &token(), &[WebhookEvent::PaymentlinkPaid]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, super::is_settled).await;
    assert_eq!(delivery.state, DeliveryState::Delivered);
    assert_eq!(delivery.attempts[0].answer.as_ref().unwrap().chars().count(), 201);
    let sent = tokio::time::timeout(Duration::from_secs(30), endless).await.unwrap().unwrap();
    assert!(sent < 64 << 20, "{sent} bytes were taken");
}

#[tokio::test]
async fn a_failing_event_does_not_delay_others_for_the_same_endpoint() {
    let endpoint = Endpoint::judging(|body| !body.contains("transaction of poison")).await;
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let webhooks = sandbox.webhooks();
    webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
    let shop = Shop::of(&sandbox);
    let link = shop.ask(Kind::Link).await;
    shop.pay_by(Kind::Link, &link, "transaction of poison").await.unwrap();
    for number in 0..20 {
        shop.pay_by(Kind::Link, &link, &format!("payment {number}")).await.unwrap();
        settled(&webhooks, |newest| newest.state == DeliveryState::Delivered).await;
    }
    let all = webhooks.deliveries(100).await.unwrap();
    let delivered = all.iter().filter(|one| one.state == DeliveryState::Delivered).count();
    assert_eq!((delivered, all.len()), (20, 21));
}
