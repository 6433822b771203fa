//! A running program with a store file, which a test can kill and start again.

use std::sync::Arc;

use mileston_keys::{CheckoutKey, NormalKey, Test};
use serde_json::{Value, json};

use super::shop::Shop;
use crate::http::Client;
use crate::program::{Running, text};

pub(super) struct Serving {
    running: Option<Running>,
    url: String,
    business: String,
    normal: NormalKey<Test>,
    checkout: CheckoutKey<Test>,
}

impl Serving {
    pub(super) fn start(file: &str) -> Self {
        let (running, ready) = run(file);
        Serving {
            running: Some(running),
            url: text(&ready, "url"),
            business: text(&ready, "businessId"),
            normal: text(&ready, "normalKey").parse().unwrap(),
            checkout: text(&ready, "checkoutKey").parse().unwrap(),
        }
    }

    /// Starts the program again with the same file.
    pub(super) fn again(&mut self, file: &str) {
        let (running, ready) = run(file);
        (self.running, self.url) = (Some(running), text(&ready, "url"));
    }

    /// Kills the program with `kill -9`.
    pub(super) fn kill(&mut self) {
        self.running.take().unwrap().kill();
    }

    pub(super) fn process(&self) -> u32 {
        self.running.as_ref().unwrap().id()
    }

    pub(super) fn shop(&self) -> Arc<Shop> {
        let (normal, checkout) = (self.normal.clone(), self.checkout.clone());
        Arc::new(Shop::with(&self.url, &self.business, normal, checkout))
    }

    pub(super) async fn register(&self, url: &str) -> String {
        let body = json!({ "url": url, "token": "fake-webhook-token" });
        let made = self.program().post("/_sandbox/webhooks", &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        text(&made.json(), "id")
    }

    pub(super) fn program(&self) -> Client {
        Client::of_url(&self.url).header("mileston-sandbox", "test")
    }
}

fn run(file: &str) -> (Running, Value) {
    let mut running = Running::start(&["serve", "--port", "0", "--json", "--store", file]);
    let ready = serde_json::from_str(&running.line()).unwrap();
    (running, ready)
}
