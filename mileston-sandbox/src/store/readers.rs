//! Read-only connections to a file. Reads see the last committed state and never wait for the writer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::database;
use super::rejection::{Failure, Rejection};
use super::sql::Sql;

/// The maximum number of connections for short reads.
const CONNECTIONS: usize = 4;
/// The maximum number of connections for long lists. They are separate, so that slow clients don't delay other reads.
const SNAPSHOTS: usize = 4;

/// A few connections, which are opened on first use.
#[derive(Clone)]
pub(super) struct Readers {
    path: Arc<PathBuf>,
    free: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
    snapshots: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Readers {
            path: Arc::new(path.to_owned()),
            free: Arc::default(),
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
            snapshots: Arc::new(Semaphore::new(SNAPSHOTS)),
        }
    }

    /// Reads a few rows on this thread, which is faster than using a separate thread.
    pub(super) async fn run<T>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let permit = permit(&self.permits).await?;
        self.read(work, permit)
    }

    /// Reads any number of rows, on a thread that may block.
    pub(super) async fn run_long<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let (readers, permit) = (self.clone(), permit(&self.permits).await?);
        let reading = tokio::task::spawn_blocking(move || readers.read(work, permit));
        reading.await.map_err(|_| Rejection::Failed(Failure::Unfinished))?
    }

    /// Begins a read transaction that lasts until it is dropped. If there are too many transactions, waits until one of
    /// them ends.
    pub(super) async fn snapshot(&self) -> Result<Snapshot, Rejection> {
        let permit = permit(&self.snapshots).await?;
        let connection = self.take()?;
        Sql(&connection).run("BEGIN", [])?;
        Ok(Snapshot { connection: Some(connection), readers: self.clone(), _permit: permit })
    }

    /// Closes the idle connections, and rejects further reads.
    pub(super) fn close(&self) {
        self.permits.close();
        self.snapshots.close();
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Runs a read in a transaction so that it has a consistent view.
    fn read<T>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection>,
        _permit: OwnedSemaphorePermit,
    ) -> Result<T, Rejection> {
        let connection = self.take()?;
        let sql = Sql(&connection);
        sql.run("BEGIN", [])?;
        let result = work(sql);
        // If this fails, the connection isn't reused.
        sql.run("COMMIT", [])?;
        self.put_back(connection);
        result
    }

    fn take(&self) -> Result<Connection, Rejection> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match free {
            Some(connection) => Ok(connection),
            None => Ok(database::reader(&self.path)?),
        }
    }

    /// Keeps a connection for the next read, unless enough connections are already kept.
    fn put_back(&self, connection: Connection) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.permits.is_closed() && free.len() < CONNECTIONS {
            free.push(connection);
        }
    }
}

/// A read transaction, which sees the state at its first read. The write-ahead log can't be truncated while the
/// transaction lasts.
pub(super) struct Snapshot {
    connection: Option<Connection>,
    readers: Readers,
    _permit: OwnedSemaphorePermit,
}

impl Snapshot {
    /// Returns the connection, or an error once the store is closed.
    pub(super) fn sql(&self) -> Result<Sql<'_>, Rejection> {
        let open = self.connection.as_ref().filter(|_| !self.readers.snapshots.is_closed());
        open.map(Sql).ok_or_else(|| Failure::Closed.into())
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if Sql(&connection).run("COMMIT", []).is_ok() {
            self.readers.put_back(connection);
        }
    }
}

async fn permit(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Rejection> {
    let permit = Arc::clone(semaphore).acquire_owned().await;
    permit.map_err(|_| Failure::Closed.into())
}
