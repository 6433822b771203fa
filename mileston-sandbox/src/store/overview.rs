//! What the pages show of a store: its businesses, and what was lately made to be paid.

use mileston_keys::BusinessId;
use rusqlite::{Row, params};

use super::sql::{Sql, unreadable};
use super::{Account, Store};
use crate::runtime::{Identity, Refusal};

/// The most businesses that are listed.
const BUSINESSES: u32 = 100;

/// Something to be paid, in a line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The word in the address of its page.
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
    /// The businesses, the oldest first.
    pub(crate) async fn businesses(&self) -> Result<Vec<BusinessId>, Refusal> {
        self.look(|sql| {
            let text = "SELECT id FROM businesses ORDER BY sequence LIMIT ?1";
            let ids = sql.all(text, [BUSINESSES], |row| row.get::<_, String>(0))?;
            ids.into_iter().map(|id| id.parse().map_err(|error| unreadable(&error))).collect()
        })
        .await
    }

    /// What was made to be paid, of all kinds, the newest first.
    pub(crate) async fn overview(
        &self,
        whose: &Identity,
        limit: u32,
    ) -> Result<Vec<Line>, Refusal> {
        self.read_long(whose, move |account| overview(account, limit)).await
    }
}

fn overview(account: &Account<'_>, limit: u32) -> Result<Vec<Line>, Refusal> {
    // Without an index the newest rows come first by themselves, and so many are enough; with one all would be sorted.
    let text = "SELECT kind, id, data ->> 'amount', \
                coalesce(data ->> 'title', data ->> 'itemName', data ->> 'subscriptionName'), paid, \
                (SELECT count(*) FROM receipts WHERE resource = sequence), \
                (SELECT chain FROM receipts WHERE resource = sequence ORDER BY receipts.rowid DESC LIMIT 1) \
                FROM resources NOT INDEXED WHERE account = ?1 ORDER BY sequence DESC LIMIT ?2";
    let sql: Sql<'_> = account.sql();
    sql.all(text, params![account.id(), limit], read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        kind: row.get(0)?,
        id: row.get(1)?,
        amount: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        title: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
        paid: row.get(4)?,
        payments: row.get(5)?,
        chain: row.get(6)?,
    })
}
