//! Defines the transport, which sends a request to a server.

mod body;
#[cfg(target_family = "wasm")]
pub(crate) mod browser;
pub(crate) mod carrier;
mod contract;
mod error;
mod fake;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod native;

/// The default transport of a client.
#[cfg(target_family = "wasm")]
pub(crate) use browser as default_transport;
#[cfg(not(target_family = "wasm"))]
pub(crate) use native as default_transport;

pub use self::body::Body;
pub use self::contract::Transport;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::fake::FakeTransport;
