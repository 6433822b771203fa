//! Runs jobs on all cores while more jobs are still being created.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::{TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::deep::STACK;

/// The maximum number of waiting jobs, to limit memory. When it is reached, the thread that creates
/// the jobs runs the next one itself.
const WAITING: usize = 64;

/// Runs each job, and returns the results in the order of the jobs.
///
/// # Errors
///
/// Returns the first error that `jobs` yields. After an error, no more jobs are created.
///
/// # Panics
///
/// Panics if a job panics, after the other threads have finished.
pub(crate) fn map<J: Send, R: Send, E>(
    jobs: impl Iterator<Item = Result<J, E>>,
    work: impl Fn(J) -> R + Sync,
) -> Result<Vec<R>, E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let (send, receive) = sync_channel(WAITING);
    let receive = Mutex::new(receive);
    let do_waiting = || {
        let mut done = Vec::new();
        loop {
            let job = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
            match job {
                Ok((at, job)) => done.push((at, work(job))),
                Err(_) => return done,
            }
        }
    };
    let mut done = thread::scope(|scope| {
        // The workers end when the closure returns, because that drops the sender.
        let send = send;
        let spawn =
            |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, do_waiting).ok();
        let workers: Vec<_> = (1..cores).filter_map(spawn).collect();
        let (mut done, mut failed) = (Vec::new(), None);
        for (at, job) in jobs.enumerate() {
            let job = match job {
                Ok(job) => job,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            };
            match send.try_send((at, job)) {
                Ok(()) => {}
                Err(TrySendError::Full((at, job)) | TrySendError::Disconnected((at, job))) => {
                    done.push((at, work(job)));
                }
            }
        }
        drop(send);
        // On a target without threads, this runs all waiting jobs.
        done.extend(do_waiting());
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        match failed {
            Some(error) => Err(error),
            None => Ok(done),
        }
    })?;
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests;
