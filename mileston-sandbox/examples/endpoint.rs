//! An endpoint for webhooks, to see them come in: it asks the sandbox before it believes them.
//!
//!     cargo run -p mileston-sandbox --example endpoint -- $MILESTON_URL [127.0.0.1:3000]
//!
//! Before, paste the `export` lines that `mileston-sandbox serve` prints. It registers itself, and says what it was told.
//! Started again at the same address, it takes over the webhook that it has registered before.

use std::collections::HashSet;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::{Delivery, RECEIVED, SEND_AGAIN, Verifier};
use mileston_api::{Client, reqwest};
use mileston_keys::{BusinessId, CheckoutKey, Test, WebhookToken};
use tokio::net::TcpListener;

/// For a real endpoint: a long random text, from the environment.
const TOKEN: &str = "fake-webhook-token";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = std::env::args().nth(1).ok_or("say where the sandbox is: $MILESTON_URL")?;
    let key = CheckoutKey::<Test>::from_env("MILESTON_CHECKOUT_KEY")?;
    let business = BusinessId::from_env("MILESTON_BUSINESS_ID")?;
    let client = Client::new(key, business)?.with_origin(&sandbox)?;

    let seen = Arc::<Mutex<HashSet<String>>>::default();
    let hook = move |Verified(delivery): Verified| take(client, seen, delivery);
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

/// What is in `seen` belongs into a database, together with what it causes.
async fn take(
    client: Client<CheckoutKey<Test>>,
    seen: Arc<Mutex<HashSet<String>>>,
    delivery: Delivery,
) -> StatusCode {
    let (event, id) = (delivery.event.name(), delivery.paid_id().unwrap_or("no id"));
    match delivery.confirm(&client).await {
        Ok(found) if found.is_confirmed() => {
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            let word = if seen.insert(delivery.dedupe_key()) { "confirmed" } else { "a repeat" };
            println!("{event} {id}: {word}");
            RECEIVED
        }
        Ok(found) => {
            println!("{event} {id}: {found}");
            SEND_AGAIN
        }
        Err(error) => {
            println!("{event} {id}: could not ask: {error}");
            SEND_AGAIN
        }
    }
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
