//! The error of a call: what went wrong, how far the request got, and how that is said.

mod classify;
mod failure;
mod kind;
mod not_found;
mod report;
mod text;

pub(crate) use self::failure::Answered;
pub use self::failure::Error;
pub use self::kind::ErrorKind;
#[cfg(feature = "blocking")]
pub(crate) use self::report::write_report;
