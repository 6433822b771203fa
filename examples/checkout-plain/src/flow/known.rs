//! What the page knows.

use mileston_api::ModeName;

use super::networks;
use super::order::{Merchant, Product};
use super::payment::{Payment, Picked};
use super::state::{State, Step};

/// What the page knows, and all that it needs to show something.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) mode: ModeName,
    pub(super) state: State,
    pub(super) product: Option<Product>,
    pub(super) merchant: Option<Merchant>,
    pub(super) picked: Picked,
    /// The payments that were begun, at most one on each network. The last one is the current one.
    pub(super) payments: Vec<Payment>,
}

impl Known {
    /// The names of the networks on which the payer may have paid, other than the one that the page checks or whose
    /// check it offers to repeat.
    pub(super) fn paid_elsewhere(&self) -> Vec<&str> {
        let elsewhere = match (&self.state, self.payments.split_last()) {
            (State::Ready | State::Preparing | State::Failed(_, Step::Prepare), _) => {
                self.payments.as_slice()
            }
            (State::Waiting | State::TimedOut(_) | State::Cancelled, Some((_, earlier)))
            | (State::Failed(_, Step::Wait), Some((_, earlier))) => earlier,
            _ => &[],
        };
        elsewhere.iter().map(|payment| networks::name(&payment.chain)).collect()
    }
}
