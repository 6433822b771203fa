//! Sends webhook deliveries under the worst conditions: up to three copies of each, out of order, to several processes
//! at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mileston_api::reqwest::Client;
use mileston_api::webhook::SIGNATURE_HEADER;
use tokio::task::JoinHandle;

use crate::random::Random;

/// An obviously fake token.
pub(crate) const TOKEN: &str = "fake-webhook-token";

/// How many deliveries are sent at the same time.
pub(crate) const AT_ONCE: usize = 16;

/// A delivery about the payment of an order.
struct Delivery {
    body: String,
    /// The port of the process to which the delivery is sent first.
    port: u16,
}

/// Deliveries that are being sent. Each is repeated until it is received.
pub(crate) struct Deliveries {
    sent: usize,
    tasks: Vec<JoinHandle<usize>>,
}

impl Deliveries {
    /// Sends one to three copies of a delivery for each order.
    pub(crate) fn send(orders: usize, ports: &[u16]) -> Deliveries {
        let deliveries = Arc::new(plan(orders, ports));
        let (sent, next) = (deliveries.len(), Arc::new(AtomicUsize::new(0)));
        let tasks = (0..AT_ONCE).map(|_| {
            let (deliveries, next, ports) = (deliveries.clone(), next.clone(), ports.to_vec());
            tokio::spawn(async move {
                let client = Client::builder().no_proxy().timeout(Duration::from_secs(5));
                let client = client.build().unwrap();
                let mut repeated = 0;
                while let Some(delivery) = deliveries.get(next.fetch_add(1, Ordering::Relaxed)) {
                    repeated += deliver(&client, delivery, &ports).await;
                }
                repeated
            })
        });
        Deliveries { sent, tasks: tasks.collect() }
    }

    /// Returns whether all deliveries were received.
    pub(crate) fn are_received(&self) -> bool {
        self.tasks.iter().all(JoinHandle::is_finished)
    }

    /// Returns how many deliveries were sent, and how many attempts failed.
    pub(crate) async fn counts(self) -> (usize, usize) {
        let mut repeated = 0;
        for task in self.tasks {
            repeated += task.await.unwrap();
        }
        (self.sent, repeated)
    }
}

/// Plans the sequence of the deliveries. Between two copies of a delivery, there are up to about 1,000 other
/// deliveries.
fn plan(orders: usize, ports: &[u16]) -> Vec<Delivery> {
    let mut random = Random::new(11);
    let mut planned = Vec::new();
    for order in 0..orders {
        let at = order * 2 + random.below(1_000);
        for copy in 0..=random.below(3) {
            let at = if random.below(2) == 0 { at } else { at + random.below(1_000) };
            let port = ports[(order + copy) % ports.len()];
            planned.push((at, Delivery { body: body(order, copy), port }));
        }
    }
    planned.sort_by_key(|(at, _)| *at);
    planned.into_iter().map(|(_, delivery)| delivery).collect()
}

/// Returns the body of a copy. The second copy has the same content as the others, but is formatted differently.
fn body(order: usize, copy: usize) -> String {
    let id = format!(r#""paymentLinkId":"order-{order}""#);
    let rest = format!(r#""amount":"12.50","transactionSignature":"0x{order:064x}""#);
    if copy == 1 {
        format!("{{\n  \"payload\": {{{rest},\n{id}}},\n  \"event\": \"paymentlink-paid\"\n}}")
    } else {
        format!(r#"{{"event":"paymentlink-paid","payload":{{{id},{rest}}}}}"#)
    }
}

/// Sends a delivery to one process after another until it is received. Returns how many attempts failed.
async fn deliver(client: &Client, delivery: &Delivery, ports: &[u16]) -> usize {
    let first = ports.iter().position(|port| *port == delivery.port).unwrap();
    for failed in 0.. {
        let url = format!("http://127.0.0.1:{}/mileston", ports[(first + failed) % ports.len()]);
        let request = client.post(url).header(SIGNATURE_HEADER, TOKEN);
        let request = request.header("content-type", "application/json");
        let response = request.body(delivery.body.clone()).send().await;
        if response.is_ok_and(|response| response.status() == 200) {
            return failed;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    unreachable!("a delivery is sent until it is received")
}
