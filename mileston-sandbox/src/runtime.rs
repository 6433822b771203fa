//! The runtime of the generated server: reads requests, checks credentials, writes responses.
//!
//! Nothing here is specific to one operation. The catalogue decides which key an operation requires.

mod authority;
mod authorize;
mod body;
mod cors;
mod encoding;
mod headers;
mod identity;
mod incoming;
mod mistake;
mod parameters;
mod payload;
mod refusal;
mod requirement;
mod respond;
mod signature;
mod unread;

pub use authority::{Authority, Grant};
pub use authorize::authorize;
pub(crate) use body::read as read_body;
pub(crate) use cors::share;
pub(crate) use headers::harden;
pub use identity::Identity;
pub(crate) use incoming::Hint;
pub use incoming::Incoming;
pub use mileston_api::runtime::style::Style;
pub use payload::Payload;
pub(crate) use refusal::Reason;
pub use refusal::Refusal;
pub(crate) use requirement::KEY_HEADER;
pub use respond::{Response, respond};
pub(crate) use signature::is_signature_of;
pub(crate) use unread::take_in;
