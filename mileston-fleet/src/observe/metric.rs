//! The metrics. Their names follow OpenTelemetry's conventions.

/// A metric of this crate.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// The name, such as `mileston.fleet.limit.requests`.
    pub name: &'static str,
    /// The unit in UCUM, such as `s` or `{request}`.
    pub unit: &'static str,
    /// One sentence about the metric.
    pub description: &'static str,
    /// How the metric's values are recorded.
    pub instrument: Instrument,
}

/// How the values of a metric are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instrument {
    /// Each value is added to the total.
    Counter,
    /// Each value replaces the previous one.
    Gauge,
}

/// A value of a metric.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Measurement {
    /// The metric that this value belongs to.
    pub metric: &'static Metric,
    /// The value to add or to set.
    pub value: f64,
    /// The names and values of the attributes. There are only a few distinct values, and none of them identifies a
    /// person.
    pub attributes: Vec<(&'static str, &'static str)>,
}

impl Measurement {
    pub(super) fn new(metric: &'static Metric, value: f64) -> Self {
        Measurement { metric, value, attributes: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.attributes.push((name, value));
        self
    }
}

/// All metrics in which this crate's events are recorded.
pub const METRICS: [&Metric; 8] =
    [&REQUESTS, &INCOMPLETE, &STORE_ERRORS, &DELIVERIES, &WRITES, &PENDING, &OLDEST, &NEEDS_PERSON];

pub(super) static REQUESTS: Metric = Metric {
    name: "mileston.fleet.limit.requests",
    unit: "{request}",
    description: "Requests by what the shared rate limit decided: admitted, admitted_by_share, waited or refused. A \
                  request that waits is counted each time it tries.",
    instrument: Instrument::Counter,
};

pub(super) static INCOMPLETE: Metric = Metric {
    name: "mileston.fleet.limit.incomplete",
    unit: "{process}",
    description: "1 while the store is unavailable or has counted requests for less than the longest window; otherwise 0.",
    instrument: Instrument::Gauge,
};

pub(super) static STORE_ERRORS: Metric = Metric {
    name: "mileston.fleet.store.errors",
    unit: "{error}",
    description: "Commands that failed, because a store rejected them, couldn't be reached or didn't respond in time.",
    instrument: Instrument::Counter,
};

pub(super) static DELIVERIES: Metric = Metric {
    name: "mileston.fleet.inbox.deliveries",
    unit: "{delivery}",
    description: "Webhook deliveries by what the inbox found: first, duplicate or busy.",
    instrument: Instrument::Counter,
};

pub(super) static WRITES: Metric = Metric {
    name: "mileston.fleet.outbox.writes",
    unit: "{write}",
    description: "Decided writes by how they ended: done, refused or needs_person.",
    instrument: Instrument::Counter,
};

pub(super) static PENDING: Metric = Metric {
    name: "mileston.fleet.outbox.pending",
    unit: "{write}",
    description: "Writes that aren't decided yet.",
    instrument: Instrument::Gauge,
};

pub(super) static OLDEST: Metric = Metric {
    name: "mileston.fleet.outbox.age",
    unit: "s",
    description: "The age of the oldest write that isn't decided yet.",
    instrument: Instrument::Gauge,
};

pub(super) static NEEDS_PERSON: Metric = Metric {
    name: "mileston.fleet.outbox.needs_person",
    unit: "{write}",
    description: "Writes that need a person.",
    instrument: Instrument::Gauge,
};

impl Metric {
    /// Returns the metric's Prometheus name, following the rules of OpenTelemetry's exporters.
    #[must_use]
    pub fn prometheus_name(&self) -> String {
        let mut name = self.name.replace('.', "_");
        // A unit in braces is only a comment, so it isn't part of the name.
        if self.unit == "s" {
            name.push_str("_seconds");
        }
        if self.instrument == Instrument::Counter {
            name.push_str("_total");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_follow_the_conventions_of_opentelemetry() {
        for metric in METRICS {
            let name = metric.name;
            assert!(name.starts_with("mileston.fleet."), "{name}");
            let allowed = |each: char| each.is_ascii_lowercase() || "._".contains(each);
            assert!(name.chars().all(allowed), "{name}");
            assert!(metric.unit == "s" || metric.unit.starts_with('{'), "{name}: {}", metric.unit);
            assert!(metric.description.ends_with('.'), "{name}");
        }
        assert_eq!(REQUESTS.prometheus_name(), "mileston_fleet_limit_requests_total");
        assert_eq!(OLDEST.prometheus_name(), "mileston_fleet_outbox_age_seconds");
    }
}
