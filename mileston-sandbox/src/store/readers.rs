//! Read-only connections to a file. They read the last committed state and never wait for the writer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::database;
use super::rejection::{Failure, Rejection};
use super::sql::Sql;

/// The maximum number of connections.
const CONNECTIONS: usize = 4;

/// A few connections, opened on first use.
#[derive(Clone)]
pub(super) struct Readers {
    path: Arc<PathBuf>,
    free: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Readers {
            path: Arc::new(path.to_owned()),
            free: Arc::default(),
            permits: Arc::new(Semaphore::new(CONNECTIONS)),
        }
    }

    /// Reads a few rows on this thread: that is faster than using another one.
    pub(super) async fn run<T>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        let permit = self.permit().await?;
        self.read(work, permit)
    }

    /// Reads any number of rows, on a thread that may block.
    pub(super) async fn run_long<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let (readers, permit) = (self.clone(), self.permit().await?);
        let reading = tokio::task::spawn_blocking(move || readers.read(work, permit));
        reading.await.map_err(|_| Rejection::Failed(Failure::Unfinished))?
    }

    /// Closes the idle connections, and rejects further reads.
    pub(super) fn close(&self) {
        self.permits.close();
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Rejection> {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        permit.map_err(|_| Failure::Closed.into())
    }

    /// Runs a read in a transaction so that it has a consistent view.
    fn read<T>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection>,
        _permit: OwnedSemaphorePermit,
    ) -> Result<T, Rejection> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            None => database::reader(&self.path)?,
        };
        let sql = Sql(&connection);
        sql.run("BEGIN", [])?;
        let result = work(sql);
        // After any failure here the connection isn't reused.
        sql.run("COMMIT", [])?;
        if !self.permits.is_closed() {
            self.free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        result
    }
}
