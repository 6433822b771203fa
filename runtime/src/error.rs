//! Defines the error of a call: what went wrong, how far the request got, and the message.

mod classify;
mod documented;
mod failure;
mod kind;
mod not_found;
mod text;
mod unauthorized;

pub use self::documented::{DocumentedError, ErrorBody};
pub(crate) use self::failure::Answered;
pub use self::failure::Error;
pub use self::kind::ErrorKind;
