//! An emulation of the Mileston platform for development and tests.
//!
//! Unofficial. Nothing of Mileston's real servers has been seen: what is emulated, what was decided and what is not
//! known stands in the README.
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
//! * Each business has two sets of data, one for test keys and one for live keys. Nothing leads from one to another.
//! * Which key an operation takes is not decided here: the catalogue of `mileston-api` says so, the same that makes a
//!   client with the wrong key fail to compile.
//!
//! # As a program
//!
//! `mileston-sandbox serve` does the same for other languages; `mileston-sandbox --help` tells more.

mod control;
mod credentials;
mod error;
#[rustfmt::skip]
mod generated;
mod host;
mod key_store;
mod log;
mod mistakes;
mod money;
mod pages;
mod platform;
mod random;
pub mod runtime;
mod sandbox;
mod serving;
mod store;
mod stored;
mod webhooks;

pub use credentials::Credentials;
pub use error::{StartError, StartErrorKind};
/// The operations as a trait, for a platform of one's own: a test double that answers as it likes.
pub use generated::server;
pub use key_store::KeyStore;
pub use sandbox::{Sandbox, SandboxBuilder};
pub use store::{DeliveryState, Webhook, WebhookAttempt, WebhookDelivery};
pub use store::{KeyState, StoreError, StoreErrorKind, StoredKey};
pub use stored::{StoredSandbox, StoredSandboxBuilder};
pub use webhooks::{RefusedWebhook, Way as WebhookWay, WebhookSettings, Webhooks};

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
