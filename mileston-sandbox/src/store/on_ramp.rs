//! Card payments, and their status.

use mileston_api::types::{Chain, CheckOnRampPayment, EvmChain};
use mileston_api::{Address, Amount};
use rusqlite::{Row, params};

use super::rejection::Rejection;
use super::sql::Sql;

/// The number of status requests after which a payment completes by itself.
const STATUS_REQUESTS_TO_COMPLETE: u32 = 2;

/// A card payment.
#[derive(Clone, Debug)]
pub(crate) struct OnRamp {
    pub(crate) amount: Amount,
    pub(crate) recipient: Address,
    pub(crate) evm_chain: EvmChain,
    pub(crate) chain: Chain,
    /// The number of status requests so far. Paying on the payment's page raises this number to
    /// `STATUS_REQUESTS_TO_COMPLETE`.
    status_requests: u32,
}

impl OnRamp {
    /// Creates an incomplete payment.
    pub(crate) fn new(amount: Amount, recipient: Address, chains: (EvmChain, Chain)) -> Self {
        let (evm_chain, chain) = chains;
        OnRamp { amount, recipient, evm_chain, chain, status_requests: 0 }
    }

    /// Returns whether the payment is completed, either by status requests or by a payer on the payment's page.
    pub(crate) fn is_done(&self) -> bool {
        self.status_requests >= STATUS_REQUESTS_TO_COMPLETE
    }

    /// Completes the payment, as a payer does on the payment's page. Returns whether the payment was incomplete before.
    pub(super) fn pay(&mut self) -> bool {
        let before = self.is_done();
        self.status_requests = self.status_requests.max(STATUS_REQUESTS_TO_COMPLETE);
        !before
    }

    /// Counts a status request. Returns whether this request completed the payment.
    pub(super) fn count_status_request(&mut self) -> bool {
        let before = self.is_done();
        self.status_requests = self.status_requests.saturating_add(1);
        self.is_done() && !before
    }

    /// Rejects a status request whose details don't match the payment.
    pub(super) fn check(&self, details: &CheckOnRampPayment) -> Result<(), Rejection> {
        let same = details.amount == self.amount
            && details.chain == self.evm_chain
            && details.recipient_wallet_address == self.recipient;
        if same {
            return Ok(());
        }
        Err(Rejection::OtherCardPayment)
    }

    pub(super) fn add(&self, sql: Sql<'_>, account: i64, id: &str) -> Result<(), Rejection> {
        let text = "INSERT INTO on_ramps (id, account, amount, recipient, evm_chain, chain, asked) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let (amount, recipient) = (self.amount.to_string(), self.recipient.as_str());
        let (evm_chain, chain) = (self.evm_chain.as_str(), self.chain.as_str());
        let values =
            params![id, account, amount, recipient, evm_chain, chain, self.status_requests];
        sql.run(text, values).map(drop)
    }

    pub(super) fn update(&self, sql: Sql<'_>, id: &str) -> Result<(), Rejection> {
        sql.run("UPDATE on_ramps SET asked = ?2 WHERE id = ?1", params![id, self.status_requests])
            .map(drop)
    }

    /// Finds a payment and its account.
    pub(super) fn find(sql: Sql<'_>, id: &str) -> Result<Option<(i64, OnRamp)>, Rejection> {
        let text = "SELECT account, asked, amount, recipient, evm_chain, chain FROM on_ramps \
                    WHERE id = ?1";
        let row = sql.first(text, [id], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                [text_of(row, 2)?, text_of(row, 3)?, text_of(row, 4)?, text_of(row, 5)?],
            ))
        })?;
        let Some((account, status_requests, [amount, recipient, evm_chain, chain])) = row else {
            return Ok(None);
        };
        let amount = amount.parse().map_err(Rejection::unreadable)?;
        let recipient = Address::unchecked(recipient);
        let (evm_chain, chain) = (EvmChain::from(evm_chain), Chain::from(chain));
        Ok(Some((account, OnRamp { amount, recipient, evm_chain, chain, status_requests })))
    }
}

fn text_of(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    row.get(column)
}
