//! Tests ids, amounts, addresses and batches from the caller's point of view.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

mod address;
mod address_mistakes;
mod amount;
mod batch;
mod convert;
mod email;
mod id;
