//! The writer thread. It takes the jobs that are waiting, runs them in one transaction, and replies.

use std::io;
use std::thread;

use tokio::sync::{mpsc, oneshot};

use super::batch;
use super::database::Database;
use super::job::{Job, Task};
use super::rejection::{Failure, Rejection};
use super::sql::Sql;

/// The capacity of the queue. Further callers wait until there is space.
const QUEUE: usize = 1024;
/// The maximum number of jobs in one transaction.
const BATCH: usize = 256;
/// The stack is small, because the thread handles one row at a time, and a process can have hundreds of sandboxes.
const STACK: usize = 1 << 20;

/// A handle to the thread. The thread ends when the last handle is dropped, or when `close` is called.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Do(Box<dyn Job>),
    /// Checkpoints the log into the file, and replies.
    Settle(oneshot::Sender<()>),
    /// Closes the database and replies.
    End(oneshot::Sender<()>),
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(database: Database) -> io::Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let builder = thread::Builder::new().name("sandbox-store".to_owned()).stack_size(STACK);
        builder.spawn(move || work(database, jobs))?;
        Ok(Writer { queue })
    }

    /// Runs a job. When this returns, the job's changes are on disk. If the job was rejected, nothing has changed.
    ///
    /// The job runs even if the caller no longer waits. `after` is called when the changes are on disk, before
    /// the next batch of jobs.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        writes: bool,
        work: impl FnOnce(Sql<'_>) -> Result<T, Rejection> + Send + 'static,
        after: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, Rejection> {
        let (task, reply) = Task::new(writes, work, after);
        self.queue.send(Message::Do(Box::new(task))).await.map_err(|_| closed())?;
        reply.await.map_err(|_| closed())?
    }

    /// Checkpoints the log into the file. If that fails, the data stays in the log.
    pub(super) async fn settle(&self) {
        let (settled, done) = oneshot::channel();
        if self.queue.send(Message::Settle(settled)).await.is_ok() {
            let _ = done.await;
        }
    }

    /// Stops the thread. When this returns, the database is closed.
    pub(super) async fn close(&self) {
        let (ended, end) = oneshot::channel();
        if self.queue.send(Message::End(ended)).await.is_ok() {
            let _ = end.await;
        }
    }
}

fn work(database: Database, mut queue: mpsc::Receiver<Message>) {
    while let Some(first) = queue.blocking_recv() {
        let (jobs, last) = gather(first, &mut queue);
        batch::run(database.connection(), jobs);
        match last {
            Some(Message::End(ended)) => {
                drop(database);
                let _ = ended.send(());
                return;
            }
            Some(Message::Settle(settled)) => {
                let _ = database.settle();
                let _ = settled.send(());
            }
            Some(Message::Do(_)) | None => {}
        }
    }
}

/// Returns up to [`BATCH`] jobs that are waiting now, so that they share one commit. Also returns the next message if
/// it isn't a job. Doesn't wait for further jobs.
fn gather(
    first: Message,
    queue: &mut mpsc::Receiver<Message>,
) -> (Vec<Box<dyn Job>>, Option<Message>) {
    let (mut jobs, mut next) = (Vec::new(), Some(first));
    while let Some(message) = next {
        match message {
            Message::Do(job) => jobs.push(job),
            other => return (jobs, Some(other)),
        }
        next = if jobs.len() < BATCH { queue.try_recv().ok() } else { None };
    }
    (jobs, None)
}

fn closed() -> Rejection {
    Failure::Closed.into()
}
