//! Which faults and rules are valid.

use std::time::Duration;

/// All text forms of faults, as messages list them.
pub(super) const FORMS: &str = "latency=MILLISECONDS, 429, 429=SECONDS, 500, 502, 503, 504, reset, answer-lost, \
    body-cut, body-stall, broken-json";

/// The longest latency.
pub(super) const LONGEST: Duration = Duration::from_secs(600);

/// The maximum number of rules.
pub(super) const MAX_RULES: usize = 100;
