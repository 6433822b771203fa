//! The data from which the page's view is built.

use mileston_api::ModeName;

use super::networks;
use super::order::{Merchant, Product};
use super::payment::{Payment, Picked};
use super::state::{State, Step};

/// The data that the page has so far. A view needs nothing else.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The mode of the page's key: test or live.
    pub(super) mode: ModeName,
    /// What the page is doing.
    pub(super) state: State,
    /// What is to be paid, once the payment link has been fetched.
    pub(super) product: Option<Product>,
    /// The business to pay, once it has been fetched.
    pub(super) merchant: Option<Merchant>,
    /// The network and the token that the payer has picked so far.
    pub(super) picked: Picked,
    /// The payments that the payer has started, at most one on each network. The last one is the
    /// current one.
    pub(super) payments: Vec<Payment>,
}

impl Known {
    /// Returns the names of the networks on which the payer may have paid, except for the network that the page
    /// is checking or offers to check again.
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
