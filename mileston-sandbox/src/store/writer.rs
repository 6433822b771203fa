//! The one thread that writes: it takes all jobs that wait, does them in one transaction, and answers.

use std::io;
use std::thread;

use tokio::sync::{mpsc, oneshot};

use super::batch;
use super::database::Database;
use super::job::{Job, Task};
use super::sql::Sql;
use crate::runtime::Refusal;

/// The most jobs that wait; one more waits for its turn to wait.
const QUEUE: usize = 1024;
/// The most jobs in one transaction.
const BATCH: usize = 256;
/// The thread works on one row after the other, and there may be hundreds of such threads.
const STACK: usize = 1 << 20;

/// A way to the thread. It ends when the last way to it is gone, or when it is told to.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Do(Box<dyn Job>),
    /// Moves what is in the log into the file, and says so.
    Settle(oneshot::Sender<()>),
    /// Closes the database and says so.
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

    /// Has something done. What it changed is on disk when this returns; with a refusal it changed nothing.
    ///
    /// It is done even if nobody waits for it any more. `after` is called once it is on disk, before anything later.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        writes: bool,
        work: impl FnOnce(Sql<'_>) -> Result<T, Refusal> + Send + 'static,
        after: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, Refusal> {
        let (task, reply) = Task::new(writes, work, after);
        self.queue.send(Message::Do(Box::new(task))).await.map_err(|_| closed())?;
        reply.await.map_err(|_| closed())?
    }

    /// Moves what is in the log into the file. Should that fail, it stays in the log.
    pub(super) async fn settle(&self) {
        let (settled, done) = oneshot::channel();
        if self.queue.send(Message::Settle(settled)).await.is_ok() {
            let _ = done.await;
        }
    }

    /// Ends the thread. Once this returns, the database is closed.
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

/// What waits at this moment: group commit without waiting for a group. Then what isn't a job, if that is next.
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

fn closed() -> Refusal {
    Refusal::internal("The sandbox is stopping: its store is closed.")
}
