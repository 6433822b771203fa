//! Collects mdBook's warnings, because a warning means that a page has a mistake.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Runs `work`. Returns its result, and the warnings and errors that mdBook logs while `work` runs.
pub(crate) fn collect<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let warnings = Arc::<Mutex<Vec<String>>>::default();
    let result = tracing::subscriber::with_default(Collector(Arc::clone(&warnings)), work);
    let warnings = std::mem::take(&mut *warnings.lock().unwrap_or_else(PoisonError::into_inner));
    (result, warnings)
}

struct Collector(Arc<Mutex<Vec<String>>>);

impl Subscriber for Collector {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(text.0);
    }

    // There are no spans, because `enabled` accepts only events.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The message of an event.
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            // Writing to a string can't fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::collect;

    #[test]
    fn only_warnings_and_errors_are_collected() {
        let (result, warnings) = collect(|| {
            tracing::info!("building");
            tracing::warn!("unclosed tag in {}", "a.md");
            tracing::error!("no such file");
            7
        });
        assert_eq!(
            (result, &warnings[..]),
            (7, &["unclosed tag in a.md", "no such file"].map(str::to_owned)[..])
        );
    }
}
