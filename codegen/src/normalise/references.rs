//! Normalises references: each points directly to a definition in `components`, or is replaced by a
//! copy of its target.
//!
//! Only the document itself is read, so a reference to another file or URL can't be resolved.

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

/// Resolves every reference. A reference that can't be resolved is replaced by a schema that
/// accepts any JSON, or the operation that contains it is marked to be left out. The document stays
/// usable in both cases, so this function currently returns no diagnostics.
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

/// Resolves references to schemas again, after a step has created named schemas that are only
/// aliases.
pub(crate) fn without_aliases(root: &mut Node, record: &mut Record) {
    schemas::resolve(root, Siblings::Ignored, record);
}
