//! Transfers from wallets, and their status.

use mileston_api::types::{Transaction, TransactionStatus};

use super::rejection::Rejection;
use super::world::timestamp;

/// A transfer from a wallet.
#[derive(Clone, Debug)]
pub(super) struct Transfer {
    pub(super) data: Transaction,
    pub(super) status_requested: bool,
    /// When the transfer ends, according to the sandbox's clock. `None` if the transfer ends when its status is fetched
    /// for the second time.
    pub(super) ends: Option<i64>,
    pub(super) fails: bool,
}

impl Transfer {
    /// Creates a transfer that was just sent.
    pub(super) fn new(data: Transaction, ends: Option<i64>, fails: bool) -> Self {
        let data = data.with_status(TransactionStatus::Pending);
        Transfer { data, status_requested: false, ends, fails }
    }

    /// Updates the status, and returns whether the transfer has failed.
    ///
    /// Without an end time, the transfer is pending at the first status request and ends at the second. A test then
    /// sees both states, however fast the machine is.
    pub(super) fn look(&mut self, id: &str, now: i64) -> Result<bool, Rejection> {
        let ended = match self.ends {
            Some(ends) => (ends <= now).then_some(ends),
            None => self.status_requested.then_some(now),
        };
        self.status_requested = true;
        if let (Some(ended), Some(TransactionStatus::Pending)) = (ended, &self.data.status) {
            self.data.updated_at = Some(timestamp(ended)?);
            self.data.status = Some(TransactionStatus::Failed);
            if !self.fails {
                self.data.status = Some(TransactionStatus::Completed);
                self.data.signature = Some(format!("sandbox-{id}"));
            }
        }
        Ok(self.data.status == Some(TransactionStatus::Failed))
    }
}
