//! Opens a database, in memory or in a file, and brings it to the form that this version knows.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{StoreError, StoreErrorKind};
use super::migrations::{self, Unfit};

/// Prepared statements that are kept for each connection: more than there are.
const STATEMENTS: usize = 64;
/// How long to wait for another program that looks into the file, such as `sqlite3`.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most links that are followed, one after the other, as on Linux.
const LINKS: usize = 40;

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
        let lock_file = lock_file(path);
        examine(path, &lock_file)?;
        create(path).map_err(|error| StoreError::io(path, error))?;
        let lock = lock(path, &lock_file)?;
        let open = || -> Result<Connection, Unfit> {
            let mut connection = Connection::open_with_flags(path, flags(false))?;
            connection.busy_timeout(PATIENCE)?;
            prepare(&connection)?;
            // An answered write is on the disk, whatever happens to the machine.
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            migrations::migrate(&mut connection)?;
            Ok(connection)
        };
        let connection = open().map_err(|unfit| unfit_error(path, unfit))?;
        Ok(Database { connection, _lock: Some(lock) })
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

/// The same name for the same file, so that it has one lock whatever it is called by.
pub(super) fn canonical(path: &Path) -> io::Result<PathBuf> {
    if let Ok(path) = fs::canonicalize(path) {
        return Ok(path);
    }
    let path = &followed(path)?;
    let Some(name) = path.file_name() else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this names no file"));
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(fs::canonicalize(folder.unwrap_or(Path::new(".")))?.join(name))
}

/// Where links lead, also to a file that is yet to be made: it has that name from then on.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "its links lead nowhere"))
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
    if metadata.len() == 0 || lock_file.exists() {
        return Ok(());
    }
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(|error| StoreError::io(path, error))?;
    let read = file.take(MAGIC.len() as u64).read_to_end(&mut start);
    read.map_err(|error| StoreError::io(path, error))?;
    if start == MAGIC { Ok(()) } else { Err(no_store()) }
}

fn lock_file(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".lock");
    name.into()
}

/// The wallet secret will stand in it: nobody else may read it. SQLite gives its other files the same rights.
fn create(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => close_to_others(path),
        made => made.map(drop),
    }
}

/// A file that somebody made empty gets the same rights; one that holds something keeps those that it was given.
#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let metadata = fs::metadata(path)?;
    if metadata.len() == 0 && metadata.permissions().mode() & 0o077 != 0 {
        return fs::set_permissions(path, fs::Permissions::from_mode(0o600));
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// SQLite's own lock on an empty database beside the file: it works on every platform, and ends with the process.
fn lock(path: &Path, lock_file: &Path) -> Result<Connection, StoreError> {
    let take = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(lock_file, flags(false))?;
        connection.busy_timeout(Duration::ZERO)?;
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
        Unfit::Foreign => StoreError::new(StoreErrorKind::NotAStore, path),
        Unfit::Sqlite(error) => StoreError::sqlite(path, error),
    }
}
