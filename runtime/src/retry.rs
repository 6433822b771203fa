//! Retries a call until it succeeds or no further retry is allowed. The `decision` module decides whether a retry is
//! allowed.

mod budget;
mod decision;
mod pause;
mod policy;

use std::time::Duration;

pub(crate) use self::budget::Budget;
use self::decision::{Failure, Next, decide};
pub(crate) use self::pause::retry_after;
pub use self::policy::RetryPolicy;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::trace;

/// The limits on the attempts of one call.
pub(crate) struct Limits<'a> {
    pub(crate) write: bool,
    pub(crate) policy: &'a RetryPolicy,
    /// The time limit for all attempts and the waits between them.
    pub(crate) total: Duration,
    /// The connect timeout.
    pub(crate) connecting: Duration,
    pub(crate) budget: &'a Budget,
    pub(crate) clock: &'a dyn Clock,
}

impl Limits<'_> {
    /// Returns how much of the call's time must remain when an attempt starts after a wait.
    ///
    /// With less time, the call's timeout could expire while a write is still waiting for its connection. The outcome
    /// would then be unknown although nothing was sent.
    pub(crate) fn needed(&self) -> Duration {
        if self.write { self.connecting } else { Duration::ZERO }
    }
}

/// One attempt to complete a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// The number of the attempt. The first is 1.
    pub(crate) number: u32,
    /// How long the attempt may take.
    pub(crate) limit: Duration,
    /// How much of the call's time remains.
    pub(crate) remaining: Duration,
}

/// Makes attempts until an attempt succeeds or no retry is allowed. Returns the number of attempts and the result of
/// the last attempt.
///
/// For a write, the error of the last attempt is enough to determine what happened: a write is retried only if the
/// previous attempt sent nothing, so only the last attempt can have had an effect.
pub(crate) async fn run<T, F>(
    limits: &Limits<'_>,
    mut attempt: impl FnMut(Attempt) -> F,
) -> (u32, Result<T, Error>)
where
    F: Future<Output = Result<T, Error>>,
{
    // The deadline is `None` if it is later than a clock can represent.
    let deadline = limits.clock.now().checked_add(limits.total);
    let remaining = || match deadline {
        Some(deadline) => deadline.saturating_sub(limits.clock.now()),
        None => Duration::MAX,
    };
    let mut number = 1;
    let mut earlier = None;
    loop {
        let remaining_now = remaining();
        if let Some(error) = earlier.take_if(|_| remaining_now <= limits.needed()) {
            // The wait took longer than requested, so too little time remains for another attempt.
            return (number - 1, Err(error));
        }
        let limit = limits.policy.attempt_limit(limits.write, number, remaining_now);
        let error = match attempt(Attempt { number, limit, remaining: remaining_now }).await {
            Ok(value) => {
                limits.budget.deposit();
                return (number, Ok(value));
            }
            // Nothing was sent, so this doesn't count as an attempt. The error of an earlier attempt takes precedence.
            Err(error) if is_before_sending(error.kind()) => {
                return (number - 1, Err(earlier.unwrap_or(error)));
            }
            Err(error) => error,
        };
        let failure = Failure {
            write: limits.write,
            kind: error.kind(),
            attempt: number,
            retry_after: error.retry_after(),
            remaining: remaining(),
            needed: limits.needed(),
            random: limits.clock.random(),
        };
        let because = match decide(limits.policy, &failure) {
            Next::RetryAfter(pause) if limits.budget.withdraw() => {
                trace::retrying(number, error.kind(), pause);
                limits.clock.sleep(pause).await;
                number += 1;
                earlier = Some(error);
                continue;
            }
            Next::RetryAfter(_) => "budget",
            Next::Stop(stop) => stop.name(),
        };
        trace::stopped(number, error.kind(), because);
        return (number, Err(error));
    }
}

/// Returns whether the rate limit or a problem with the credential made the attempt fail before anything was sent. An
/// immediate retry would fail for the same reason.
fn is_before_sending(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::RateLimited | ErrorKind::Authentication | ErrorKind::MissingCredential
    )
}

#[cfg(test)]
mod tests;
