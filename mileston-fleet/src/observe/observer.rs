//! Receives events.

use std::fmt;
use std::sync::Arc;

use super::event::Event;

/// Receives the events that the parts of this crate report. [`event`](Observer::event) must return quickly, because
/// requests wait for it.
///
/// [`Metrics`](super::Metrics) is an observer for Prometheus. For OpenTelemetry or another library, record the
/// [`measurements`](Event::measurements) of each event:
///
/// ```
/// use mileston_fleet::{Event, Instrument, Observer};
///
/// #[derive(Debug)]
/// struct Report;
///
/// impl Observer for Report {
///     fn event(&self, event: &Event) {
///         for measurement in event.measurements() {
///             let metric = measurement.metric;
///             match metric.instrument {
///                 // With the `opentelemetry` crate: `meter.f64_counter(metric.name)…add(…)`.
///                 Instrument::Counter => println!("{} + {}", metric.name, measurement.value),
///                 _ => println!("{} = {}", metric.name, measurement.value),
///             }
///         }
///     }
/// }
/// ```
pub trait Observer: fmt::Debug + Send + Sync {
    /// Receives an event.
    fn event(&self, event: &Event);
}

/// The observer that was registered, if any.
#[derive(Clone, Debug, Default)]
pub(crate) struct Observers(Option<Arc<dyn Observer>>);

impl Observers {
    pub(crate) fn set(&mut self, observer: Arc<dyn Observer>) {
        self.0 = Some(observer);
    }

    pub(crate) fn report(&self, event: &Event) {
        if let Some(observer) = &self.0 {
            observer.event(event);
        }
    }
}
