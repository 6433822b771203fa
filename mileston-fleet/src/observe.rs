//! The events that the parts of this crate report, for metrics.

mod event;
mod metric;
mod metrics;
mod observer;

pub use event::{Event, Store};
pub use metric::{Instrument, METRICS, Measurement, Metric};
pub use metrics::Metrics;
pub use observer::Observer;
pub(crate) use observer::Observers;
