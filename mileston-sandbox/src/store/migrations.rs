//! The schema of the database, in numbered steps: `PRAGMA user_version` is the number of steps a database has.

use rusqlite::Connection;

/// Marks a database as one of a sandbox: "MSBX", in `PRAGMA application_id`.
const APPLICATION: i32 = 0x4d53_4258;

/// Steps are only added at the end and never changed, because existing files have them.
const STEPS: [&str; 3] = [
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
];

/// Why a database can't be migrated to the schema of this version.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It has more steps than this version supports.
    Newer { found: usize },
    /// It belongs to another program.
    Foreign,
    /// It is damaged.
    Damaged,
    /// SQLite could not read or write it.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Unfit {
    fn from(error: rusqlite::Error) -> Self {
        Unfit::Sqlite(error)
    }
}

/// The number of steps of this version.
pub(super) const KNOWN: usize = STEPS.len();

/// Applies the missing steps: all of them, or none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Unfit> {
    let transaction = connection.transaction()?;
    let found = version(&transaction)?;
    let steps = STEPS.get(found..).ok_or(Unfit::Newer { found })?;
    if steps.is_empty() {
        return Ok(());
    }
    for step in steps {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", i64::try_from(KNOWN).unwrap_or(i64::MAX))?;
    Ok(transaction.commit()?)
}

/// Returns the number of steps of the database. An empty one is accepted; any other must be marked as a sandbox's.
pub(super) fn version(connection: &Connection) -> Result<usize, Unfit> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == i64::from(APPLICATION) {
        return usize::try_from(found).map_err(|_| Unfit::Foreign);
    }
    if (application, found, tables) == (0, 0, 0) { Ok(0) } else { Err(Unfit::Foreign) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_database_gets_all_steps_and_a_second_time_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(version(&connection).unwrap(), KNOWN);
        migrate(&mut connection).unwrap();
        assert_eq!(version(&connection).unwrap(), KNOWN);
    }

    #[test]
    fn an_older_database_keeps_its_data_and_gets_the_missing_steps() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(STEPS[0]).unwrap();
        connection.pragma_update(None, "application_id", APPLICATION).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        let business = "INSERT INTO businesses (id, wallet_secret, created) VALUES ('b', 's', 0)";
        connection.execute(business, []).unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(version(&connection).unwrap(), KNOWN);
        let count = |table: &str| -> i64 {
            let text = format!("SELECT count(*) FROM {table}");
            connection.query_row(&text, [], |row| row.get(0)).unwrap()
        };
        assert_eq!((count("businesses"), count("webhooks")), (1, 0));
    }

    #[test]
    fn a_newer_database_and_one_of_another_program_stay_unchanged() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection.pragma_update(None, "user_version", 7).unwrap();
        assert!(matches!(migrate(&mut connection), Err(Unfit::Newer { found: 7 })));
        let mut other = Connection::open_in_memory().unwrap();
        other.execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(migrate(&mut other), Err(Unfit::Foreign)));
    }

    #[test]
    fn a_paid_record_of_an_older_file_counts_as_paid_now() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(STEPS[0]).unwrap();
        let rows = "INSERT INTO businesses VALUES (1, 'b', 's', 0); \
                    INSERT INTO accounts VALUES (1, 'b', 'test'); \
                    INSERT INTO resources VALUES (1, 1, 'invoice', 'x', 1, '{}'), (2, 1, 'invoice', 'y', 0, '{}')";
        connection.execute_batch(rows).unwrap();
        connection.pragma_update(None, "application_id", APPLICATION).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        migrate(&mut connection).unwrap();
        let paid = |id: &str| {
            let text = "SELECT paid_at FROM resources WHERE id = ?1";
            connection.query_row(text, [id], |row| row.get::<_, Option<i64>>(0)).unwrap()
        };
        assert!(paid("x").is_some_and(|at| at > 1_700_000_000_000));
        assert_eq!(paid("y"), None);
    }
}
