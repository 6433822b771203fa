//! Decides whether and when a failed attempt is retried. Pure.

use std::time::Duration;

use super::policy::RetryPolicy;
use crate::error::ErrorKind;

/// Everything that the decision depends on.
pub(crate) struct Failure {
    pub(crate) write: bool,
    pub(crate) kind: ErrorKind,
    /// The number of the attempt that failed. The first is 1.
    pub(crate) attempt: u32,
    /// The wait that the response requests.
    pub(crate) retry_after: Option<Duration>,
    /// How much of the call's time remains.
    pub(crate) remaining: Duration,
    /// How much of the call's time must remain after the wait.
    pub(crate) needed: Duration,
    /// A number from 0 (inclusive) to 1 (exclusive), which selects the wait within its range.
    pub(crate) random: f64,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    RetryAfter(Duration),
    Stop(Stop),
}

/// The reason why there is no further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Failures of this kind are not retried.
    Kind,
    /// This was the last attempt that the policy allows.
    Attempts,
    /// The response requests a longer wait than the policy allows.
    RetryAfter,
    /// Too little of the call's time would remain after the wait.
    Time,
}

impl Stop {
    pub(super) fn name(self) -> &'static str {
        match self {
            Stop::Kind => "kind",
            Stop::Attempts => "attempts",
            Stop::RetryAfter => "retry_after",
            Stop::Time => "time",
        }
    }
}

pub(crate) fn decide(policy: &RetryPolicy, failure: &Failure) -> Next {
    if !may_repeat(failure.write, failure.kind) {
        return Next::Stop(Stop::Kind);
    }
    if failure.attempt >= policy.max_attempts() {
        return Next::Stop(Stop::Attempts);
    }
    let asked = failure.retry_after.unwrap_or_default();
    if asked > policy.longest_retry_after() {
        return Next::Stop(Stop::RetryAfter);
    }
    // The requested wait is the minimum, and jitter is added to it. Otherwise all clients that were rejected at the
    // same time would retry at the same time.
    let pause = asked.saturating_add(part(policy.longest_delay(failure.attempt), failure.random));
    if pause.saturating_add(failure.needed) >= failure.remaining {
        return Next::Stop(Stop::Time);
    }
    Next::RetryAfter(pause)
}

/// Returns whether another attempt is harmless and may succeed.
///
/// A write may be retried only if nothing was sent, and only a failed connection proves that. A 429 or 503 isn't
/// enough, because a proxy may have sent that status for a request that reached the server.
fn may_repeat(write: bool, kind: ErrorKind) -> bool {
    match kind {
        ErrorKind::Connect => true,
        _ if write => false,
        ErrorKind::Timeout
        | ErrorKind::Interrupted
        | ErrorKind::BodyCut
        // If the length is unknown, a truncated body is noticed only when its JSON is parsed.
        | ErrorKind::JsonCut => true,
        ErrorKind::Refused(status) => matches!(status.as_u16(), 408 | 429),
        // 500 is included because frameworks send it for anything unexpected, including a lost database connection.
        ErrorKind::Failed(status) => matches!(status.as_u16(), 500 | 502 | 503 | 504),
        // The same request would probably fail in the same way. If there is no response in a browser, the cause may be
        // CORS rules or a Content-Security-Policy, which would also apply to a retry.
        _ => false,
    }
}

fn part(whole: Duration, random: f64) -> Duration {
    Duration::try_from_secs_f64(whole.as_secs_f64() * random).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;

    const READ: bool = false;
    const WRITE: bool = true;

    fn failure(write: bool, kind: ErrorKind) -> Failure {
        let remaining = Duration::from_secs(30);
        let needed = if write { Duration::from_secs(10) } else { Duration::ZERO };
        Failure { write, kind, attempt: 1, retry_after: None, remaining, needed, random: 0.5 }
    }

    #[track_caller]
    fn check(failure: Failure, expected: Next) {
        assert_eq!(decide(&RetryPolicy::default(), &failure), expected);
    }

    fn is_repeated(write: bool, kind: ErrorKind) -> bool {
        match decide(&RetryPolicy::default(), &failure(write, kind)) {
            Next::RetryAfter(_) => true,
            Next::Stop(stop) => {
                assert_eq!(stop, Stop::Kind);
                false
            }
        }
    }

    fn of_status(status: u16) -> Option<ErrorKind> {
        ErrorKind::of_status(StatusCode::from_u16(status).unwrap())
    }

    #[test]
    fn a_write_is_retried_only_without_a_connection() {
        assert!(is_repeated(WRITE, ErrorKind::Connect));
        for kind in [
            ErrorKind::Timeout,
            ErrorKind::Interrupted,
            ErrorKind::NoResponse,
            ErrorKind::RequestBody,
            ErrorKind::BodyCut,
            ErrorKind::BodyTooLarge,
            ErrorKind::EmptyBody,
            ErrorKind::NotUtf8,
            ErrorKind::NotJson,
            ErrorKind::JsonCut,
            ErrorKind::JsonTooDeep,
            ErrorKind::Decode,
        ] {
            assert!(!is_repeated(WRITE, kind), "{kind:?}");
        }
        for status in 100..1000 {
            assert!(of_status(status).is_none_or(|kind| !is_repeated(WRITE, kind)), "{status}");
        }
    }

    #[test]
    fn a_read_is_retried_if_that_may_help() {
        for kind in [
            ErrorKind::Connect,
            ErrorKind::Timeout,
            ErrorKind::Interrupted,
            ErrorKind::BodyCut,
            ErrorKind::JsonCut,
        ] {
            assert!(is_repeated(READ, kind), "{kind:?}");
        }
        for kind in [
            ErrorKind::RequestBody,
            ErrorKind::BodyTooLarge,
            ErrorKind::EmptyBody,
            ErrorKind::NotUtf8,
            ErrorKind::WrongMediaType,
            ErrorKind::NotJson,
            ErrorKind::JsonTooDeep,
            ErrorKind::Decode,
        ] {
            assert!(!is_repeated(READ, kind), "{kind:?}");
        }
        let repeated: Vec<u16> = (100..1000)
            .filter(|&status| of_status(status).is_some_and(|kind| is_repeated(READ, kind)))
            .collect();
        assert_eq!(repeated, [408, 429, 500, 502, 503, 504]);
    }

    #[test]
    fn a_request_that_can_never_be_sent_is_not_retried() {
        for kind in [
            ErrorKind::InvalidArgument,
            ErrorKind::InvalidOrigin,
            ErrorKind::MissingCredential,
            ErrorKind::Authentication,
            ErrorKind::RateLimited,
            ErrorKind::Setup,
        ] {
            assert!(!is_repeated(READ, kind) && !is_repeated(WRITE, kind), "{kind:?}");
        }
    }

    #[test]
    fn the_wait_is_random_below_a_limit_that_doubles() {
        let policy = RetryPolicy::new(u32::MAX);
        for (attempt, random, millis) in [
            (1, 0.0, 0),
            (1, 0.5, 125),
            (2, 0.5, 250),
            (3, 0.5, 500),
            (5, 0.5, 2000),
            (6, 0.5, 2500),
            (40, 0.5, 2500),
            (u32::MAX - 1, 0.5, 2500),
        ] {
            let failure = Failure { attempt, random, ..failure(READ, ErrorKind::Timeout) };
            let expected = Next::RetryAfter(Duration::from_millis(millis));
            assert_eq!(decide(&policy, &failure), expected, "{attempt} {random}");
        }
    }

    #[test]
    fn attempts_are_limited() {
        for (attempt, expected) in [
            (2, Next::RetryAfter(Duration::from_millis(250))),
            (3, Next::Stop(Stop::Attempts)),
            (4, Next::Stop(Stop::Attempts)),
        ] {
            check(Failure { attempt, ..failure(READ, ErrorKind::Timeout) }, expected);
            check(Failure { attempt, ..failure(WRITE, ErrorKind::Connect) }, expected);
        }
        let never = decide(&RetryPolicy::never(), &failure(READ, ErrorKind::Connect));
        assert_eq!(never, Next::Stop(Stop::Attempts));
    }

    #[test]
    fn retry_after_is_the_minimum_wait_up_to_a_limit() {
        let kind = of_status(429).unwrap();
        for (seconds, expected) in [
            (0, Next::RetryAfter(Duration::from_millis(125))),
            (10, Next::RetryAfter(Duration::from_millis(10_125))),
            (11, Next::Stop(Stop::RetryAfter)),
            (u64::MAX, Next::Stop(Stop::RetryAfter)),
        ] {
            let retry_after = Some(Duration::from_secs(seconds));
            check(Failure { retry_after, ..failure(READ, kind) }, expected);
        }
    }

    #[test]
    fn a_wait_that_would_outlast_the_call_is_not_started() {
        for (millis, expected) in [
            (126, Next::RetryAfter(Duration::from_millis(125))),
            (125, Next::Stop(Stop::Time)),
            (0, Next::Stop(Stop::Time)),
        ] {
            let remaining = Duration::from_millis(millis);
            check(Failure { remaining, ..failure(READ, ErrorKind::Timeout) }, expected);
        }
    }

    #[test]
    fn a_write_is_not_started_without_time_for_its_connection() {
        for (millis, expected) in [
            (10_126, Next::RetryAfter(Duration::from_millis(125))),
            (10_125, Next::Stop(Stop::Time)),
        ] {
            let remaining = Duration::from_millis(millis);
            check(Failure { remaining, ..failure(WRITE, ErrorKind::Connect) }, expected);
        }
    }

    #[test]
    fn extreme_settings_do_not_overflow() {
        let policy = RetryPolicy::new(u32::MAX).base_delay(Duration::MAX).max_delay(Duration::MAX);
        for random in [0.0, 0.5, 1.0 - f64::EPSILON] {
            let failure = Failure { attempt: 7, random, ..failure(READ, ErrorKind::Timeout) };
            decide(&policy, &failure);
            decide(&policy, &Failure { write: true, needed: Duration::MAX, ..failure });
        }
    }
}
