//! An emulation of the Mileston platform for development and tests.
//!
//! Unofficial. Nothing of Mileston's real servers has been seen: what is emulated, what was decided and what is not
//! known stands in docs/sandbox.md.
//!
//! # The smallest example
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
//! * A [`Sandbox`] is a server on a port of this machine. It listens on 127.0.0.1 only and stops when it is dropped.
//! * Its data is in memory, or in a file ([`SandboxBuilder::store`], which makes it a [`StoredSandbox`]).
//! * It knows one business when it starts, and more if asked to ([`Sandbox::add_business`]). The [`Credentials`] of
//!   a business are made with it; [`KeyStore`] makes, rolls and revokes keys later.
//! * It has a clock of its own ([`Sandbox::advance`]) and, if it is given a seed ([`SandboxBuilder::seed`]), comes out the
//!   same each time. [`Settlement`] says when what wallets send has arrived.
//! * Each business has two sets of data, one for test keys and one for live keys. Nothing leads from one to another.
//! * Which key an operation takes is not decided here: the catalogue of `mileston-api` says so, the same that makes a
//!   client with the wrong key fail to compile.
//! * Faults are made on demand ([`Sandbox::fault`]), rate limits are kept if asked for ([`SandboxBuilder::rate_limits`]).
//!
//! # As a program
//!
//! `mileston-sandbox serve` does the same for other languages; `mileston-sandbox --help` tells more.

mod chain;
mod control;
mod control_error;
mod credentials;
mod error;
mod faults;
mod generated;
mod host;
mod key_store;
mod log;
mod loopback;
mod mistakes;
mod money;
mod options;
mod pages;
mod payer;
mod platform;
mod random;
mod rate_limits;
mod readings;
pub mod runtime;
mod sandbox;
mod serving;
mod store;
mod stored;
/// For the program of this crate, not a part of the API.
#[doc(hidden)]
pub mod text;
mod webhooks;

pub use control_error::ControlError;
pub use credentials::Credentials;
pub use error::{StartError, StartErrorKind};
pub use faults::{Fault, FaultError, FaultPlan, FaultRule};
/// The operations as a trait, for a platform of one's own: a test double that answers as it likes.
pub use generated::server;
pub use key_store::KeyStore;
pub use payer::ChainPayment;
pub use rate_limits::RateLimits;
pub use readings::Readings;
pub use sandbox::{Sandbox, SandboxBuilder};
pub use store::{DeliveryState, Webhook, WebhookAttempt, WebhookDelivery};
pub use store::{KeyState, Settlement, StoreError, StoreErrorKind, StoredKey};
pub use stored::{StoredSandbox, StoredSandboxBuilder};
pub use webhooks::{Way as WebhookWay, WebhookSettings, Webhooks};

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
