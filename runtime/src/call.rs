//! Defines calls, which are built first and sent when they are awaited.

mod access;
mod awaited;
mod core;
mod draft;
mod methods;
mod prepared;
mod streamed;
mod with_response;

pub use access::Access;
pub use awaited::Awaited;
pub use core::{BuildRequest, CallCore, OperationCall, poll};
pub use draft::Draft;
pub use prepared::Call;
pub use streamed::StreamedCall;
pub use with_response::CallWithResponse;
