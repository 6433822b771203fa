//! Opens a database, in memory or in a file, and brings it to the form that this version knows.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{StoreError, StoreErrorKind};
use super::migrations::{self, Unfit};
use super::{health, place};

/// Prepared statements that are kept for each connection: more than there are.
const STATEMENTS: usize = 64;
/// How long to wait for another program that looks into the file, such as `sqlite3`.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for a sandbox that is ending: one that was dropped closes its file a little later.
const ENDING: Duration = Duration::from_secs(1);

/// The connection that writes.
pub(super) struct Database {
    // Before the lock: fields are dropped in this order.
    connection: Connection,
    /// Holds the lock on a file as long as it is open. The operating system lets go of it even after `kill -9`.
    _lock: Option<Connection>,
}

impl Database {
    /// A new database that ends with its connection.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let place = Path::new(":memory:");
        let open = || -> Result<Connection, Unfit> {
            let mut connection = Connection::open_in_memory()?;
            prepare(&connection)?;
            migrations::migrate(&mut connection)?;
            Ok(connection)
        };
        let connection = open().map_err(|unfit| unfit_error(place, unfit))?;
        Ok(Database { connection, _lock: None })
    }

    /// The database in a file, which is made if there is none. Nobody else can open it until this one is closed.
    pub(super) fn in_file(path: &Path) -> Result<Self, StoreError> {
        let lock_file = place::beside(path, ".lock");
        examine(path, &lock_file)?;
        place::expect_private(path, &lock_file)?;
        place::create(path, &lock_file)?;
        let lock = lock(path, &lock_file)?;
        let open = || -> Result<Connection, Unfit> {
            let mut connection = Connection::open_with_flags(path, flags(false))?;
            connection.busy_timeout(PATIENCE)?;
            prepare(&connection)?;
            // Before anything is written: another program's file is left as it is, and so is one that is damaged.
            if (1..=migrations::KNOWN).contains(&migrations::version(&connection)?) {
                health::expect_whole(&connection)?;
            }
            // An answered write is on the disk, whatever happens to the machine.
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            migrations::migrate(&mut connection)?;
            Ok(connection)
        };
        let connection = open().map_err(|unfit| unfit_error(path, unfit))?;
        Ok(Database { connection, _lock: Some(lock) })
    }

    /// Moves what is in the log into the file.
    pub(super) fn settle(&self) -> rusqlite::Result<()> {
        self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// A connection that only reads. The one that writes must be open.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags(true))?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "memory")
}

/// No URIs: a file may be called `file:x?mode=memory`.
fn flags(read_only: bool) -> OpenFlags {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// How every database of SQLite begins, <https://www.sqlite.org/fileformat.html#magic_header_string>.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The least bytes that a database of SQLite has, unless it has none.
const SMALLEST: u64 = 512;

/// Refuses what is no database before anything is put beside it.
///
/// Not where a lock file is: there this process may have the file open, and to close it once more would let go of
/// SQLite's locks on it. SQLite itself judges those later.
fn examine(path: &Path, lock_file: &Path) -> Result<(), StoreError> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    let no_store = || StoreError::new(StoreErrorKind::NotAStore, path);
    if !metadata.is_file() {
        return Err(no_store());
    }
    let log = fs::metadata(place::beside(path, "-wal")).map_or(0, |found| found.len());
    if metadata.len() == 0 && log > 0 {
        // What was written last is still there, and SQLite would throw it away.
        return Err(StoreError::new(StoreErrorKind::Damaged, path));
    }
    if (1..SMALLEST).contains(&metadata.len()) && lock_file.exists() {
        // SQLite would take it for an empty one.
        return Err(StoreError::new(StoreErrorKind::Damaged, path));
    }
    if metadata.len() == 0 || lock_file.exists() {
        return Ok(());
    }
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(|error| StoreError::io(path, error))?;
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut start);
    read.map_err(|error| StoreError::io(path, error))?;
    if start == MAGIC { Ok(()) } else { Err(no_store()) }
}

/// SQLite's own lock on an empty database beside the file: it works on every platform, and ends with the process.
fn lock(path: &Path, lock_file: &Path) -> Result<Connection, StoreError> {
    let take = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(lock_file, flags(false))?;
        connection.busy_timeout(ENDING)?;
        connection.execute_batch("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE")?;
        Ok(connection)
    };
    take().map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::new(StoreErrorKind::InUse, path)
        }
        _ => StoreError::sqlite(path, error),
    })
}

fn unfit_error(path: &Path, unfit: Unfit) -> StoreError {
    match unfit {
        Unfit::Newer { found } => {
            StoreError::new(StoreErrorKind::Newer { found, known: migrations::KNOWN }, path)
        }
        Unfit::Damaged => StoreError::new(StoreErrorKind::Damaged, path),
        Unfit::Foreign => StoreError::new(StoreErrorKind::NotAStore, path),
        Unfit::Sqlite(error) => StoreError::sqlite(path, error),
    }
}
