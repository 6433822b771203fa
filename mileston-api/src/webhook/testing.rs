//! Creates deliveries for your own tests, as your server would receive them from the platform.
//!
//! Deliveries follow the vendor's documentation: the token is in `X-Webhook-Signature`, and the JSON has the form
//! `{event, payload}`. Use this module only in tests. It doesn't need a Cargo feature, so the tests of any crate can
//! use it.

use serde_json::Value;

use crate::HeaderMap;
use crate::keys::WebhookToken;
use crate::webhook::event::Event;
use crate::webhook::wire::SIGNATURE_HEADER;

/// Returns the headers and the body of a delivery of this event.
///
/// ```
/// use mileston_api::webhook::{Event, Verifier, testing};
/// use mileston_api::{keys::WebhookToken, types};
///
/// let token: WebhookToken = "fake-webhook-token".parse()?;
/// let payment = types::WebhookPayment::new().with_payment_link_id("id-1".into()).with_amount("100.00".into());
/// let (headers, body) = testing::signed(&token, &Event::PaymentLinkPaid(payment));
/// assert_eq!(headers["x-webhook-signature"], "fake-webhook-token");
/// assert_eq!(
///     String::from_utf8(body)?,
///     r#"{"event":"paymentlink-paid","payload":{"amount":"100.00","paymentLinkId":"id-1"}}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn signed(token: &WebhookToken, event: &Event) -> (HeaderMap, Vec<u8>) {
    let payload = match event {
        Event::Unknown { payload, .. } => payload.clone(),
        // The payment consists of strings in fields with fixed names, so this can't fail.
        known => serde_json::to_value(known.payment()).unwrap_or_default(),
    };
    signed_with(token, event.name(), payload)
}

/// Returns the headers and the body of a delivery with any event name and any payload, including names and payloads
/// that the platform doesn't send.
///
/// ```
/// use mileston_api::webhook::{Event, Verifier, testing};
///
/// let token: mileston_api::keys::WebhookToken = "fake-webhook-token".parse()?;
/// let (headers, body) = testing::signed_with(&token, "refund-made", [1, 2].into());
/// let delivery = Verifier::new(token).verify(&headers, &body)?;
/// assert!(matches!(delivery.event, Event::Unknown { .. }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn signed_with(token: &WebhookToken, event: &str, payload: Value) -> (HeaderMap, Vec<u8>) {
    let body = serde_json::Map::from_iter([
        ("event".to_owned(), Value::from(event)),
        ("payload".to_owned(), payload),
    ]);
    let mut headers = HeaderMap::new();
    set(&mut headers, "content-type", "application/json");
    set(&mut headers, SIGNATURE_HEADER, token.expose_secret());
    (headers, Value::Object(body).to_string().into_bytes())
}

/// Sets a header. The token is marked as sensitive so that no log shows it. A token contains only characters that a
/// header accepts, so this can't fail.
fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = value.parse() {
        headers.insert(name, value);
    }
    if let Some(value) = headers.get_mut(name) {
        value.set_sensitive(name == SIGNATURE_HEADER);
    }
}
