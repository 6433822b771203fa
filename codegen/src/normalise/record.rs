//! Records decisions with their positions.

use std::collections::BTreeSet;

use crate::Span;

/// A decision before its line is known. See [`Decision`](crate::Decision).
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) span: Span,
}

/// The decisions about a document, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    notes: Vec<Note>,
    /// The decisions that [`Record::note_once`] has added.
    seen: BTreeSet<(&'static str, String)>,
}

impl Record {
    /// Adds a decision.
    pub(crate) fn note(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.notes.push(Note { code, message: message.into(), span });
    }

    /// Adds a decision, unless the same one has already been added.
    pub(crate) fn note_once(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        let message = message.into();
        if self.seen.insert((code, message.clone())) {
            self.note(code, span, message);
        }
    }

    /// Returns all decisions.
    pub(crate) fn into_notes(self) -> Vec<Note> {
        self.notes
    }
}
