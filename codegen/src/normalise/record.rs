//! What was decided, and where.

use std::collections::BTreeSet;

use crate::Span;

/// A decision of the generator about something that the document leaves open, or that Rust can't express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// A stable name of the kind of decision, e.g. `missing-tag`.
    pub code: &'static str,
    /// What was decided and why, as a sentence that stands alone.
    pub message: String,
    /// What it is about.
    pub span: Span,
}

/// The decisions about a document, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    decisions: Vec<Decision>,
    /// What is added once.
    seen: BTreeSet<(&'static str, String)>,
}

impl Record {
    /// Adds a decision.
    pub(crate) fn note(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.decisions.push(Decision { code, message: message.into(), span });
    }

    /// Adds a decision, unless the same is there already.
    pub(crate) fn note_once(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        let message = message.into();
        if self.seen.insert((code, message.clone())) {
            self.note(code, span, message);
        }
    }

    /// All decisions.
    pub(crate) fn into_decisions(self) -> Vec<Decision> {
        self.decisions
    }
}
