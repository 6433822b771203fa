//! A job for the writer, and the reply to its caller.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::rejection::{Failure, Rejection};
use super::sql::Sql;

/// A job of any type.
pub(super) trait Job: Send {
    /// Returns whether the job changes anything.
    fn writes(&self) -> bool;

    /// Runs the job, and returns whether its changes should be kept.
    fn run(&mut self, sql: Sql<'_>) -> bool;

    /// Sends the result once it is final. If there is a fault, none of the job's changes were kept.
    fn answer(self: Box<Self>, fault: Option<&Rejection>);
}

/// A closure, and the caller that is waiting for its result.
pub(super) struct Task<T, W, A> {
    work: Option<W>,
    writes: bool,
    result: Option<Result<T, Rejection>>,
    after: A,
    reply: oneshot::Sender<Result<T, Rejection>>,
}

impl<T, W, A> Task<T, W, A> {
    /// Creates a task. `after` runs on the writer's thread once the work is on disk, before any later work.
    pub(super) fn new(
        writes: bool,
        work: W,
        after: A,
    ) -> (Self, oneshot::Receiver<Result<T, Rejection>>) {
        let (reply, receiver) = oneshot::channel();
        (Task { work: Some(work), writes, result: None, after, reply }, receiver)
    }
}

impl<T, W, A> Job for Task<T, W, A>
where
    T: Send,
    W: FnOnce(Sql<'_>) -> Result<T, Rejection> + Send,
    A: FnOnce(&T) + Send,
{
    fn writes(&self) -> bool {
        self.writes
    }

    fn run(&mut self, sql: Sql<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        // A panic would end the thread, and all other callers would get no reply.
        let result = catch_unwind(AssertUnwindSafe(|| work(sql)))
            .unwrap_or_else(|_| Err(Failure::Panicked.into()));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, fault: Option<&Rejection>) {
        let Task { result, after, reply, .. } = *self;
        let result = match (fault, result) {
            (Some(fault), _) => Err(fault.clone()),
            (None, Some(result)) => result,
            (None, None) => Err(Failure::Skipped.into()),
        };
        if let Ok(value) = &result {
            after(value);
        }
        // The caller may no longer be waiting, but its job is done.
        let _ = reply.send(result);
    }
}
