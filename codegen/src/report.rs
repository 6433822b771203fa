//! What became of a document: what was generated, what was left out and why, and what was decided.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::normalise::record::Decision;
use crate::{Diagnostic, Span};

/// What [`generate`](crate::generate) made of a document. Its serialised form is the one of the command's `--report`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The number of operations in the document.
    pub operations: usize,
    /// How many of them the client has.
    pub generated: usize,
    /// The others, in the order of the document.
    pub omitted: Vec<Omitted>,
    /// How often each kind of decision was made.
    pub warnings: BTreeMap<&'static str, usize>,
    /// The decisions, in the order in which they were made.
    #[serde(skip)]
    pub decisions: Vec<Decision>,
}

/// An operation that the client doesn't have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Omitted {
    /// Its `operationId`, or its method and path if no method can be named after the id: `GET /orders`.
    pub operation: String,
    /// A stable name of the kind of reason, e.g. `media-type`.
    pub code: &'static str,
    /// The line of the document that the reason is in, from 1.
    pub line: u32,
    /// Why it was left out, as a sentence.
    pub reason: String,
    /// What the reason is about.
    #[serde(skip)]
    pub span: Span,
}

impl Omitted {
    /// The same as a mistake of the document.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(self.code, self.reason.as_str())
            .operation(Some(&self.operation))
            .label(self.span, "left out because of this")
    }
}

impl Report {
    /// Counts the decisions.
    pub(crate) fn with_decisions(self, decisions: Vec<Decision>) -> Report {
        let mut warnings = BTreeMap::new();
        for decision in &decisions {
            *warnings.entry(decision.code).or_default() += 1;
        }
        Report { warnings, decisions, ..self }
    }
}
