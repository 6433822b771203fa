//! Transfers from wallets: where the money goes, when it arrives, and each transfer's status.

use mileston_api::types::{Chain, Transaction};
use rusqlite::params;

use super::arrivals::{Arrivals, When};
use super::purse::{Holding, set_balance};
use super::rejection::Rejection;
use super::sql::{from_json, to_json};
use super::transfer::Transfer;
use super::wallets::{Payer, Wallets};
use super::world::Settlement;
use crate::chain::Pace;
use crate::money::Money;

/// An amount and its recipient.
pub(crate) type Order = (Money, String);

impl Wallets<'_> {
    /// Pays all orders on one chain in a transaction with this id, or fails and pays none of them.
    pub(crate) fn send(
        &self,
        id: &str,
        (payer, chain): (&Payer, &Chain),
        orders: &[Order],
        transaction: Transaction,
    ) -> Result<(), Rejection> {
        self.settle()?;
        let holding = self.holding(payer, chain)?;
        let rest = || {
            let sum = Money::sum(orders.iter().map(|(money, _)| *money))?;
            Some((sum, holding.balance.minus(sum)?))
        };
        let (sum, rest) = rest().ok_or_else(|| not_enough(&holding, chain))?;
        set_balance(self.sql, (self.account, payer.owner()), chain, rest)?;
        let ends = match self.moment.settlement {
            Settlement::OnSecondLook => None,
            Settlement::WithClock => Some(self.moment.now.saturating_add(Pace::of(chain).time())),
        };
        let transfer = Transfer::new(transaction, ends, self.takes_failure()?);
        if transfer.fails {
            let back = ends.map_or(When::Ended(id), When::At);
            self.arrivals().add((chain, &holding.address), sum, back)?;
        } else {
            orders.iter().try_for_each(|order| self.deliver(chain, order, ends))?;
        }
        self.record(id, &transfer)
    }

    /// Delivers money to one of the account's wallets. Money for any other address leaves the sandbox.
    fn deliver(
        &self,
        chain: &Chain,
        (money, address): &Order,
        ends: Option<i64>,
    ) -> Result<(), Rejection> {
        match ends {
            None => self.receive(chain, address, *money),
            Some(time) if self.has(chain, address)? => {
                self.arrivals().add((chain, address), *money, When::At(time))
            }
            Some(_) => Ok(()),
        }
    }

    /// Updates the balances with the money that has arrived.
    pub(super) fn settle(&self) -> Result<(), Rejection> {
        for arrival in self.arrivals().arrived(self.moment.now)? {
            self.receive(&arrival.chain, &arrival.address, arrival.money)?;
            self.arrivals().forget(&arrival)?;
        }
        Ok(())
    }

    /// Uses up one of the requested failures, if there are any. Returns whether this transfer should fail.
    fn takes_failure(&self) -> Result<bool, Rejection> {
        let text = "UPDATE world SET failing = failing - 1 WHERE failing > 0";
        Ok(self.sql.run(text, [])? > 0)
    }

    fn record(&self, id: &str, transfer: &Transfer) -> Result<(), Rejection> {
        let text = "INSERT INTO transfers (id, account, asked, data, ends, fails) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let Transfer { data, status_requested, ends, fails } = transfer;
        let values = params![id, self.account, status_requested, to_json(data)?, ends, fails];
        self.sql.run(text, values).map(drop)
    }

    /// Returns a transfer's status, or fails if the transfer doesn't exist.
    pub(crate) fn look(&self, id: &str) -> Result<Transaction, Rejection> {
        let text = "SELECT asked, data, ends, fails FROM transfers WHERE id = ?1 AND account = ?2";
        let found = self.sql.first(text, params![id, self.account], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?))
        })?;
        let (status_requested, data, ends, fails) =
            found.ok_or(Rejection::NotFound("transaction"))?;
        let mut transfer = Transfer { data: from_json(&data)?, status_requested, ends, fails };
        if transfer.look(id, self.moment.now)? {
            self.arrivals().release(id, self.moment.now)?;
        }
        let text = "UPDATE transfers SET asked = ?2, data = ?3 WHERE id = ?1";
        self.sql.run(text, params![id, transfer.status_requested, to_json(&transfer.data)?])?;
        Ok(transfer.data)
    }

    pub(super) fn arrivals(&self) -> Arrivals<'_> {
        Arrivals { sql: self.sql, account: self.account }
    }
}

fn not_enough(holding: &Holding, chain: &Chain) -> Rejection {
    Rejection::NotEnough { balance: holding.balance, chain: chain.clone() }
}
