//! An emulation of the Mileston platform for development and tests.
//!
//! This crate is unofficial, and we have never seen a Mileston server. `docs/sandbox.md` in the repository lists what
//! is emulated, what we decided ourselves, and what isn't known about the real platform.
//!
//! # A minimal example
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), mileston_sandbox::StartError> {
//! use mileston_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start().await?;
//! println!("{} as {}", sandbox.url(), sandbox.business_id());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # The model
//!
//! * A [`Sandbox`] is a server on a local port. It listens on 127.0.0.1 only, unless [`SandboxBuilder::host`]
//!   sets another address. It stops when it is dropped.
//! * A sandbox keeps its data in memory or, with [`SandboxBuilder::store`], in a file. A sandbox with a file is a
//!   [`StoredSandbox`].
//! * A sandbox starts with one business; [`Sandbox::add_business`] adds more. The [`Credentials`] of a business are
//!   created together with the business. [`KeyStore`] creates, rolls and revokes keys later.
//! * A sandbox has its own clock ([`Sandbox::advance`]). With a seed ([`SandboxBuilder::seed`]), every run produces the
//!   same results. [`Settlement`] decides when transfers from wallets complete.
//! * Each business has two separate sets of data, one for test keys and one for live keys.
//! * For each operation, the sandbox requires the kind of key that the `mileston-api` catalogue lists. That crate's
//!   client has the same requirements, so code that uses the wrong key doesn't compile.
//! * [`SandboxBuilder::credentials`] and [`SandboxBuilder::seed_keys`] keep test keys the same across restarts, and
//!   [`SandboxBuilder::fixtures`] creates records from a file.
//! * [`Sandbox::fault`] injects faults; [`SandboxBuilder::rate_limits`] turns on rate limits.
//!
//! # As a program
//!
//! `mileston-sandbox serve` runs a sandbox for programs in any language; see `mileston-sandbox --help`.

mod assembly;
mod builder;
mod business;
mod chain;
#[cfg(feature = "cli")]
pub mod cli;
mod control;
mod control_error;
mod credentials;
mod environment;
mod error;
mod faults;
mod fixed_credentials;
mod fixtures;
mod generated;
mod host;
mod issuer;
mod key_store;
mod links;
mod log;
mod mistakes;
mod money;
mod options;
mod pages;
mod payer;
mod platform;
mod random;
mod rate_limits;
mod reach;
mod readings;
pub mod runtime;
mod sandbox;
mod serving;
mod store;
mod stored;
mod text;
mod webhooks;

pub use builder::SandboxBuilder;
pub use control_error::ControlError;
pub use credentials::Credentials;
pub use error::{StartError, StartErrorKind};
pub use faults::{Fault, FaultError, FaultPlan, FaultRule};
pub use fixed_credentials::FixedCredentials;
pub use fixtures::{FixtureError, FixtureRecords, Fixtures};
/// The operations: a trait for each OpenAPI tag. Implement the traits to write your own server, for example a test
/// double with its own responses.
pub use generated::server;
pub use key_store::KeyStore;
pub use payer::ChainPayment;
pub use rate_limits::RateLimits;
pub use readings::Readings;
pub use sandbox::Sandbox;
pub use store::{DeliveryState, Webhook, WebhookAttempt, WebhookDelivery};
pub use store::{KeyState, Settlement, StoreError, StoreErrorKind, StoredKey};
pub use stored::{StoredSandbox, StoredSandboxBuilder};
pub use webhooks::{Way as WebhookWay, WebhookSettings, Webhooks};

/// Compiles and runs the examples in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
