//! Checks a file when it is opened, because a damaged store returns wrong data or loses writes long before anyone
//! notices.

use rusqlite::Connection;

use super::migrations::Unfit;

/// The JSON columns that exist in every version.
const JSON: [(&str, &str); 3] =
    [("resources", "data"), ("payments", "report"), ("transfers", "data")];

/// Checks everything: the pages and their links, the rows and their indexes, and the JSON. This takes about half a
/// second for 100,000 payment links.
///
/// Damage that leaves valid text isn't detected, because the pages of a database have no checksums.
pub(super) fn expect_whole(connection: &Connection) -> Result<(), Unfit> {
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Unfit::Damaged);
    }
    for (table, column) in JSON {
        let text = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE NOT json_valid({column}))");
        if connection.query_row(&text, [], |row| row.get(0))? {
            return Err(Unfit::Damaged);
        }
    }
    Ok(())
}
