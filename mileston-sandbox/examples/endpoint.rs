//! A webhook endpoint that prints what it receives, and fulfils only orders that the platform reports as paid.
//!
//!     cargo run -p mileston-sandbox --example endpoint -- $MILESTON_URL [127.0.0.1:3000]
//!
//! First paste the `export` lines that `mileston-sandbox serve` prints. The endpoint registers itself. If it is started
//! again at the same address, it uses the same webhook.

use std::collections::HashSet;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::{Advice, Delivery, Event, RECEIVED, SEND_AGAIN, Verifier};
use mileston_api::{Client, reqwest};
use mileston_keys::{BusinessId, CheckoutKey, Test, WebhookToken};
use tokio::net::TcpListener;

/// In production: a long random string, from the environment.
const TOKEN: &str = "fake-webhook-token";

/// The ids of fulfilled orders. In production: a database with a unique index.
type Fulfilled = Arc<Mutex<HashSet<String>>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = std::env::args().nth(1).ok_or("pass the URL of the sandbox: $MILESTON_URL")?;
    let key = CheckoutKey::<Test>::from_env("MILESTON_CHECKOUT_KEY")?;
    let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
    let client = Client::new(key, business)?.with_origin(&sandbox)?;

    let fulfilled = Fulfilled::default();
    let hook = move |Verified(delivery): Verified| take(client, fulfilled, delivery);
    let token: WebhookToken = TOKEN.parse()?;
    let router = Router::new().route("/mileston", post(hook)).with_state(Verifier::new(token));
    let address = std::env::args().nth(2).unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(address).await?;
    let url = format!("http://{}/mileston", listener.local_addr()?);
    register(&sandbox, &url).await?;
    println!("{url} is registered. Pay something.");
    axum::serve(listener, router).await?;
    Ok(())
}

/// Handles a delivery. The token doesn't prove that the contents are true, so the endpoint asks the platform. For a
/// payment link, only the chain can prove the payment.
async fn take(
    client: Client<CheckoutKey<Test>>,
    fulfilled: Fulfilled,
    delivery: Delivery,
) -> StatusCode {
    let (event, id) = (delivery.event.name(), delivery.paid_id().unwrap_or("no id"));
    if let Event::Unknown { .. } = delivery.event {
        println!("{event}: unknown event, ignored");
        return RECEIVED; // otherwise the platform would keep sending it
    }
    let found = match delivery.confirm(&client).await {
        Ok(found) => found,
        Err(error) => {
            println!("{event} {id}: could not confirm: {error}");
            return SEND_AGAIN;
        }
    };
    match found.advice() {
        Advice::Fulfil => {
            println!("{event} {id}: paid: {}", fulfil(&fulfilled, &delivery.event, id));
            RECEIVED
        }
        Advice::CheckFurther => {
            // Store the delivery. Before you ship anything, check that the transaction is final on the chain, that it
            // paid at least the order's amount in an accepted token to one of your wallets after the order was created,
            // and that it hasn't been counted for another order. See docs/webhooks.md. Invoices don't need this check.
            let transaction =
                delivery.event.payment().and_then(|it| it.transaction_signature.as_deref());
            println!("{event} {id}: not proven, don't ship: look for {transaction:?} on the chain");
            RECEIVED
        }
        Advice::DontFulfil => {
            println!("{event} {id}: forged, or arrived too early: {found}");
            SEND_AGAIN
        }
    }
}

/// Fulfils the order with this id once, however many deliveries arrive for it.
fn fulfil(fulfilled: &Fulfilled, event: &Event, id: &str) -> &'static str {
    if let Event::RecurringPaid(_) = event {
        // Granting access again for the same period changes nothing.
        return "access continues until the end of the current period";
    }
    let mut fulfilled = fulfilled.lock().unwrap_or_else(PoisonError::into_inner);
    if fulfilled.insert(id.to_owned()) { "the order is fulfilled" } else { "already fulfilled" }
}

async fn register(sandbox: &str, url: &str) -> Result<(), Box<dyn Error>> {
    let body = serde_json::json!({ "url": url, "token": TOKEN }).to_string();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let request = client
        .post(format!("{sandbox}/_sandbox/webhooks"))
        .header("mileston-sandbox", "example")
        .header("content-type", "application/json")
        .body(body);
    let answer = request.send().await?;
    // 201 for a new webhook, 200 for an existing one.
    if answer.status().is_success() {
        return Ok(());
    }
    Err(answer.text().await?.into())
}
