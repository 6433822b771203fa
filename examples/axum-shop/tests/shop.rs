//! Tests the shop with the sandbox: a customer buys a ticket.

#![allow(clippy::unwrap_used, reason = "a test fails at the first unexpected result")]

use std::time::{Duration, Instant};

use axum_shop::{Settings, Shop, router};
use mileston_api::keys::WebhookToken;
use mileston_api::reqwest::{self, Client, redirect::Policy};
use mileston_api::types::WebhookPayment;
use mileston_api::webhook::{Event, testing};
use mileston_sandbox::{Fault, Sandbox};
use tokio::net::TcpListener;

const TOKEN: &str = "fake-webhook-token";

/// A sandbox, and a shop whose webhook is registered with it.
struct Town {
    sandbox: Sandbox,
    shop: String,
    browser: Client,
}

impl Town {
    async fn found() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let shop = format!("http://{}", listener.local_addr().unwrap());
        let settings = Settings {
            key: sandbox.normal_key().clone(),
            checkout_key: sandbox.checkout_key().clone(),
            business_id: sandbox.business_id().clone(),
            webhook_token: token(TOKEN),
            origin: Some(sandbox.url().to_owned()),
            address: String::new(),
        };
        let router = router(Shop::new(settings).unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        sandbox.webhooks().register(&format!("{shop}/mileston"), &token(TOKEN), &[]).await.unwrap();
        let browser = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Town { sandbox, shop, browser }
    }

    /// Presses the button. Returns the URL of the order's page and the id of its invoice.
    async fn buy(&self) -> (String, String) {
        let response = self.order("email=ada%40example.com").await;
        assert_eq!(response.status(), 303);
        let place = response.headers()["location"].to_str().unwrap().to_owned();
        let invoice = percent_encoding::percent_decode_str(place.rsplit('/').next().unwrap());
        let invoice = invoice.decode_utf8().unwrap().into_owned();
        (format!("{}{place}", self.shop), invoice)
    }

    async fn order(&self, form: &'static str) -> reqwest::Response {
        let request = self.browser.post(format!("{}/orders", self.shop));
        let form_type = "application/x-www-form-urlencoded";
        request.header("content-type", form_type).body(form).send().await.unwrap()
    }

    async fn page(&self, url: &str) -> String {
        self.browser.get(url).send().await.unwrap().text().await.unwrap()
    }

    async fn pay(&self, invoice: &str) {
        let request = self.browser.post(format!("{}/_sandbox/trigger", self.sandbox.url()));
        let order = format!(r#"{{"event": "invoice-paid", "id": "{invoice}"}}"#);
        let request = request.header("mileston-sandbox", "test").body(order);
        let response = request.header("content-type", "application/json").send().await.unwrap();
        assert!(response.status().is_success(), "{}", response.text().await.unwrap());
    }

    /// Reloads the page until it contains the string.
    async fn until(&self, page: &str, text: &str) {
        let start = Instant::now();
        loop {
            let content = self.page(page).await;
            if content.contains(text) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "no {text:?} in {content}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Posts what the platform would post for the invoice. Returns the status of the response.
    async fn deliver(&self, known: &str, invoice: &str) -> u16 {
        let payment =
            WebhookPayment::new().with_payment_link_id(invoice.into()).with_amount("25.00".into());
        let (headers, body) = testing::signed(&token(known), &Event::InvoicePaid(payment));
        let request = self.browser.post(format!("{}/mileston", self.shop)).headers(headers);
        request.body(body).send().await.unwrap().status().as_u16()
    }
}

fn token(text: &str) -> WebhookToken {
    text.parse().unwrap()
}

const WAITING: &str = "Waiting for your payment.";

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_order_is_fulfilled() {
    let town = Town::found().await;
    assert!(town.page(&town.shop).await.contains("<button>Buy</button>"));
    let (page, invoice) = town.buy().await;
    let waiting = town.page(&page).await;
    let link = format!("{}/invoice/{invoice}", town.sandbox.url());
    assert!(waiting.contains(WAITING) && waiting.contains(&link), "{waiting}");
    town.pay(&invoice).await;
    town.until(&page, "Paid. Your ticket number is 1.").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_delivery_does_not_fulfil_an_order_twice() {
    let town = Town::found().await;
    let (first, invoice) = town.buy().await;
    town.pay(&invoice).await;
    town.until(&first, "number is 1.").await;
    let again = [town.deliver(TOKEN, &invoice).await, town.deliver(TOKEN, &invoice).await];
    assert_eq!(again, [200, 200]);
    let (second, invoice) = town.buy().await;
    town.pay(&invoice).await;
    town.until(&second, "number is 2.").await;
    assert!(town.page(&first).await.contains("number is 1."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_delivery_does_not_fulfil_an_order() {
    let town = Town::found().await;
    let (page, invoice) = town.buy().await;
    assert_eq!(town.deliver("fake-guessed-token", &invoice).await, 401);
    // The forger knows the token, but nobody has paid.
    assert_eq!(town.deliver(TOKEN, &invoice).await, 503);
    assert!(town.page(&page).await.contains(WAITING));
    assert_eq!(town.deliver(TOKEN, "of-another-shop").await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_purchase_says_what_to_do() {
    let town = Town::found().await;
    let response = town.order("email=nobody").await;
    assert_eq!(response.status(), 400);
    assert!(response.text().await.unwrap().contains("This isn't an email address."));
    for (fault, text) in [
        (Fault::AnswerLost, "An invoice may have been created."),
        (Fault::TooManyRequests { retry_after: 3600 }, "No invoice was created."),
    ] {
        let _plan = town.sandbox.fault(fault).on("createInvoice").times(1).unwrap();
        let response = town.order("email=ada%40example.com").await;
        assert_eq!(response.status(), 502);
        let page = response.text().await.unwrap();
        assert!(page.contains(text), "{page}");
    }
}
