//! The error from a Rust call that controls the sandbox.

use std::fmt;

use mileston_keys::write_report;

use crate::runtime::Refusal;
use crate::store::Rejection;

/// The sandbox rejected a call to [`Sandbox::pay`](crate::Sandbox::pay) or to a method of
/// [`Webhooks`](crate::Webhooks), or could not execute the call. The message says why and never contains a token.
#[derive(Clone, PartialEq, Eq)]
pub struct ControlError(Refusal);

impl ControlError {
    /// Returns the status that the same request would get over HTTP, under `/_sandbox`: 400 for an invalid value, 404
    /// for an unknown id or address, 409 if there are too many webhooks or another webhook has the same URL and events,
    /// or 500 if the store failed.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }
}

impl From<Refusal> for ControlError {
    fn from(refusal: Refusal) -> Self {
        ControlError(refusal)
    }
}

impl From<Rejection> for ControlError {
    fn from(rejection: Rejection) -> Self {
        ControlError(rejection.into())
    }
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Prints the message, or the status and all messages with `{:#?}`.
impl fmt::Debug for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            f.debug_tuple("ControlError").field(&self.0).finish()
        } else {
            write_report(self, f)
        }
    }
}

impl std::error::Error for ControlError {}
