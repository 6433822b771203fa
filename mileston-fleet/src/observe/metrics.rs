//! An observer for Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use super::event::Event;
use super::metric::{Instrument, METRICS};
use super::observer::Observer;

/// An observer that collects all measurements, and writes them in Prometheus's text format.
///
/// Register the same `Metrics` with all parts, and serve [`text`](Self::text) at `/metrics` with the content type
/// `text/plain; version=0.0.4`. The package's `grafana/mileston-fleet.json` is a dashboard for these metrics. The
/// dashboard also works with the names that OpenTelemetry's exporters give to the metrics.
///
/// ```
/// use mileston_fleet::{Event, Metrics, Observer};
///
/// let metrics = Metrics::default();
/// metrics.event(&Event::DuplicateDelivery);
/// let text = metrics.text();
/// assert!(text.contains("mileston_fleet_inbox_deliveries_total{mileston_fleet_outcome=\"duplicate\"} 1\n"));
/// ```
#[derive(Debug, Default)]
pub struct Metrics {
    /// The value of each series, by its metric's name and its labels.
    values: Mutex<BTreeMap<(&'static str, String), f64>>,
}

impl Metrics {
    /// Returns all values in Prometheus's text format.
    #[must_use]
    pub fn text(&self) -> String {
        let values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        for metric in METRICS {
            let kind = match metric.instrument {
                Instrument::Counter => "counter",
                Instrument::Gauge => "gauge",
            };
            let name = metric.prometheus_name();
            // Writing to a string can't fail.
            let _ = writeln!(text, "# HELP {name} {}\n# TYPE {name} {kind}", metric.description);
            for ((_, labels), value) in values.iter().filter(|((of, _), _)| *of == metric.name) {
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        }
        text
    }
}

impl Observer for Metrics {
    fn event(&self, event: &Event) {
        let mut values = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        for measurement in event.measurements() {
            let labels = labels(&measurement.attributes);
            let value = values.entry((measurement.metric.name, labels)).or_default();
            match measurement.metric.instrument {
                Instrument::Counter => *value += measurement.value,
                Instrument::Gauge => *value = measurement.value,
            }
        }
    }
}

/// All attribute values are words that this crate defines, so none of them needs to be escaped.
fn labels(attributes: &[(&str, &str)]) -> String {
    if attributes.is_empty() {
        return String::new();
    }
    let pairs =
        attributes.iter().map(|(name, value)| format!("{}=\"{value}\"", name.replace('.', "_")));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::StoreFailure;
    use crate::observe::Store;

    /// One event of each kind.
    fn events() -> Vec<Event> {
        let second = Duration::from_secs(1);
        vec![
            Event::Admitted { incomplete: false },
            Event::AdmittedByShare,
            Event::Delayed { wait: second, incomplete: true },
            Event::Refused,
            Event::FirstDelivery,
            Event::DuplicateDelivery,
            Event::BusyDelivery,
            Event::WriteDone,
            Event::WriteRefused,
            Event::WriteNeedsPerson,
            Event::Backlog { pending: 3, oldest: 2 * second, needs_person: 1 },
            Event::StoreFailed { store: Store::Redis, failure: StoreFailure::Timeout(second) },
        ]
    }

    #[test]
    fn counters_add_up_and_gauges_keep_the_latest_value() {
        let metrics = Metrics::default();
        for event in events().iter().chain(&events()) {
            metrics.event(event);
        }
        let text = metrics.text();
        for line in [
            "# TYPE mileston_fleet_limit_requests_total counter",
            "mileston_fleet_limit_requests_total{mileston_fleet_outcome=\"waited\"} 2",
            "mileston_fleet_limit_incomplete 1",
            "mileston_fleet_outbox_pending 3",
            "mileston_fleet_outbox_age_seconds 2",
            "mileston_fleet_store_errors_total{db_system_name=\"redis\",error_type=\"timeout\"} 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} isn't in\n{text}");
        }
    }

    #[test]
    fn the_dashboard_shows_each_metric_and_no_other() {
        let dashboard: serde_json::Value =
            serde_json::from_str(include_str!("../../grafana/mileston-fleet.json")).unwrap();
        let panels = dashboard["panels"].as_array().unwrap();
        let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
        let queries: Vec<&str> = targets.map(|target| target["expr"].as_str().unwrap()).collect();
        let mut queried: Vec<&str> = queries
            .iter()
            .flat_map(|query| query.split(|next: char| !next.is_ascii_lowercase() && next != '_'))
            .filter(|word| word.starts_with("mileston_fleet_") && *word != "mileston_fleet_outcome")
            .collect();
        queried.sort_unstable();
        queried.dedup();
        // Compare with the metrics that events record, not with those that are declared.
        let metrics = Metrics::default();
        events().iter().for_each(|event| metrics.event(event));
        let text = metrics.text();
        let mut recorded: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split(['{', ' ']).next())
            .collect();
        recorded.sort_unstable();
        recorded.dedup();
        assert_eq!(queried, recorded);
        for outcome in outcomes(&queries) {
            assert!(text.contains(&format!("mileston_fleet_outcome=\"{outcome}\"")), "{outcome}");
        }
    }

    /// Returns the outcomes that queries select.
    fn outcomes<'q>(queries: &[&'q str]) -> Vec<&'q str> {
        let selected =
            queries.iter().filter_map(|query| query.split("mileston_fleet_outcome=").nth(1));
        selected.filter_map(|rest| rest.split('"').nth(1)).collect()
    }
}
