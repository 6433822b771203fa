//! Tests the waits, limits and budget of the retry loop with a paused clock and without a network.

use std::cell::RefCell;

use http::StatusCode;

use tokio::time::sleep;

use super::*;
use crate::clock::TokioClock;
use crate::platform::BoxFuture;

const FAILED: ErrorKind = ErrorKind::Failed(StatusCode::SERVICE_UNAVAILABLE);

/// A clock that uses tokio's paused time, and returns a fixed number instead of a random one.
struct Even(f64);

impl Clock for Even {
    fn now(&self) -> Duration {
        TokioClock.now()
    }

    fn wall_time(&self) -> std::time::SystemTime {
        TokioClock.wall_time()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        TokioClock.sleep(duration)
    }

    fn random(&self) -> f64 {
        self.0
    }
}

/// When each attempt began, in milliseconds, and its time limit, in seconds.
type Log = Vec<(u128, u64)>;

/// Runs a call and records its attempts. Each attempt lasts for `takes`, or for its limit if the limit is shorter. The
/// last of `kinds` applies to all further attempts.
async fn attempts(
    limits: &Limits<'_>,
    takes: Duration,
    kinds: &[Option<ErrorKind>],
) -> (u32, Result<(), ErrorKind>, Log) {
    let start = TokioClock.now();
    let log = RefCell::new(Log::new());
    let (number, result) = run(limits, |attempt| {
        log.borrow_mut().push(((TokioClock.now() - start).as_millis(), attempt.limit.as_secs()));
        let kind = kinds.get(attempt.number as usize - 1).or(kinds.last()).copied().flatten();
        async move {
            sleep(takes.min(attempt.limit)).await;
            kind.map_or(Ok(()), |kind| Err(Error::new(kind)))
        }
    })
    .await;
    (number, result.map_err(|error| error.kind()), log.into_inner())
}

fn limits(budget: &Budget, write: bool) -> Limits<'_> {
    let total = Duration::from_secs(30);
    let (policy, connecting) = (&const { RetryPolicy::new(2) }, Duration::from_secs(10));
    Limits { write, policy, total, connecting, budget, clock: &Even(0.5) }
}

#[tokio::test(start_paused = true)]
async fn a_read_waits_and_succeeds() {
    let budget = Budget::new(10);
    let takes = Duration::from_millis(100);
    let answers = [Some(FAILED), Some(ErrorKind::Timeout), None];
    let (number, result, log) = attempts(&limits(&budget, false), takes, &answers).await;
    assert_eq!((number, result), (3, Ok(())));
    // The waits are 125 and 250 milliseconds. The last attempt has all the remaining time.
    assert_eq!(log, [(0, 10), (225, 10), (575, 29)]);
}

#[tokio::test(start_paused = true)]
async fn a_read_fails_after_its_retries() {
    let budget = Budget::new(10);
    let (number, result, log) =
        attempts(&limits(&budget, false), Duration::ZERO, &[Some(FAILED)]).await;
    assert_eq!((number, result, log.len()), (3, Err(FAILED), 3));
}

#[tokio::test(start_paused = true)]
async fn a_write_is_retried_until_it_may_have_been_sent() {
    let budget = Budget::new(10);
    let answers = [Some(ErrorKind::Connect), Some(ErrorKind::Timeout), None];
    let (number, result, log) =
        attempts(&limits(&budget, true), Duration::from_secs(1), &answers).await;
    assert_eq!((number, result), (2, Err(ErrorKind::Timeout)));
    assert_eq!(log, [(0, 30), (1125, 28)]);
}

#[tokio::test(start_paused = true)]
async fn a_write_without_a_connection_is_reported_as_not_sent() {
    let budget = Budget::new(10);
    let takes = Duration::from_secs(10);
    let result = attempts(&limits(&budget, true), takes, &[Some(ErrorKind::Connect)]).await;
    // A third attempt would have less than 10 seconds for its connection.
    assert_eq!(result, (2, Err(ErrorKind::Connect), vec![(0, 30), (10_125, 19)]));
}

#[tokio::test(start_paused = true)]
async fn the_total_timeout_covers_all_attempts() {
    let budget = Budget::new(10);
    let mut limits = limits(&budget, false);
    let patient = RetryPolicy::new(100).attempt_timeout(Duration::from_secs(12));
    limits.policy = &patient;
    let start = TokioClock.now();
    let (number, result, log) = attempts(&limits, Duration::MAX, &[Some(ErrorKind::Timeout)]).await;
    assert_eq!((number, result), (3, Err(ErrorKind::Timeout)));
    assert_eq!(log, [(0, 12), (12_125, 12), (24_375, 5)]);
    assert_eq!((TokioClock.now() - start), limits.total);
}

#[tokio::test(start_paused = true)]
async fn an_endless_total_timeout_does_not_overflow() {
    let budget = Budget::new(10);
    let limits = Limits { total: Duration::MAX, ..limits(&budget, false) };
    let (number, result, _) = attempts(&limits, Duration::ZERO, &[None]).await;
    assert_eq!((number, result), (1, Ok(())));
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_shared_and_restored_by_successful_calls() {
    let budget = Budget::new(3);
    let limits = limits(&budget, false);
    for (answer, expected) in [
        (Some(FAILED), 3), // uses two of the three retries
        (Some(FAILED), 2), // uses the last retry
        (Some(FAILED), 1),
    ] {
        let (number, result, _) = attempts(&limits, Duration::ZERO, &[answer]).await;
        assert_eq!((number, result), (expected, Err(FAILED)));
    }
    for _ in 0..10 {
        attempts(&limits, Duration::ZERO, &[None]).await.1.unwrap();
    }
    let (number, ..) = attempts(&limits, Duration::ZERO, &[Some(FAILED)]).await;
    assert_eq!(number, 2);
}

#[tokio::test(start_paused = true)]
async fn a_policy_without_retries_makes_a_single_attempt() {
    let budget = Budget::new(10);
    let limits = Limits { policy: &RetryPolicy::never(), ..limits(&budget, false) };
    for kind in [FAILED, ErrorKind::Connect, ErrorKind::Timeout] {
        let (number, result, log) = attempts(&limits, Duration::ZERO, &[Some(kind)]).await;
        assert_eq!((number, result, log), (1, Err(kind), vec![(0, 30)]));
    }
}

/// The timer counts in whole milliseconds, so a wait of 124.5 milliseconds takes 125.
#[tokio::test(start_paused = true)]
async fn a_write_whose_wait_took_too_long_is_not_retried() {
    let budget = Budget::new(10);
    let total = Duration::from_micros(10_124_700);
    let limits = Limits { total, clock: &Even(0.498), ..limits(&budget, true) };
    let (number, result, log) =
        attempts(&limits, Duration::ZERO, &[Some(ErrorKind::Connect)]).await;
    assert_eq!((number, result, log.len()), (1, Err(ErrorKind::Connect), 1));
}
