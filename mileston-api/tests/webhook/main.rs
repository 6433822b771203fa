//! Tests webhooks as a server receives them: valid, invalid and forged.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

mod confirm;
mod events;
#[cfg(feature = "axum")]
mod extractor;
mod leaks;
mod properties;
mod refusals;
#[allow(dead_code, reason = "shared with tests that use the other parts")]
#[path = "../server/mod.rs"]
mod server;

use mileston_api::keys::WebhookToken;
use mileston_api::webhook::{Delivery, Verifier, WebhookError};

/// The token in all of these tests. None of this crate's messages contains the middle part, so a search for that part
/// finds only leaks.
const TOKEN: &str = "fake-hunter2-token";

/// The vendor's example with our own values.
const PAID: &str = r#"{
  "event": "paymentlink-paid",
  "payload": {
    "paymentLinkId": "link-1",
    "payer": "0x1111111111111111111111111111111111111111",
    "recipientWalletAddress": "0x2222222222222222222222222222222222222222",
    "amount": "100.00",
    "userUUID": "example-business-id",
    "transactionSignature": "0xexample-transaction",
    "feeSignature": "0xexample-hash",
    "chain": "pol",
    "env": "test",
    "status": "paid",
    "createdAt": "2025-07-14T09:30:00.123Z"
  }
}"#;

fn token() -> WebhookToken {
    TOKEN.parse().unwrap()
}

fn verifier() -> Verifier {
    Verifier::new(token())
}

/// Reads a body that is sent with the correct token.
fn read(body: impl AsRef<[u8]>) -> Result<Delivery, WebhookError> {
    verifier().verify_parts(Some(TOKEN.as_bytes()), body.as_ref())
}
