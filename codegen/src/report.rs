//! Represents the report about a document: what was generated, what was left out and why, and what
//! was decided.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::normalise::record::Note;
use crate::{Diagnostic, Document, Span};

/// The report that [`generate`](crate::generate) makes about a document. The command's `--report`
/// option writes the report as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The number of operations in the document.
    pub operations: usize,
    /// The number of operations that are in the client.
    pub generated: usize,
    /// The operations that were left out, in document order.
    pub omitted: Vec<Omitted>,
    /// The decisions, in document order.
    pub decisions: Vec<Decision>,
}

/// A decision that the generator made about something that the document leaves open or that Rust
/// can't represent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Decision {
    /// A stable name for the kind of decision, e.g. `missing-tag`.
    pub code: &'static str,
    /// The line of the document that the decision is about, counted from 1.
    pub line: u32,
    /// What was decided and why, as a complete sentence.
    pub message: String,
    /// The position in the document that the decision is about.
    #[serde(skip)]
    pub span: Span,
}

/// An operation that was left out of the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Omitted {
    /// The operation's `operationId`, if it is unique and can be a method name. Otherwise, this is
    /// the HTTP method and the path: `GET /orders`.
    pub operation: String,
    /// A stable name for the kind of reason, e.g. `media-type`.
    pub code: &'static str,
    /// The line of the document that causes the omission, counted from 1.
    pub line: u32,
    /// Why the operation was left out, as a sentence.
    pub reason: String,
    /// The part of the document that causes the omission.
    #[serde(skip)]
    pub span: Span,
}

impl Omitted {
    /// Returns the omission as an error that points at its cause in the document.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(self.code, self.reason.as_str())
            .operation(Some(&self.operation))
            .label(self.span, "left out because of this")
    }
}

impl Report {
    /// Returns the number of decisions with each code.
    pub fn decision_counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for decision in &self.decisions {
            *counts.entry(decision.code).or_default() += 1;
        }
        counts
    }

    /// Adds the decisions, with their lines in the document.
    pub(crate) fn with_decisions(mut self, notes: Vec<Note>, document: &Document) -> Report {
        let decision = |Note { code, message, span }| Decision {
            code,
            line: document.line_column(span.start).0,
            message,
            span,
        };
        self.decisions = notes.into_iter().map(decision).collect();
        self.decisions.sort_by_key(|decision| decision.span);
        self
    }
}
