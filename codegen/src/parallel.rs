//! Does work on all cores while further jobs are still being made.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::{TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The number of jobs that may wait. The thread that makes the jobs does one itself when this many
/// are waiting, so memory stays bounded.
const WAITING: usize = 64;

/// Does the work for each job, and returns the results in the order of the jobs.
///
/// # Errors
///
/// Returns the first error among the jobs. After an error, no further job is made.
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
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, do_waiting).ok();
        let workers: Vec<_> = (1..cores).filter_map(spawn).collect();
        let mut done = Vec::new();
        for (at, job) in jobs.enumerate() {
            match send.try_send((at, job?)) {
                Ok(()) => {}
                Err(TrySendError::Full((at, job)) | TrySendError::Disconnected((at, job))) => {
                    done.push((at, work(job)));
                }
            }
        }
        drop(send);
        // On a target without threads, this does everything that is waiting.
        done.extend(do_waiting());
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        Ok(done)
    })?;
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_jobs() {
        let jobs = (0..1_000).map(Ok::<u32, ()>);
        let slow_at_first = |job: u32| {
            std::thread::sleep(std::time::Duration::from_micros(u64::from(1_000 - job) / 10));
            job * 2
        };
        let expected: Vec<u32> = (0..1_000).map(|job| job * 2).collect();
        assert_eq!(map(jobs, slow_at_first), Ok(expected));
        assert_eq!(map([Ok::<u32, ()>(1)].into_iter(), |job| job), Ok(vec![1]));
        assert_eq!(map([].into_iter(), |job: Result<u32, ()>| job), Ok::<_, ()>(Vec::new()));
    }

    #[test]
    fn no_job_is_made_after_an_error() {
        let mut made = 0;
        let jobs = (0..100).map(|job| {
            made += 1;
            if job == 10 { Err("ten") } else { Ok(job) }
        });
        assert_eq!(map(jobs, |job| job), Err("ten"));
        assert_eq!(made, 11);
    }

    #[test]
    fn a_panic_in_the_work_reaches_the_caller() {
        let work = |job: u32| assert!(job != 50, "fifty");
        let run = || map((0..100).map(Ok::<u32, ()>), work);
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
