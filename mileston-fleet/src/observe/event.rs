//! What the parts of this crate report to an observer.

use std::time::Duration;

use super::metric::{
    DELIVERIES, INCOMPLETE, Measurement, NEEDS_PERSON, OLDEST, PENDING, REQUESTS, STORE_ERRORS,
    WRITES,
};
use crate::StoreFailure;

/// What a part of this crate did.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A rate limit: the store counted the request, so the request may be sent.
    Admitted {
        /// Whether the store has counted requests for less than the longest window, for example because it was emptied.
        /// If so, the request is within this process's share as well.
        incomplete: bool,
    },
    /// A rate limit: the store is unavailable, but the request is within this process's share and may be sent.
    AdmittedByShare,
    /// A rate limit: the request has to wait.
    Delayed {
        /// The time until the request can be admitted.
        wait: Duration,
        /// Whether the request may have to wait because of this process's share. The share applies while the store is
        /// unavailable, or has counted requests for less than the longest window.
        incomplete: bool,
    },
    /// A rate limit: the request was refused because the store is unavailable.
    Refused,
    /// An inbox: nobody has processed this delivery.
    FirstDelivery,
    /// An inbox: the delivery was processed before.
    DuplicateDelivery,
    /// An inbox: another process is processing the delivery.
    BusyDelivery,
    /// An outbox: the platform executed a write.
    WriteDone,
    /// An outbox: the platform or the client rejected a write.
    WriteRefused,
    /// An outbox: a person has to find out what happened to a write.
    WriteNeedsPerson,
    /// An outbox: its backlog.
    Backlog {
        /// The number of undecided writes. Their outcome isn't known yet.
        pending: u64,
        /// The age of the oldest of these writes; zero if there are none.
        oldest: Duration,
        /// The number of writes that need a person.
        needs_person: u64,
    },
    /// A store failed.
    StoreFailed {
        /// The store that failed.
        store: Store,
        /// How the store failed.
        failure: StoreFailure,
    },
}

/// A kind of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Store {
    /// Redis or Valkey.
    Redis,
    /// PostgreSQL.
    Postgres,
}

impl Store {
    /// Returns the value of `db.system.name` in OpenTelemetry's conventions.
    fn name(self) -> &'static str {
        match self {
            Store::Redis => "redis",
            Store::Postgres => "postgresql",
        }
    }
}

/// The name of the attribute for the outcome.
const OUTCOME: &str = "mileston.fleet.outcome";

impl Event {
    /// Returns the measurements to record for this event.
    #[must_use]
    pub fn measurements(&self) -> Vec<Measurement> {
        let counted = |metric, outcome| Measurement::new(metric, 1.0).with(OUTCOME, outcome);
        let incomplete = |is: bool| Measurement::new(&INCOMPLETE, f64::from(u8::from(is)));
        match self {
            Event::Admitted { incomplete: is } => {
                vec![counted(&REQUESTS, "admitted"), incomplete(*is)]
            }
            Event::AdmittedByShare => {
                vec![counted(&REQUESTS, "admitted_by_share"), incomplete(true)]
            }
            Event::Delayed { incomplete: is, .. } => {
                vec![counted(&REQUESTS, "waited"), incomplete(*is)]
            }
            Event::Refused => vec![counted(&REQUESTS, "refused"), incomplete(true)],
            Event::FirstDelivery => vec![counted(&DELIVERIES, "first")],
            Event::DuplicateDelivery => vec![counted(&DELIVERIES, "duplicate")],
            Event::BusyDelivery => vec![counted(&DELIVERIES, "busy")],
            Event::WriteDone => vec![counted(&WRITES, "done")],
            Event::WriteRefused => vec![counted(&WRITES, "refused")],
            Event::WriteNeedsPerson => vec![counted(&WRITES, "needs_person")],
            Event::Backlog { pending, oldest, needs_person } => vec![
                Measurement::new(&PENDING, number(*pending)),
                Measurement::new(&OLDEST, oldest.as_secs_f64()),
                Measurement::new(&NEEDS_PERSON, number(*needs_person)),
            ],
            Event::StoreFailed { store, failure } => {
                let kind = match failure {
                    StoreFailure::Timeout(_) => "timeout",
                    StoreFailure::Error(_) => "_OTHER",
                };
                let failed = Measurement::new(&STORE_ERRORS, 1.0);
                vec![failed.with("db.system.name", store.name()).with("error.type", kind)]
            }
        }
    }
}

/// Metrics are floating-point numbers, which are exact for any number of rows that a table can have.
#[allow(clippy::cast_precision_loss, reason = "exact to 2^53")]
fn number(count: u64) -> f64 {
    count as f64
}
