//! References: each leads directly to a definition in `components`, or what it leads to is copied to its place.
//!
//! Nothing is read but the document: a reference to another file or address leads nowhere.

mod copied;
mod local;
mod mappings;
mod pointer;
mod schemas;

#[cfg(test)]
mod tests;

use crate::{Diagnostic, Node};

use super::Record;
use pointer::Lost;

/// What the siblings of a `$ref` in a schema mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Siblings {
    /// OpenAPI 3.0: nothing, though what only describes is meant.
    Ignored,
    /// OpenAPI 3.1: the schema is both.
    Both,
}

/// Resolves every reference. What can't be resolved is any JSON, or an operation is marked to be left out; neither makes the
/// document unusable, so there are no diagnostics so far.
pub(crate) fn resolve(root: &mut Node, record: &mut Record) -> Vec<Diagnostic> {
    let siblings = match root.text("openapi") {
        Some(version) if version.starts_with("3.0") => Siblings::Ignored,
        _ => Siblings::Both,
    };
    local::absolute(root);
    copied::resolve(root, record);
    schemas::resolve(root, siblings, record);
    Vec::new()
}

/// Resolves references to schemas once more, where a step has made named schemas that are only other names.
pub(crate) fn without_aliases(root: &mut Node, record: &mut Record) {
    schemas::resolve(root, Siblings::Ignored, record);
}

impl Lost {
    /// The code of the decision about it.
    fn code(self) -> &'static str {
        match self {
            Lost::External => "external-reference",
            Lost::Missing => "unresolved-reference",
            Lost::Cycle => "reference-cycle",
        }
    }

    /// What is wrong with a reference, as the beginning of a sentence.
    fn reason(self, text: &str) -> String {
        // Only its beginning: it is text of the document.
        let shown: String = text.chars().take(200).collect();
        match self {
            Lost::External => format!("the reference `{shown}` leads out of the document"),
            Lost::Missing => format!("the reference `{shown}` leads to nothing in the document"),
            Lost::Cycle => format!("the reference `{shown}` leads back to itself"),
        }
    }
}
