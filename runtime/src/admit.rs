//! Waits until a client's governor admits an attempt. Fails if the call has too little time for the wait.

use std::time::Duration;

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::eventually::Eventually;
use crate::governor::{Admission, Ask, Governor};
use crate::operation::Operation;
use crate::retry::Attempt;
use crate::timer::Timer;
use crate::trace;

/// Waits for admission, and returns the attempt's time limit, or the time that remains for the call if that is less.
/// The wait counts towards the call's timeout but not towards the attempt's limit.
///
/// `needed` is how much of the call's time must remain after a wait. For a write, it is the connect timeout.
pub(crate) async fn admission(
    governor: &dyn Governor,
    clock: &dyn Clock,
    operation: &'static Operation,
    attempt: Attempt,
    needed: Duration,
) -> Result<Duration, Error> {
    let started = clock.now();
    let mut waited = false;
    // The waits are also added up here, so the loop terminates even if the clock stops or runs backwards.
    let mut slept = Duration::ZERO;
    let left = |now: Duration, slept: Duration| {
        attempt.remaining.saturating_sub(now.saturating_sub(started).max(slept))
    };
    loop {
        let now = clock.now();
        let time_left = left(now, slept);
        let ask = Ask { operation, attempt: attempt.number, time_left, needed, now };
        let admission = match governor.admit(ask) {
            Eventually::Now(admission) => admission,
            Eventually::Later(mut future) => {
                waited = true;
                let mut timer = Timer::new(clock, time_left);
                timer.bound(future.as_mut()).await.ok_or_else(late)?
            }
        };
        // The governor may have taken time to decide, and the sleep may have been longer than requested.
        let remaining = left(clock.now(), slept);
        let ask = Ask { time_left: remaining, ..ask };
        let pause = match admission {
            // The wait used up the time that the request needs. If the call had too little time even before the wait,
            // it is admitted, because it would also be sent without a governor.
            Admission::Now if waited && attempt.remaining > needed && remaining <= needed => {
                return Err(late());
            }
            Admission::Now => return Ok(attempt.limit.min(remaining)),
            Admission::After(pause) if ask.can_wait(pause) => pause,
            Admission::After(pause) if pause < remaining => return Err(too_late(pause)),
            Admission::After(pause) | Admission::Refuse(pause) => return Err(limited(pause)),
        };
        trace::held_back(pause);
        // The pause is at least a millisecond so that a governor that returns zero isn't polled in a busy loop.
        let pause = pause.max(Duration::from_millis(1));
        clock.sleep(pause).await;
        slept = slept.saturating_add(pause);
        waited = true;
    }
}

/// Returns the error for a call that has time for the wait, but not for a connection after it.
fn too_late(pause: Duration) -> Error {
    Error::new(ErrorKind::RateLimited)
        .with_detail(format!(
            "this client's rate limit allows no request for {} seconds, and after that wait, a write \
             would have too little time to connect: raise `total_timeout`, or retry later",
            seconds(pause)
        ))
        .with_retry_after(pause)
}

/// Returns the seconds with one decimal place. This function doesn't use a float, because formatting a float adds 14 kB
/// to a WebAssembly module.
fn seconds(pause: Duration) -> String {
    let tenths = (pause.subsec_millis() + 50) / 100;
    let whole = pause.as_secs().saturating_add(u64::from(tenths / 10));
    format!("{whole}.{}", tenths % 10)
}

fn late() -> Error {
    Error::new(ErrorKind::RateLimited)
        .with_detail(
            "waiting for this client's rate limit left too little time for the call: raise `total_timeout`, or retry \
             later",
        )
        .with_retry_after(Duration::ZERO)
}

fn limited(pause: Duration) -> Error {
    Error::new(ErrorKind::RateLimited)
        .with_detail(format!(
            "this client's rate limit allows no request for {} seconds: retry after that time",
            seconds(pause)
        ))
        .with_retry_after(pause)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::clock::TokioClock;
    use crate::eventually::Eventually;
    use crate::outcome::Outcome;
    use crate::rate_limit::RateLimit;
    use crate::testing::GET;

    fn attempt(remaining: u64) -> Attempt {
        let remaining = Duration::from_secs(remaining);
        Attempt { number: 1, limit: Duration::from_secs(10).min(remaining), remaining }
    }

    async fn admission(
        governor: &dyn Governor,
        operation: &'static Operation,
        attempt: Attempt,
        needed: Duration,
    ) -> Result<Duration, Error> {
        super::admission(governor, &TokioClock, operation, attempt, needed).await
    }

    /// Returns the second in which each request is admitted.
    async fn admitted(limit: &RateLimit, requests: usize) -> Vec<u64> {
        let start = TokioClock.now();
        let mut seconds = Vec::new();
        for _ in 0..requests {
            admission(limit, &GET, attempt(1_000_000), Duration::ZERO).await.unwrap();
            seconds.push((TokioClock.now() - start).as_secs());
        }
        seconds
    }

    #[test]
    fn seconds_have_one_decimal() {
        for (milliseconds, expected) in
            [(0, "0.0"), (49, "0.0"), (50, "0.1"), (1949, "1.9"), (1951, "2.0"), (61_000, "61.0")]
        {
            assert_eq!(seconds(Duration::from_millis(milliseconds)), expected);
        }
        seconds(Duration::MAX);
    }

    #[tokio::test(start_paused = true)]
    async fn every_quota_holds_in_any_time_span() {
        let limit = RateLimit::new(2, Duration::from_secs(10)).and(3, Duration::from_secs(60));
        assert_eq!(admitted(&limit, 7).await, [0, 0, 10, 60, 60, 70, 120]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_counts_towards_the_call_and_not_the_attempt() {
        let limit = RateLimit::new(1, Duration::from_secs(25));
        assert_eq!(
            admission(&limit, &GET, attempt(30), Duration::ZERO).await.unwrap().as_secs(),
            10
        );
        let left = admission(&limit, &GET, attempt(30), Duration::ZERO).await.unwrap();
        assert_eq!(left, Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_cannot_wait_fails_with_the_time_until_admission() {
        let limit = RateLimit::new(1, Duration::from_secs(60));
        admission(&limit, &GET, attempt(30), Duration::ZERO).await.unwrap();
        let start = TokioClock.now();
        let error = admission(&limit, &GET, attempt(60), Duration::ZERO).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::RateLimited, Outcome::NotSent));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        let hasty = RateLimit::new(0, Duration::from_secs(60)).fail_fast();
        admission(&hasty, &GET, attempt(1000), Duration::ZERO).await.unwrap();
        let error = admission(&hasty, &GET, attempt(1000), Duration::ZERO).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert_eq!((TokioClock.now() - start), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_leaves_enough_time_for_the_request() {
        let needed = Duration::from_secs(10);
        for (span, kind) in [(20, Some(ErrorKind::RateLimited)), (19, None)] {
            let limit = RateLimit::new(1, Duration::from_secs(span));
            // If there is no wait, the request is admitted, however little time is left.
            admission(&limit, &GET, attempt(1), needed).await.unwrap();
            let start = TokioClock.now();
            let second = admission(&limit, &GET, attempt(30), needed).await;
            assert_eq!(second.err().map(|error| error.kind()), kind);
            assert_eq!((TokioClock.now() - start).as_secs(), if kind.is_some() { 0 } else { span });
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_whose_wait_took_too_long_fails() {
        /// A governor that requests a wait of 999.5 milliseconds. The wait takes a whole second, because the timer
        /// counts in whole milliseconds.
        struct Slow(Mutex<bool>);
        impl Governor for Slow {
            fn admit<'a>(&'a self, _: Ask) -> Eventually<'a, Admission> {
                let asked = std::mem::replace(&mut *self.0.lock().unwrap(), true);
                Eventually::Now(match asked {
                    true => Admission::Now,
                    false => Admission::After(Duration::from_micros(999_500)),
                })
            }
        }
        let slow = Slow(Mutex::new(false));
        let needed = Duration::from_micros(11_000_400);
        let error = admission(&slow, &GET, attempt(12), needed).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimited, Some(Duration::ZERO))
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_governor_that_returns_zero_is_not_polled_in_a_busy_loop() {
        struct Zero(Mutex<u32>);
        impl Governor for Zero {
            fn admit<'a>(&'a self, _: Ask) -> Eventually<'a, Admission> {
                *self.0.lock().unwrap() += 1;
                Eventually::Now(Admission::After(Duration::ZERO))
            }
        }
        let zero = Arc::new(Zero(Mutex::new(0)));
        let error = admission(&zero, &GET, attempt(1), Duration::ZERO).await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::ZERO));
        assert!(*zero.0.lock().unwrap() <= 1001);
    }

    /// A governor that waits for the duration `takes` before it decides. The governor counts each request before
    /// admitting it.
    struct Remote {
        takes: Duration,
        counted: Mutex<u32>,
    }

    impl Governor for Remote {
        fn admit<'a>(&'a self, _: Ask) -> Eventually<'a, Admission> {
            Eventually::later(async move {
                tokio::time::sleep(self.takes).await;
                *self.counted.lock().unwrap() += 1;
                Admission::Now
            })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_governors_decision_time_counts_towards_the_call() {
        let remote = Remote { takes: Duration::from_secs(3), counted: Mutex::new(0) };
        let left = admission(&remote, &GET, attempt(5), Duration::ZERO).await.unwrap();
        assert_eq!(left, Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_is_not_started_if_the_governor_left_too_little_time() {
        let remote = Remote { takes: Duration::from_secs(3), counted: Mutex::new(0) };
        let error = admission(&remote, &GET, attempt(5), Duration::from_secs(2)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RateLimited);
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_that_had_too_little_time_from_the_start_is_admitted() {
        let remote = Remote { takes: Duration::from_millis(1), counted: Mutex::new(0) };
        let left = admission(&remote, &GET, attempt(5), Duration::from_secs(10)).await.unwrap();
        assert_eq!(left, Duration::from_millis(4999));
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_times_out_if_the_governor_never_decides() {
        let remote = Remote { takes: Duration::from_secs(3600), counted: Mutex::new(0) };
        let start = TokioClock.now();
        let error = admission(&remote, &GET, attempt(5), Duration::ZERO).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::RateLimited, Outcome::NotSent));
        assert_eq!((TokioClock.now() - start).as_secs(), 5);
        // The governor's future was dropped, so it admitted nothing.
        tokio::time::sleep(Duration::from_secs(7200)).await;
        assert_eq!(*remote.counted.lock().unwrap(), 0);
    }
}
