//! An endpoint for webhooks that shows them as they come in, and serves only what the platform says is paid.
//!
//!     cargo run -p mileston-sandbox --example endpoint -- $MILESTON_URL [127.0.0.1:3000]
//!
//! Before, paste the `export` lines that `mileston-sandbox serve` prints. The endpoint registers itself.
//! Started again at the same address, it takes over the webhook that it has registered before.

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

/// For a real endpoint: a long random text, from the environment.
const TOKEN: &str = "fake-webhook-token";

/// The ids of orders that were served. For a real endpoint: a database, with a unique index.
type Served = Arc<Mutex<HashSet<String>>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = std::env::args().nth(1).ok_or("say where the sandbox is: $MILESTON_URL")?;
    let key = CheckoutKey::<Test>::from_env("MILESTON_CHECKOUT_KEY")?;
    let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
    let client = Client::new(key, business)?.with_origin(&sandbox)?;

    let served = Served::default();
    let hook = move |Verified(delivery): Verified| take(client, served, delivery);
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

/// The token proves nothing about what a delivery says. So the platform decides, and for a payment link the chain.
async fn take(client: Client<CheckoutKey<Test>>, served: Served, delivery: Delivery) -> StatusCode {
    let (event, id) = (delivery.event.name(), delivery.paid_id().unwrap_or("no id"));
    if let Event::Unknown { .. } = delivery.event {
        println!("{event}: this version doesn't know the event");
        return RECEIVED; // or it comes again and again
    }
    let found = match delivery.confirm(&client).await {
        Ok(found) => found,
        Err(error) => {
            println!("{event} {id}: could not ask: {error}");
            return SEND_AGAIN;
        }
    };
    match found.advice() {
        Advice::Serve => {
            println!("{event} {id}: paid: {}", serve(&served, &delivery.event, id));
            RECEIVED
        }
        Advice::LookFurther => {
            // Store it, and check before anything is shipped: that the transaction is on the chain and final, went to a
            // wallet of yours, in a token that you accept, with at least the amount of your order, after the order was
            // made, and that it was counted for no other order. docs/webhooks.md says more. Invoices don't need this.
            let transaction =
                delivery.event.payment().and_then(|it| it.transaction_signature.as_deref());
            println!("{event} {id}: not proven, don't ship: look for {transaction:?} on the chain");
            RECEIVED
        }
        Advice::DontServe => {
            println!("{event} {id}: false, or too early: {found}");
            SEND_AGAIN
        }
    }
}

/// Serves what the order with this id says, once, however many deliveries there are for it.
fn serve(served: &Served, event: &Event, id: &str) -> &'static str {
    if let Event::RecurringPaid(_) = event {
        // Doing this twice changes nothing.
        return "access goes on to the end of the current period";
    }
    let mut served = served.lock().unwrap_or_else(PoisonError::into_inner);
    if served.insert(id.to_owned()) { "the order is served" } else { "served before" }
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
    // 201 for a new webhook, 200 for one that was taken over.
    if answer.status().is_success() {
        return Ok(());
    }
    Err(answer.text().await?.into())
}
