//! Transactions that were reported, so that none pays twice.

use std::collections::HashMap;

use mileston_api::types::SavePayment;

use crate::runtime::Refusal;

/// A reported transaction.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Payment {
    /// What it pays, for its id is unique only among its kind.
    pub(super) kind: &'static str,
    /// The whole report, to know a repeat from another report of the same transaction.
    pub(super) report: SavePayment,
}

impl Payment {
    /// The chain and what it calls the transaction.
    fn transaction(&self) -> (String, String) {
        (self.report.chain.to_string(), self.report.transaction_signature.clone())
    }

    fn pays_the_same_as(&self, other: &Payment) -> bool {
        self.kind == other.kind && self.report.payment_link_id == other.report.payment_link_id
    }
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It was new.
    Now,
    /// The very same report had been made before.
    Before,
}

/// All transactions that were reported to an account.
#[derive(Debug, Default)]
pub(super) struct Ledger(HashMap<(String, String), Payment>);

impl Ledger {
    /// Whether the payment is new, known, or at odds with what is known of its transaction.
    pub(super) fn check(&self, payment: &Payment) -> Result<Saved, Refusal> {
        match self.0.get(&payment.transaction()) {
            None => Ok(Saved::Now),
            Some(known) if known == payment => Ok(Saved::Before),
            Some(known) if !known.pays_the_same_as(payment) => {
                Err(Refusal::conflict("This transaction has paid something else already."))
            }
            Some(_) => {
                Err(Refusal::conflict("This transaction was reported already, with other details."))
            }
        }
    }

    pub(super) fn record(&mut self, payment: Payment) {
        self.0.insert(payment.transaction(), payment);
    }
}
