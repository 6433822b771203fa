//! The sandbox over real HTTP: bytes on a socket in, bytes out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod bodies;
mod checkout;
mod client;
mod control;
mod cors;
mod http;
mod invoices;
mod keys;
mod kill;
mod life;
mod limits;
mod pages;
mod pages_keys;
mod pages_lists;
mod paths;
mod paying;
mod payment_links;
mod program;
mod recurring_payments;
mod refusals;
mod separation;
mod serve;
mod signed;
mod silence;
mod store;
mod temporary;
mod wallets;
mod webhooks;
