//! The schema of the database, in numbered steps. `PRAGMA user_version` is the number of the last step that was applied
//! to a database.

use rusqlite::Connection;

/// Marks a database as a sandbox's store: "MSBX", in `PRAGMA application_id`.
const APPLICATION: i32 = 0x4d53_4258;

/// The steps. From the first release on, new steps are only added at the end, and existing steps are never changed,
/// because existing files were created with them.
///
/// Nothing is released yet. Until the first release, change the step itself and raise [`FIRST`], so that files
/// from development versions are rejected with an explanation instead of failing later.
const STEPS: [&str; 1] = [include_str!("migrations/1.sql")];

/// The number of the first step. Lower numbers belong to development versions, which had different steps.
const FIRST: usize = 5;

/// The number of the last step of this version.
pub(super) const KNOWN: usize = FIRST + STEPS.len() - 1;

/// Why a database can't be migrated to this version's schema.
#[derive(Debug)]
pub(super) enum Unfit {
    /// The database has steps that this version doesn't have.
    Newer { found: usize },
    /// A development version created the database, before the first release.
    Older { found: usize },
    /// The database belongs to another program.
    Foreign,
    /// The database is damaged.
    Damaged,
    /// SQLite could not read or write the database.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Unfit {
    fn from(error: rusqlite::Error) -> Self {
        Unfit::Sqlite(error)
    }
}

/// Applies the missing steps: all of them, or none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Unfit> {
    let transaction = connection.transaction()?;
    let found = version(&transaction)?;
    let applied = found.map_or(0, |found| found - FIRST + 1);
    let steps = STEPS.get(applied..).ok_or(Unfit::Newer { found: found.unwrap_or_default() })?;
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

/// Returns the number of the last step that was applied to the database, or `None` if the database is empty. Rejects a
/// database that isn't marked as a sandbox's store.
pub(super) fn version(connection: &Connection) -> Result<Option<usize>, Unfit> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == i64::from(APPLICATION) {
        return match usize::try_from(found) {
            Ok(found @ 1..FIRST) => Err(Unfit::Older { found }),
            Ok(found @ FIRST..) => Ok(Some(found)),
            _ => Err(Unfit::Foreign),
        };
    }
    if (application, found, tables) == (0, 0, 0) { Ok(None) } else { Err(Unfit::Foreign) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_a_new_database_runs_every_step_and_is_idempotent() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(version(&connection).unwrap(), None);
        for _ in 0..2 {
            migrate(&mut connection).unwrap();
            assert_eq!(version(&connection).unwrap(), Some(KNOWN));
        }
    }

    #[test]
    fn a_database_from_another_version_or_program_stays_unchanged() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let mut migrate_from = |version: usize| {
            connection.pragma_update(None, "user_version", version.to_string()).unwrap();
            migrate(&mut connection)
        };
        assert!(matches!(migrate_from(KNOWN + 1), Err(Unfit::Newer { found }) if found > KNOWN));
        assert!(matches!(migrate_from(1), Err(Unfit::Older { found: 1 })));
        assert!(matches!(migrate_from(FIRST - 1), Err(Unfit::Older { .. })));
        assert!(matches!(migrate_from(0), Err(Unfit::Foreign)));
        assert!(migrate_from(KNOWN).is_ok());
        let mut other = Connection::open_in_memory().unwrap();
        other.execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(migrate(&mut other), Err(Unfit::Foreign)));
    }
}
