//! A ring buffer with the newest requests.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::Entry;

/// The number of requests that are kept. Each takes up at most about 8 KiB.
const CAPACITY: usize = 500;

/// The newest requests.
#[derive(Default)]
pub(crate) struct RequestLog {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    entries: VecDeque<Entry>,
    counted: u64,
}

impl RequestLog {
    /// Adds a request and assigns its number.
    pub(super) fn add(&self, mut entry: Entry) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.counted += 1;
        entry.number = kept.counted;
        if kept.entries.len() == CAPACITY {
            kept.entries.pop_front();
        }
        kept.entries.push_back(entry);
    }

    /// Returns up to `limit` of the newest matching requests, newest first, and the total number of requests.
    pub(crate) fn newest(
        &self,
        limit: usize,
        wanted: impl Fn(&Entry) -> bool,
    ) -> (Vec<Entry>, u64) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = kept.entries.iter().rev().filter(|entry| wanted(entry));
        (newest.take(limit).cloned().collect(), kept.counted)
    }
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::LIST_INVOICES;

    use super::*;

    #[test]
    fn the_log_keeps_only_the_newest_requests() {
        let log = RequestLog::default();
        for _ in 0..CAPACITY + 20 {
            log.add(Entry::example(&LIST_INVOICES, "/invoice/", ""));
        }
        let (entries, counted) = log.newest(usize::MAX, |_| true);
        let numbers: Vec<_> = entries.iter().map(|entry| entry.number).collect();
        assert_eq!((entries.len(), counted), (CAPACITY, 520));
        assert_eq!((numbers.first(), numbers.last()), (Some(&520), Some(&21)));
        assert_eq!(log.newest(2, |entry| entry.number % 2 == 0).0.len(), 2);
    }
}
