//! Whether a file is whole: looked at when it is opened, since a store that is damaged answers wrongly, or loses what it
//! takes, long before anybody notices.

use rusqlite::Connection;

use super::migrations::Unfit;

/// The columns of JSON that every version has.
const JSON: [(&str, &str); 3] =
    [("resources", "data"), ("payments", "report"), ("transfers", "data")];

/// Reads all of it: the pages and what they say of each other, the rows and their indexes, and whether JSON is JSON. It takes
/// about half a second for 100,000 payment links.
///
/// What is still a text of the right form is not noticed, as in every database of SQLite.
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
