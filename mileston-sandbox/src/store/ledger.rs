//! Reported transactions, stored so that no transaction pays twice.

use mileston_api::types::SavePayment;
use rusqlite::{Row, params};

use super::rejection::Rejection;
use super::sql::{Sql, from_json, to_json};
use crate::money::Money;

/// A reported transaction.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Payment {
    /// The kind of record that the transaction pays for. An id is unique only within its kind.
    pub(super) kind: String,
    /// The complete report, to distinguish a repeat from a different report of the same transaction.
    pub(super) report: SavePayment,
}

impl Payment {
    fn pays_the_same_as(&self, other: &Payment) -> bool {
        self.kind == other.kind && self.report.payment_link_id == other.report.payment_link_id
    }
}

/// The result of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// The report was new.
    Now,
    /// The same report was made before.
    Before,
}

/// All transactions that were reported for an account. A transaction is identified by its chain and its signature.
#[derive(Clone, Copy)]
pub(super) struct Ledger<'c> {
    pub(super) sql: Sql<'c>,
    pub(super) account: i64,
}

impl Ledger<'_> {
    /// Returns whether the payment is new or known, or rejects a payment that contradicts an earlier report.
    pub(super) fn check(&self, payment: &Payment) -> Result<Saved, Rejection> {
        match self.find(&payment.report)? {
            None => Ok(Saved::Now),
            Some(known) if known == *payment => Ok(Saved::Before),
            Some(known) if !known.pays_the_same_as(payment) => Err(Rejection::PaidSomethingElse),
            Some(_) => Err(Rejection::ReportedDifferently),
        }
    }

    /// Returns whether the transaction is on the simulated chain and has already paid for this record, or an error if
    /// it paid for a different record.
    pub(super) fn is_claimed(&self, payment: &Payment) -> Result<bool, Rejection> {
        let text = "SELECT kind, id FROM chain_payments \
                    WHERE account = ?1 AND chain = ?2 AND hash = ?3 AND kind IS NOT NULL";
        let Payment { kind, report } = payment;
        let values = params![self.account, report.chain.as_str(), report.transaction_signature];
        let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        match self.sql.first(text, values, read)? {
            None => Ok(false),
            Some((paid, id)) if paid == *kind && id == report.payment_link_id.as_str() => Ok(true),
            Some(_) => Err(Rejection::PaidSomethingElse),
        }
    }

    pub(super) fn record(&self, payment: &Payment) -> Result<(), Rejection> {
        let Payment { kind, report } = payment;
        let (chain, signature) = (report.chain.as_str(), &report.transaction_signature);
        let text = "INSERT INTO payments (account, chain, signature, kind, report) \
                    VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![self.account, chain, signature, kind, to_json(report)?];
        self.sql.run(text, values)?;
        // If the transaction is on the simulated chain, it must not pay for anything else.
        let text = "UPDATE chain_payments SET kind = ?4, id = ?5, used = ?6 \
                    WHERE account = ?1 AND chain = ?2 AND hash = ?3";
        let used = Money::of_token(report.amount).to_string();
        let id = report.payment_link_id.as_str();
        self.sql.run(text, params![self.account, chain, signature, kind, id, used]).map(drop)
    }

    fn find(&self, report: &SavePayment) -> Result<Option<Payment>, Rejection> {
        let text = "SELECT kind, report FROM payments \
                    WHERE account = ?1 AND chain = ?2 AND signature = ?3";
        let values = params![self.account, report.chain.as_str(), report.transaction_signature];
        let row = self
            .sql
            .first(text, values, |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        row.map(|(kind, report)| Ok(Payment { kind, report: from_json(&report)? })).transpose()
    }
}
