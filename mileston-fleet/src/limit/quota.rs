//! How many requests a credential may send in a window, and one process's share of them.

use std::time::Duration;

/// A maximum number of requests in any window of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quota {
    pub(super) requests: u32,
    pub(super) window: Duration,
}

impl Quota {
    /// Lengthens the window by a fraction, such as 0.02. The store counts a request when it is admitted, but the
    /// platform counts the request only when it arrives, and the delay between admission and arrival varies.
    pub(super) fn with_margin(self, margin: f64) -> Self {
        Quota { window: self.window.mul_f64(1.0 + margin), ..self }
    }

    /// Returns each process's share of the quota if `processes` processes use it. All shares together never exceed the
    /// quota.
    ///
    /// If there are more processes than requests, a share is one request in a longer window.
    pub(super) fn share(self, processes: u32) -> Self {
        let processes = processes.max(1);
        if processes <= self.requests {
            return Quota { requests: self.requests / processes, ..self };
        }
        let windows = processes.div_ceil(self.requests.max(1));
        Quota { requests: 1, window: self.window.saturating_mul(windows) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn shares_never_exceed_the_quota() {
        for requests in [1, 2, 5, 100, 10_000] {
            for processes in [0, 1, 2, 3, 7, 8, 100, 101, 20_000] {
                let share = Quota { requests, window: MINUTE }.share(processes);
                let windows = share.window.as_secs() / MINUTE.as_secs();
                let total = u64::from(share.requests) * u64::from(processes);
                assert!(share.requests >= 1);
                assert!(
                    total <= u64::from(requests) * windows,
                    "{processes} × {share:?} of {requests}"
                );
            }
        }
    }

    #[test]
    fn the_margin_lengthens_the_window() {
        let quota = Quota { requests: 100, window: MINUTE }.with_margin(0.02);
        assert_eq!(quota, Quota { requests: 100, window: Duration::from_millis(61_200) });
    }
}
