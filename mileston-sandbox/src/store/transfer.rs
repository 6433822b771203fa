//! Payments that wallets sent, and how far they are.

use mileston_api::Timestamp;
use mileston_api::types::{Transaction, TransactionStatus};

/// A payment that a wallet sent. Its money has moved; its status follows when it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Transfer {
    pub(super) data: Transaction,
    pub(super) asked: bool,
}

impl Transfer {
    /// One that was just sent.
    pub(crate) fn new(data: Transaction) -> Self {
        Transfer { data: data.status(TransactionStatus::Pending), asked: false }
    }

    /// Brings the transaction to where it is now: pending when it is asked for first, completed from then on.
    ///
    /// No clock decides, so that a test sees both, whatever the speed of the machine.
    pub(super) fn look(&mut self, id: &str, now: Timestamp) {
        if self.asked && self.data.signature.is_none() {
            self.data.status = Some(TransactionStatus::Completed);
            self.data.signature = Some(format!("sandbox-{id}"));
            self.data.updated_at = Some(now);
        }
        self.asked = true;
    }
}
