//! Client functions that tests call in a page. Those with a result return JSON: the value, or the details of the error.

#![cfg(all(target_family = "wasm", target_os = "unknown"))]

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use mileston_api::frontend::{Settings, SettingsError};
use mileston_api::keys::{KeyKind, ModeName};
use mileston_api::runtime::{BrowserClock, Clock};
use mileston_api::types::{SavePayment, SavePaymentRequired};
use mileston_api::{
    Address, AnyKey, CheckoutClient, CheckoutKey, Error, PaymentLinkId, Test, Timestamp,
};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Fetches a payment link, as an example of a read.
#[wasm_bindgen]
pub async fn fetch_link(settings: String, link: String, timeout: u32) -> String {
    finished(async {
        let call = client(&settings)?.checkout().fetch_payment_link(&PaymentLinkId::from(link));
        let response = call.timeout(milliseconds(timeout)).with_response().await?;
        let headers: Vec<&str> = response.headers.keys().map(|name| name.as_str()).collect();
        let text = serde_json::to_value(&response.value).unwrap_or_default();
        Ok(json!({"status": response.status.as_u16(), "headers": headers, "value": text}))
    })
    .await
}

/// Reports a payment, as an example of a write.
#[wasm_bindgen]
pub async fn save_payment(settings: String, link: String, timeout: u32) -> String {
    finished(async {
        let address = || Address::unchecked("0x52908400098527886E0F7030069857D2E4169EE7");
        let body = SavePayment::new(SavePaymentRequired {
            payment_link_id: link.into(),
            payer: address(),
            recipient_wallet_address: address(),
            amount: mileston_api::amount!("1.00").into(),
            user_uuid: "user".to_owned(),
            transaction_signature: "0x1".to_owned(),
            chain: mileston_api::types::Chain::Base,
        });
        let client = client(&settings)?;
        let call = client.checkout().save_payment_link_payment_from(&body);
        let saved = call.timeout(milliseconds(timeout)).await?;
        Ok(json!({"status": saved.status_code}))
    })
    .await
}

/// Fetches a payment link with an `Origin` header, which a browser doesn't let a page set.
#[wasm_bindgen]
pub async fn fetch_link_with_origin(settings: String, link: String, origin: String) -> String {
    finished(async {
        let client = client(&settings)?;
        let builder = CheckoutClient::builder(client.credential().clone(), "my-business")?;
        let builder =
            builder.browser_origin(&origin)?.origin(client.origin().unwrap_or_default())?;
        let fetched =
            builder.build()?.checkout().fetch_payment_link(&PaymentLinkId::from(link)).await?;
        Ok(json!({"value": serde_json::to_value(&fetched).unwrap_or_default()}))
    })
    .await
}

/// Starts fetching a payment link, and drops the call after this many milliseconds.
#[wasm_bindgen]
pub async fn drop_call(settings: String, link: String, after: u32) -> String {
    finished(async {
        let client = client(&settings)?;
        let mut call = pin!(client.checkout().fetch_payment_link(&PaymentLinkId::from(link)));
        let mut sleep = BrowserClock.sleep(milliseconds(after));
        let is_dropped = poll_fn(|context| match call.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(false),
            Poll::Pending => sleep.as_mut().poll(context).map(|()| true),
        });
        Ok(json!({"dropped": is_dropped.await}))
    })
    .await
}

/// Reads the page's settings: from the file at `path`, or, without a path, from the page's `<meta>` tags.
#[wasm_bindgen]
pub async fn read_settings(path: Option<String>) -> String {
    let settings = match path {
        Some(path) => Settings::fetch(&path).await,
        None => Settings::from_meta(),
    };
    match settings {
        Ok(settings) => {
            json!({"mode": settings.mode().to_string(), "shown": format!("{settings:?}")})
        }
        Err(error) => json!({"kind": format!("{:?}", error.kind()), "text": error.to_string()}),
    }
    .to_string()
}

/// Parses a string as `AnyKey`, and as a Normal test key in an unknown form. Returns both results.
#[wasm_bindgen]
pub fn any_key(text: String) -> String {
    let parsed = AnyKey::parse(&text);
    let unknown = AnyKey::from_unknown_form(&text, KeyKind::Normal, ModeName::Test);
    let said = [parsed, unknown].map(|key| match key {
        Ok(key) => json!({"key": key.kind().to_string()}),
        Err(error) => json!({"kind": format!("{:?}", error.kind()), "text": error.to_string()}),
    });
    json!(said).to_string()
}

/// Returns the key that this page was built with.
#[wasm_bindgen]
pub fn built_in() -> String {
    let key = mileston_api::checkout_key!(Test, "MILESTON_CHECKOUT_KEY");
    json!({"key": format!("{key:?}")}).to_string()
}

/// Reads the browser's clock, and measures a sleep.
#[wasm_bindgen]
pub async fn clock(sleep: u32) -> String {
    let clock = BrowserClock;
    let start = clock.now();
    clock.sleep(milliseconds(sleep)).await;
    json!({
        "slept": (clock.now() - start).as_secs_f64() * 1000.0,
        "now": Timestamp::now().map(|now| now.to_string()).unwrap_or_default(),
        "random": [clock.random(), clock.random()],
    })
    .to_string()
}

/// Sleeps for 40 days, which is longer than a browser's timers support.
#[wasm_bindgen]
pub async fn sleep_for_days() {
    BrowserClock.sleep(Duration::from_secs(40 * 24 * 3600)).await;
}

/// An error that a function of this page returns.
enum Failure {
    Settings(SettingsError),
    Call(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Call(error)
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Failure::Settings(error)
    }
}

fn client(settings: &str) -> Result<CheckoutClient<Test>, Failure> {
    Ok(Settings::from_json(settings)?.client()?)
}

fn milliseconds(number: u32) -> Duration {
    Duration::from_millis(number.into())
}

async fn finished(run: impl Future<Output = Result<Value, Failure>>) -> String {
    let start = BrowserClock.now();
    let mut result = match run.await {
        Ok(value) => value,
        Err(Failure::Call(error)) => json!({
            "kind": format!("{:?}", error.kind()),
            "outcome": format!("{:?}", error.outcome()),
            "text": error.to_string(),
            "attempts": error.attempts(),
        }),
        Err(Failure::Settings(error)) => json!({"settings": error.to_string()}),
    };
    result["milliseconds"] = json!((BrowserClock.now() - start).as_secs_f64() * 1000.0);
    result.to_string()
}

/// Checks at compile time that a client is `Send` and `Sync` even in a page: frameworks require
/// that for shared state.
const _: fn() = || {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<CheckoutClient<Test>>();
    shared::<CheckoutKey<Test>>();
};
