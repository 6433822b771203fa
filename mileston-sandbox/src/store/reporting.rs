//! Payments that a payer's browser reports.

use mileston_api::Address;
use mileston_api::types::SavePayment;
use rusqlite::params;

use super::account::{Account, check_amount};
use super::ledger::{Ledger, Payment, Saved};
use super::outbox;
use super::purse::canonical;
use super::rejection::Rejection;
use super::resource::Resource;

impl Account<'_> {
    /// Records a payment and marks the resource as paid.
    ///
    /// An identical report changes nothing and isn't an error: a client that got no response to its first report may
    /// send the report again.
    pub(crate) fn save<R: Resource>(&self, report: SavePayment) -> Result<Saved, Rejection> {
        let (sequence, kept) = self.find_row::<R>(report.payment_link_id.as_str())?;
        let ledger = Ledger { sql: self.sql(), account: self.id() };
        let payment = Payment { kind: R::PAGE.to_owned(), report };
        if ledger.check(&payment)? == Saved::Before || ledger.is_claimed(&payment)? {
            return Ok(Saved::Before);
        }
        check_amount(&kept.data, payment.report.amount)?;
        if kept.is_paid() && R::PAID_ONCE {
            return Err(Rejection::AlreadyPaid(R::NAME));
        }
        self.begin_paying(sequence, &kept)?;
        self.add_receipt(sequence, &payment.report)?;
        ledger.record(&payment)?;
        outbox::announce(self, &R::EVENT, &payment.report)?;
        Ok(Saved::Now)
    }

    /// Records a reported payment.
    fn add_receipt(&self, sequence: i64, report: &SavePayment) -> Result<(), Rejection> {
        let text =
            "INSERT INTO receipts (resource, chain, payer, recipient) VALUES (?1, ?2, ?3, ?4)";
        let place = |address: &Address| canonical(&report.chain, address.as_str());
        let (payer, recipient) = (place(&report.payer), place(&report.recipient_wallet_address));
        self.sql().run(text, params![sequence, report.chain.as_str(), payer, recipient]).map(drop)
    }
}
