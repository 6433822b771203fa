//! Defines the keys that are allowed next to a reference to a schema, and their meaning.

use crate::{Entry, Node};

/// The meaning of the keys next to a `$ref` in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Siblings {
    /// OpenAPI 3.0: these keys are ignored, except those in [`DESCRIBES`].
    Ignored,
    /// OpenAPI 3.1: these keys apply together with the reference.
    Both,
}

/// The keys that describe a use of a schema. They are kept next to a reference, even in OpenAPI
/// 3.0, which requires tools to ignore all such keys.
const DESCRIBES: &[&str] = &[
    "description",
    "deprecated",
    "nullable",
    "example",
    "examples",
    "readOnly",
    "writeOnly",
    "title",
    "default",
];
/// The keys that don't restrict a schema's values.
pub(super) const SAYS_NOTHING: &[&str] = &[
    "$ref",
    "$defs",
    "definitions",
    "$comment",
    "$id",
    "$schema",
    "$anchor",
    "externalDocs",
    "summary",
    "xml",
];

pub(super) fn describes(key: &str) -> bool {
    DESCRIBES.contains(&key) || key.starts_with("x-")
}

/// Returns whether an entry next to a reference describes this use of the schema, not the schema
/// itself.
pub(super) fn stays(entry: &Entry) -> bool {
    // `required: true` on a property applies to the object that has the property.
    describes(&entry.key) || entry.key == "required" && entry.value.as_bool().is_some()
}

/// Returns whether a named schema is only an alias.
pub(super) fn is_alias(node: &Node, siblings: Siblings) -> bool {
    let is_bare = || {
        let keys = node.entries().iter().map(|entry| entry.key.as_str());
        keys.into_iter().all(|key| describes(key) || SAYS_NOTHING.contains(&key))
    };
    node.text("$ref").is_some() && (siblings == Siblings::Ignored || is_bare())
}
