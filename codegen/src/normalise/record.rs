//! Records decisions with their positions.

use std::collections::BTreeSet;

use crate::Span;

/// A decision that the generator made about something that the document leaves open or that Rust
/// can't represent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// A stable name for the kind of decision, e.g. `missing-tag`.
    pub code: &'static str,
    /// What was decided and why, as a complete sentence.
    pub message: String,
    /// The position in the document.
    pub span: Span,
}

/// The decisions about a document, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    decisions: Vec<Decision>,
    /// The decisions that [`Record::note_once`] has added.
    seen: BTreeSet<(&'static str, String)>,
}

impl Record {
    /// Adds a decision.
    pub(crate) fn note(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.decisions.push(Decision { code, message: message.into(), span });
    }

    /// Adds a decision, unless the same one has already been added.
    pub(crate) fn note_once(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        let message = message.into();
        if self.seen.insert((code, message.clone())) {
            self.note(code, span, message);
        }
    }

    /// Returns all decisions.
    pub(crate) fn into_decisions(self) -> Vec<Decision> {
        self.decisions
    }
}
