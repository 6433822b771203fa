//! References: each leads directly to a definition in `components`, or what it leads to is copied to its place.
//!
//! Nothing is read but the document: a reference to another file or address leads nowhere.

mod beside;
mod copied;
mod local;
mod mappings;
mod omitted;
mod outcomes;
mod pointer;
mod schemas;

#[cfg(test)]
mod tests;

use crate::{Diagnostic, Node};

use super::Record;
use beside::Siblings;

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
