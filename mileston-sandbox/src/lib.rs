//! An emulation of the Mileston platform, in memory, for development and tests.
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
//! * It knows one business when it starts, and more if asked to ([`Sandbox::add_business`]). The [`Credentials`] of
//!   a business are made anew each time.
//! * Each business has two sets of data, one for test keys and one for live keys. Nothing leads from one to another.
//! * Which key an operation takes is not decided here: the catalogue of `mileston-api` says so, the same that makes a
//!   client with the wrong key fail to compile.
//!
//! # As a program
//!
//! `mileston-sandbox serve` does the same for other languages; `mileston-sandbox --help` tells more.

mod credentials;
mod error;
#[rustfmt::skip]
mod generated;
mod keyring;
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

pub use credentials::Credentials;
pub use error::{StartError, StartErrorKind};
/// The operations as a trait, for a platform of one's own: a test double that answers as it likes.
pub use generated::server;
pub use sandbox::{Sandbox, SandboxBuilder};

/// Compiles and runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
