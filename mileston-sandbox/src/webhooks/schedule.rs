//! The retry schedule, as pure functions of earlier attempts.

use std::time::Duration;

/// The maximum number of attempts for a delivery.
pub(crate) const MAX_ATTEMPTS: u32 = 10;
/// The number of consecutive failures before an endpoint is paused.
const FAILURES_TO_PAUSE: u32 = 3;
/// The maximum number of concurrent deliveries to one endpoint.
pub(crate) const MAX_CONCURRENT: u32 = 8;

/// The part of a delivery's state that determines the next attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Progress {
    /// The number of failed attempts.
    pub(crate) tries: u32,
    /// The number of responses with status 200.
    pub(crate) acknowledged: u32,
    /// The wait before the next attempt, or `None` if there won't be another attempt.
    pub(crate) wait: Option<Duration>,
}

/// Returns the state after an attempt. `copies` is how many more times the adversary sends the delivery after it was
/// acknowledged.
pub(crate) fn after(
    (tries, acknowledged): (u32, u32),
    succeeded: bool,
    copies: u32,
    first_wait: Duration,
) -> Progress {
    if succeeded {
        let acknowledged = acknowledged.saturating_add(1);
        let wait = (acknowledged <= copies).then_some(first_wait);
        return Progress { tries, acknowledged, wait };
    }
    let tries = tries.saturating_add(1);
    // A copy doesn't need to succeed, so it isn't retried.
    let again = acknowledged == 0 && tries < MAX_ATTEMPTS;
    Progress { tries, acknowledged, wait: again.then(|| wait(tries, first_wait)) }
}

/// Returns the wait after this many attempts: the first wait, doubled each time.
fn wait(tries: u32, first_wait: Duration) -> Duration {
    first_wait.saturating_mul(1 << tries.saturating_sub(1).min(MAX_ATTEMPTS))
}

/// Returns the number of concurrent deliveries to an endpoint after this many failed rounds.
pub(crate) fn at_once(failures: u32) -> u32 {
    if failures < FAILURES_TO_PAUSE { MAX_CONCURRENT } else { 1 }
}

/// Returns the pause for a failed endpoint. With the pause, a dead endpoint costs little even if many deliveries are
/// waiting for it.
pub(crate) fn rest(failures: u32, first_wait: Duration) -> Duration {
    match failures.checked_sub(FAILURES_TO_PAUSE) {
        None => Duration::ZERO,
        Some(more) => first_wait.saturating_mul(1 << more.min(5)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_delivery_is_tried_ten_times_in_about_nine_minutes() {
        let (mut state, mut waits) = ((0, 0), Vec::new());
        while let Progress { tries, acknowledged, wait: Some(wait) } =
            after(state, false, 0, SECOND)
        {
            state = (tries, acknowledged);
            waits.push(wait.as_secs());
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
        assert_eq!(waits.iter().sum::<u64>(), 511);
    }

    #[test]
    fn an_acknowledged_delivery_is_sent_again_only_by_the_adversary() {
        assert_eq!(after((3, 0), true, 0, SECOND).wait, None);
        let copy = after((0, 0), true, 1, SECOND);
        assert_eq!(copy, Progress { tries: 0, acknowledged: 1, wait: Some(SECOND) });
        assert_eq!(after((0, 1), true, 1, SECOND).wait, None);
        assert_eq!(after((0, 1), false, 1, SECOND).wait, None);
    }

    #[test]
    fn a_failing_endpoint_is_paused_for_longer_each_time() {
        let rests: Vec<_> = (0..10).map(|failures| rest(failures, SECOND).as_secs()).collect();
        assert_eq!(rests, [0, 0, 0, 1, 2, 4, 8, 16, 32, 32]);
        assert_eq!((at_once(2), at_once(3)), (MAX_CONCURRENT, 1));
    }
}
