//! Tests the sandbox over real HTTP, by sending and receiving bytes on a socket.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

mod behind_a_proxy;
mod bodies;
mod chain;
mod chain_transfers;
mod checkout;
mod client;
mod clock;
mod command_line;
mod control;
mod controlling;
mod cors;
mod errors;
mod faults;
mod fixed_credentials;
mod fixtures;
mod forms;
mod http;
mod invoices;
mod keys;
mod kill;
mod life;
mod limits;
mod logged_bodies;
mod long_lists;
mod money;
mod pages;
mod pages_keys;
mod pages_lists;
#[cfg(unix)]
mod pasting;
mod paths;
mod paying;
mod payment_links;
mod program;
mod rate_limits;
mod reach;
mod readings;
mod readme;
mod recurring_payments;
mod refusals;
mod separation;
mod serve;
mod signed;
mod silence;
mod steering;
mod store;
mod store_damage;
mod store_names;
#[cfg(unix)]
mod store_rights;
mod temporary;
mod wallets;
mod webhooks;
mod wrong_payments;
