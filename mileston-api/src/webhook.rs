//! Webhooks: what the platform posts when something was paid, verified, read and asked about.
//!
//! ```
//! use mileston_api::webhook::{Event, Verifier, testing};
//! use mileston_api::{keys::WebhookToken, types};
//!
//! let token: WebhookToken = "fake-webhook-token".parse()?; // in a program: `WebhookToken::from_env`
//! let verifier = Verifier::new(token.clone());
//!
//! // What a server got. Here a test makes it up.
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
//! That its sender knows the token, and nothing more. The token is sent along as it is and signs nothing, so whoever
//! has seen one delivery can send another with any body, or the same again. Before goods are shipped, ask the
//! platform with [`Delivery::confirm`], and act once for each [`Delivery::dedupe_key`]. Not even that proves that a
//! payment link was paid: [`Confirmation::advice`] says when to serve an order, and when to look further.
//!
//! # What to answer
//!
//! [`RECEIVED`], 200: any other status means that the delivery will be sent again. To have it sent again,
//! [`SEND_AGAIN`]. To a delivery that was refused, [`WebhookError::status`].
//!
//! Source of all that is said here of the platform, unless another is named: vendor docs webhooks at 7c33d7c. Neither
//! of the vendor's SDKs has any code for webhooks. The page `docs/webhooks.md` of the repository says more.

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

pub use confirmation::{Advice, Confirmation, Fact, Verdict};
pub use error::{WebhookError, WebhookErrorKind};
pub use event::{Delivery, Event};
pub use verifier::Verifier;
pub use wire::{MAX_BODY_BYTES, SIGNATURE_HEADER};

use crate::StatusCode;

/// What to answer to a delivery that has been dealt with, or that is of no interest: 200.
///
/// Not 201, 202 or 204: any status but 200 means that the delivery will be sent again.
pub const RECEIVED: StatusCode = StatusCode::OK;

/// What to answer to be sent the delivery again, e.g. because a database is away: 503.
///
/// When it comes again, and how often, the vendor does not say.
pub const SEND_AGAIN: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

/// Compiles the example of the document.
#[cfg(all(doctest, feature = "axum"))]
#[doc = include_str!("../../docs/webhooks.md")]
struct Document;
