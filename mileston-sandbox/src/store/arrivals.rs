//! Money in transit to wallets.

use mileston_api::types::Chain;
use rusqlite::{Row, params};

use super::purse::{canonical, money};
use super::rejection::Rejection;
use super::sql::Sql;
use crate::money::Money;

/// When money arrives.
#[derive(Clone, Copy, Debug)]
pub(super) enum When<'a> {
    /// The money arrives at this time.
    At(i64),
    /// This transfer fails, and its money comes back once a status request has reported the failure.
    Ended(&'a str),
}

/// Money that has arrived, or will arrive.
pub(super) struct Arrival {
    pub(super) sequence: i64,
    pub(super) chain: Chain,
    pub(super) address: String,
    pub(super) money: Money,
}

/// Money in transit to the wallets of an account.
#[derive(Clone, Copy)]
pub(super) struct Arrivals<'c> {
    pub(super) sql: Sql<'c>,
    pub(super) account: i64,
}

impl Arrivals<'_> {
    /// Schedules money to arrive at an address.
    pub(super) fn add(
        &self,
        (chain, address): (&Chain, &str),
        money: Money,
        when: When<'_>,
    ) -> Result<(), Rejection> {
        let (arrives, transfer) = match when {
            When::At(time) => (Some(time), None),
            When::Ended(transfer) => (None, Some(transfer)),
        };
        let text = "INSERT INTO arrivals (account, chain, address, amount, transfer, arrives) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (address, money) = (canonical(chain, address), money.to_string());
        let values = params![self.account, chain.as_str(), address, money, transfer, arrives];
        self.sql.run(text, values).map(drop)
    }

    /// Sets the arrival time of the money that comes back from a failed transfer.
    pub(super) fn release(&self, transfer: &str, now: i64) -> Result<(), Rejection> {
        let text = "UPDATE arrivals SET arrives = ?2 WHERE transfer = ?1 AND arrives IS NULL";
        self.sql.run(text, params![transfer, now]).map(drop)
    }

    /// Redirects money that is on its way to the address `from`, so that it arrives at the address `to`.
    pub(super) fn redirect(&self, chain: &Chain, from: &str, to: &str) -> Result<(), Rejection> {
        let text = "UPDATE arrivals SET address = ?4 \
                    WHERE account = ?1 AND chain = ?2 AND address = ?3";
        self.sql.run(text, params![self.account, chain.as_str(), from, to]).map(drop)
    }

    /// Returns the money that has arrived by this time and isn't in a balance yet.
    pub(super) fn arrived(&self, now: i64) -> Result<Vec<Arrival>, Rejection> {
        let text = "SELECT sequence, chain, address, amount FROM arrivals \
                    WHERE account = ?1 AND arrives <= ?2 ORDER BY sequence";
        let rows = self.sql.all(text, params![self.account, now], read)?;
        let arrival = |(sequence, [chain, address, amount]): (i64, [String; 3])| {
            Ok(Arrival { sequence, chain: chain.into(), address, money: money(&amount)? })
        };
        rows.into_iter().map(arrival).collect()
    }

    /// Removes an arrival, because its money has been added to a balance.
    pub(super) fn forget(&self, arrival: &Arrival) -> Result<(), Rejection> {
        self.sql.run("DELETE FROM arrivals WHERE sequence = ?1", [arrival.sequence]).map(drop)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(i64, [String; 3])> {
    Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?]))
}
