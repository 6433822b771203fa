//! Records every `tracing` span and event of every crate as text.

#![allow(dead_code, reason = "shared by several test files, each of which uses only a part")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Level, Metadata, Subscriber};

/// A span or an event.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The id of a span, or `None` for an event.
    pub(crate) span: Option<u64>,
    pub(crate) level: Level,
    pub(crate) target: String,
    pub(crate) name: String,
    /// The fields, including values that were recorded after the span was created.
    pub(crate) fields: BTreeMap<String, String>,
}

impl Line {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}

#[derive(Clone, Default)]
pub(crate) struct Recorder {
    lines: Arc<Mutex<Vec<Line>>>,
    next: Arc<AtomicU64>,
}

impl Recorder {
    /// Records the activity of this thread until the guard is dropped.
    pub(crate) fn start() -> (Recorder, DefaultGuard) {
        let recorder = Recorder::default();
        let guard = set_default(recorder.clone());
        (recorder, guard)
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap().clone()
    }

    /// Returns only the spans and events from the runtime crate.
    pub(crate) fn ours(&self) -> Vec<Line> {
        self.lines()
            .into_iter()
            .filter(|line| line.target.starts_with("openapi_keys_runtime"))
            .collect()
    }

    fn add(&self, span: Option<u64>, metadata: &Metadata<'_>, fields: Fields) {
        self.lines.lock().unwrap().push(Line {
            span,
            level: *metadata.level(),
            target: metadata.target().to_owned(),
            name: metadata.name().to_owned(),
            fields: fields.0,
        });
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut fields = Fields::default();
        span.record(&mut fields);
        self.add(Some(id), span.metadata(), fields);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        let mut lines = self.lines.lock().unwrap();
        let line = lines.iter_mut().find(|line| line.span == Some(span.into_u64())).unwrap();
        line.fields.extend(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.add(None, event.metadata(), fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}
