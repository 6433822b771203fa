//! Aborts a request whose result is no longer needed.

use web_sys::{AbortController, AbortSignal};

use super::failure::unsendable;
use crate::transport::error::TransportError;

/// When dropped, aborts a request and its response. This happens if the call is dropped or reaches its deadline.
pub(super) struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    pub(super) fn new() -> Result<Self, TransportError> {
        match AbortController::new() {
            Ok(controller) => Ok(AbortOnDrop(Some(controller))),
            Err(_) => Err(unsendable("this browser has no `AbortController`")),
        }
    }

    pub(super) fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }

    /// Prevents the abort on drop. Call this when the response has ended and there is nothing left to abort.
    pub(super) fn disarm(&mut self) {
        self.0 = None;
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
