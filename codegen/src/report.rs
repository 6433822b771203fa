//! Represents the report about a document: what was generated, what was left out and why, and what
//! was decided.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::normalise::record::Decision;
use crate::{Diagnostic, Span};

/// The report that [`generate`](crate::generate) makes about a document. The command's `--report`
/// option writes the report in its serialised form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The number of operations in the document.
    pub operations: usize,
    /// The number of operations that are in the client.
    pub generated: usize,
    /// The operations that were left out, in the order of the document.
    pub omitted: Vec<Omitted>,
    /// How many times each kind of decision was made.
    pub warnings: BTreeMap<&'static str, usize>,
    /// The decisions, in the order in which they were made.
    #[serde(skip)]
    pub decisions: Vec<Decision>,
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
    /// Returns the omission as an error in the document.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(self.code, self.reason.as_str())
            .operation(Some(&self.operation))
            .label(self.span, "left out because of this")
    }
}

impl Report {
    /// Adds the decisions, and counts them.
    pub(crate) fn with_decisions(self, decisions: Vec<Decision>) -> Report {
        let mut warnings = BTreeMap::new();
        for decision in &decisions {
            *warnings.entry(decision.code).or_default() += 1;
        }
        Report { warnings, decisions, ..self }
    }
}
