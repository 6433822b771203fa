//! Verifies and reads the webhooks that the platform posts after a payment, and confirms them with the platform.
//!
//! ```
//! use mileston_api::webhook::{Event, Verifier, testing};
//! use mileston_api::{keys::WebhookToken, types};
//!
//! let token: WebhookToken = "fake-webhook-token".parse()?; // in a real program: `WebhookToken::from_env`
//! let verifier = Verifier::new(token.clone());
//!
//! // This is what your server receives. A test can create it.
//! let paid = Event::InvoicePaid(types::WebhookPayment::new().with_amount("100.00".into()));
//! let (headers, body) = testing::signed(&token, &paid);
//!
//! let delivery = verifier.verify(&headers, &body)?;
//! assert_eq!(delivery.event, paid);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a verified delivery proves
//!
//! A verified delivery proves only that its sender knows the token. The header contains the token itself, not a
//! signature, so anyone who has seen one delivery can send it again, or send a different one with any body. Before you
//! ship goods, ask the platform with [`Delivery::confirm`]. Even the platform's data doesn't prove that a payment link
//! was paid. [`Confirmation::advice`] says when to fulfil an order, and when to check further.
//!
//! Fulfil each order only once. [`Delivery::dedupe_key`] recognises a delivery that was sent again, but a delivery
//! with a new key may be about the same payment. [`Advice`] says how to find the order.
//!
//! # How to respond
//!
//! * [`RECEIVED`] (200) if you are done with the delivery. After any other status the platform sends it again.
//! * [`SEND_AGAIN`] (503) to receive the delivery again.
//! * [`WebhookError::status`] if the delivery was rejected.
//!
//! For more, see `docs/webhooks.md` in the repository.

#[cfg(feature = "axum")]
pub mod axum;
mod confirm;
mod confirmation;
mod dedupe;
mod error;
mod event;
mod read;
pub mod testing;
mod verifier;
mod wire;

pub use confirmation::{Advice, Confirmation, Fact, FactCheck};
pub use error::{WebhookError, WebhookErrorKind};
pub use event::{Delivery, Event};
pub use verifier::Verifier;
pub use wire::{MAX_BODY_BYTES, SIGNATURE_HEADER};

use crate::StatusCode;

/// The response to a delivery that you have handled, or that you don't need: 200.
///
/// After any other status, even 201, 202 or 204, the platform sends the delivery again.
pub const RECEIVED: StatusCode = StatusCode::OK;

/// The response that makes the platform send the delivery again: 503. Use it e.g. if your database can't be reached.
///
/// The vendor doesn't say when the platform sends the delivery again, or how many times.
pub const SEND_AGAIN: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
