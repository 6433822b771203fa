//! What the writer is asked to do, and whom it answers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::sql::Sql;
use crate::runtime::Refusal;

/// A piece of work of any kind.
pub(super) trait Job: Send {
    /// Whether it changes anything.
    fn writes(&self) -> bool;

    /// Does it, and says whether what it did shall be kept.
    fn run(&mut self, sql: Sql<'_>) -> bool;

    /// Tells what became of it, once that is certain. With a fault, nothing of it was kept.
    fn answer(self: Box<Self>, fault: Option<&Refusal>);
}

/// A closure and whoever waits for what it gives.
pub(super) struct Task<T, W, A> {
    work: Option<W>,
    writes: bool,
    result: Option<Result<T, Refusal>>,
    after: A,
    reply: oneshot::Sender<Result<T, Refusal>>,
}

impl<T, W, A> Task<T, W, A> {
    /// `after` runs on the writer's thread once the work is on disk, before anything that comes later.
    pub(super) fn new(
        writes: bool,
        work: W,
        after: A,
    ) -> (Self, oneshot::Receiver<Result<T, Refusal>>) {
        let (reply, receiver) = oneshot::channel();
        (Task { work: Some(work), writes, result: None, after, reply }, receiver)
    }
}

impl<T, W, A> Job for Task<T, W, A>
where
    T: Send,
    W: FnOnce(Sql<'_>) -> Result<T, Refusal> + Send,
    A: FnOnce(&T) + Send,
{
    fn writes(&self) -> bool {
        self.writes
    }

    fn run(&mut self, sql: Sql<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        // A panic would end the thread and leave everyone else without an answer.
        let result = catch_unwind(AssertUnwindSafe(|| work(sql))).unwrap_or_else(|_| {
            Err(Refusal::internal("The sandbox is at fault: it panicked. Nothing was changed."))
        });
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, fault: Option<&Refusal>) {
        let Task { result, after, reply, .. } = *self;
        let result = match (fault, result) {
            (Some(fault), _) => Err(fault.clone()),
            (None, Some(result)) => result,
            (None, None) => Err(Refusal::internal("The sandbox's store did not get to this.")),
        };
        if let Ok(value) = &result {
            after(value);
        }
        // Whoever asked may be gone; what was asked for is done all the same.
        let _ = reply.send(result);
    }
}
