//! The seam for the network: sends a request to a server.

mod body;
pub(crate) mod carrier;
mod contract;
mod error;
mod fake;
pub(crate) mod native;

pub use self::body::Body;
pub use self::contract::Transport;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::fake::FakeTransport;
