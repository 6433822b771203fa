//! The data of the pages: the businesses, and the newest payment links, invoices and recurring payments.

use mileston_keys::BusinessId;
use rusqlite::{Row, params};

use super::owner::Owner;
use super::rejection::Rejection;
use super::schedule::Schedule;
use super::sql::Sql;
use super::{Account, Store};

/// The maximum number of businesses that are listed.
const BUSINESSES: u32 = 100;

/// An entry in the list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The word in the path of its page.
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) amount: String,
    pub(crate) paid: bool,
    /// How many payments count for it, and the chain of the last one.
    pub(crate) payments: u32,
    pub(crate) chain: Option<String>,
}

impl Store {
    /// Returns the businesses, oldest first.
    pub(crate) async fn businesses(&self) -> Result<Vec<BusinessId>, Rejection> {
        self.look(|sql| {
            let text = "SELECT id FROM businesses ORDER BY sequence LIMIT ?1";
            let ids = sql.all(text, [BUSINESSES], |row| row.get::<_, String>(0))?;
            ids.into_iter().map(|id| id.parse().map_err(Rejection::unreadable)).collect()
        })
        .await
    }

    /// Returns the newest entries of all kinds, newest first.
    pub(crate) async fn overview(
        &self,
        whose: impl Into<Owner>,
        limit: u32,
    ) -> Result<Vec<Line>, Rejection> {
        self.read_long(whose, move |account| overview(account, limit)).await
    }
}

fn overview(account: &Account<'_>, limit: u32) -> Result<Vec<Line>, Rejection> {
    // Without an index, SQLite reads the newest rows first and stops at the limit; with one it would sort all rows.
    let text = "SELECT kind, id, data ->> 'amount', \
                coalesce(data ->> 'title', data ->> 'itemName', data ->> 'subscriptionName'), \
                paid_at, data ->> 'recurringDate', data ->> 'recurringInterval', \
                (SELECT count(*) FROM receipts WHERE resource = sequence AND NOT further), \
                (SELECT chain FROM receipts WHERE resource = sequence ORDER BY receipts.rowid DESC LIMIT 1) \
                FROM resources NOT INDEXED WHERE account = ?1 ORDER BY sequence DESC LIMIT ?2";
    let sql: Sql<'_> = account.sql();
    sql.all(text, params![account.id(), limit], |row| read(row, account.moment().now))
}

fn read(row: &Row<'_>, now: i64) -> rusqlite::Result<Line> {
    let schedule = schedule(row.get(5)?, row.get(6)?);
    let is_due = |paid| schedule.is_some_and(|schedule| schedule.is_due_again(paid, now));
    let paid = row.get::<_, Option<i64>>(4)?.is_some_and(|paid| !is_due(paid));
    Ok(Line {
        kind: row.get(0)?,
        id: row.get(1)?,
        amount: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        title: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
        paid,
        payments: row.get(7)?,
        chain: row.get(8)?,
    })
}

fn schedule(first: Option<String>, days: Option<u32>) -> Option<Schedule> {
    Schedule::new(first?.parse().ok()?, days?)
}
