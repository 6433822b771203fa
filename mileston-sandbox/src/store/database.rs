//! Opens a database, in memory or in a file, and migrates it to this version's schema.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{StoreError, StoreErrorKind};
use super::migrations::{self, Unfit};
use super::{health, place};

/// The maximum number of prepared statements that each connection caches. It is larger than the number of the store's
/// statements, so a connection prepares each statement only once.
const STATEMENTS: usize = 128;
/// How long to wait for another program that reads the file, such as `sqlite3`.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for a stopping sandbox: a sandbox that was dropped closes its file a little later.
const ENDING: Duration = Duration::from_secs(1);

/// The connection that writes.
pub(super) struct Database {
    // This field must be declared before the lock, because fields are dropped in the order of their declaration.
    connection: Connection,
    /// Holds the lock on a file as long as the file is open. The operating system releases the lock even after
    /// `kill -9`.
    _lock: Option<Connection>,
}

impl Database {
    /// Creates a database that is lost when its connection is closed.
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

    /// Opens and locks the database in a file. The file is created if it doesn't exist.
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
            // Check this before anything is written, so that another program's file or a damaged file stays unchanged.
            if migrations::version(&connection)?.is_some_and(|found| found <= migrations::KNOWN) {
                if is_cut(path) {
                    return Err(Unfit::Damaged);
                }
                health::expect_whole(&connection)?;
            }
            // A write that got a response survives a power failure.
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            migrations::migrate(&mut connection)?;
            Ok(connection)
        };
        let connection = open().map_err(|unfit| unfit_error(path, unfit))?;
        Ok(Database { connection, _lock: Some(lock) })
    }

    /// Checkpoints the log into the file.
    pub(super) fn settle(&self) -> rusqlite::Result<()> {
        self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// Opens a read-only connection. The connection that writes must be open.
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

/// Returns the flags for opening a file. SQLite must not treat the name as a URI, because a file may be named
/// `file:x?mode=memory`.
fn flags(read_only: bool) -> OpenFlags {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// The first bytes of every SQLite database, <https://www.sqlite.org/fileformat.html#magic_header_string>.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The minimum size of an SQLite database that isn't empty.
const SMALLEST: u64 = 512;

/// Rejects a file that isn't a database. This happens before anything is created next to the file.
///
/// If a lock file exists, the content isn't checked here, because this process may then have the file open, and closing
/// the file here would release SQLite's locks. SQLite checks the content of such a file later.
fn examine(path: &Path, lock_file: &Path) -> Result<(), StoreError> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    let no_store = || StoreError::new(StoreErrorKind::NotAStore, path);
    if !metadata.is_file() {
        return Err(no_store());
    }
    let log = fs::metadata(place::beside(path, "-wal")).map_or(0, |found| found.len());
    if metadata.len() == 0 && log > 0 {
        // The last writes are still in the log, and SQLite would delete the log.
        return Err(StoreError::new(StoreErrorKind::Damaged, path));
    }
    if (1..SMALLEST).contains(&metadata.len()) && lock_file.exists() {
        // SQLite would treat the file as empty.
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

/// Returns whether the last page of a database is incomplete because the file was cut off: the size of the file isn't a
/// multiple of the smallest page size. SQLite would fill the page with zeros. If there is a log, SQLite restores the
/// page, so this function returns `false`.
fn is_cut(path: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    length(&place::beside(path, "-wal")) == 0 && !length(path).is_multiple_of(SMALLEST)
}

/// Takes SQLite's lock on an empty database next to the file. This lock works on every platform, and is released when
/// the process ends.
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
        Unfit::Older { found } => StoreError::new(StoreErrorKind::Older { found }, path),
        Unfit::Damaged => StoreError::new(StoreErrorKind::Damaged, path),
        Unfit::Foreign => StoreError::new(StoreErrorKind::NotAStore, path),
        Unfit::Sqlite(error) => StoreError::sqlite(path, error),
    }
}
