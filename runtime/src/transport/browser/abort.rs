//! Ends a request that nobody waits for any longer.

use web_sys::{AbortController, AbortSignal};

use super::failure::unsendable;
use crate::transport::error::TransportError;

/// Aborts a request and its response when dropped: when the call is dropped, and at its deadline.
pub(super) struct AbortOnDrop(AbortController);

impl AbortOnDrop {
    pub(super) fn new() -> Result<Self, TransportError> {
        match AbortController::new() {
            Ok(controller) => Ok(AbortOnDrop(controller)),
            Err(_) => Err(unsendable("this browser has no `AbortController`")),
        }
    }

    pub(super) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // No effect on a response that was read to its end.
        self.0.abort();
    }
}
