//! Empties the accounts, but keeps businesses, credentials and webhooks.

use super::Store;
use super::rejection::Rejection;
use super::sql::Sql;
use super::wallets::Wallets;
use super::world::Moment;

/// The tables to empty, in an order that respects references. Add a new table here, or to `kept` in the test below.
const EMPTIED: [&str; 11] = [
    "attempts",
    "deliveries",
    "receipts",
    "resources",
    "payments",
    "chain_payments",
    "arrivals",
    "subwallets",
    "holdings",
    "transfers",
    "on_ramps",
];

impl Store {
    /// Resets all accounts to their initial state, but keeps webhooks. Also cancels requested transfer failures, but
    /// doesn't reset the clock. Returns the number of payment links, invoices and recurring payments that were removed.
    pub(crate) async fn reset(&self) -> Result<u32, Rejection> {
        self.steer(reset).await
    }
}

fn reset(sql: Sql<'_>, moment: Moment) -> Result<u32, Rejection> {
    let count = sql.first("SELECT count(*) FROM resources", [], |row| row.get(0))?;
    for table in EMPTIED {
        sql.run(&format!("DELETE FROM {table}"), [])?;
    }
    sql.run("UPDATE world SET failing = 0", [])?;
    for account in sql.all("SELECT id FROM accounts", [], |row| row.get(0))? {
        Wallets { sql, account, moment }.open()?;
    }
    Ok(count.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::database::Database;

    /// A new table fails this test until someone decides whether a reset empties it.
    #[test]
    fn every_table_is_emptied_or_kept_on_purpose() {
        let kept = ["accounts", "adversary", "businesses", "keys", "webhooks", "world"];
        let database = Database::in_memory().unwrap();
        let text =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let found =
            Sql(database.connection()).all(text, [], |row| row.get::<_, String>(0)).unwrap();
        for table in &found {
            let decided = EMPTIED.contains(&table.as_str()) || kept.contains(&table.as_str());
            assert!(decided, "add the table {table} to `EMPTIED` or to `kept`");
        }
        assert_eq!(found.len(), EMPTIED.len() + kept.len());
    }
}
