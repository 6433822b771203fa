//! Read-only connections to a file. They read the last committed state and never wait for the writer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::database;
use super::sql::{Sql, fault};
use crate::runtime::Refusal;

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
        work: impl FnOnce(Sql<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let permit = self.permit().await?;
        self.read(work, permit)
    }

    /// Reads any number of rows, on a thread that may block.
    pub(super) async fn run_long<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (readers, permit) = (self.clone(), self.permit().await?);
        let reading = tokio::task::spawn_blocking(move || readers.read(work, permit));
        reading
            .await
            .map_err(|_| Refusal::internal("The sandbox's store did not finish reading."))?
    }

    /// Closes the idle connections, and rejects further reads.
    pub(super) fn close(&self) {
        self.permits.close();
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        let closed =
            |_| Refusal::internal("The sandbox is stopping: its store is closed.".to_owned());
        Arc::clone(&self.permits).acquire_owned().await.map_err(closed)
    }

    /// Runs a read in a transaction so that it has a consistent view.
    fn read<T>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Refusal>,
        _permit: OwnedSemaphorePermit,
    ) -> Result<T, Refusal> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match free {
            Some(connection) => connection,
            None => database::reader(&self.path).map_err(fault)?,
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
