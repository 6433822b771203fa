//! The keys allowed next to a reference to a schema, and their meaning.

use crate::{Entry, Node};

/// The meaning of siblings of a `$ref` in a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Siblings {
    /// OpenAPI 3.0: ignored, except descriptions.
    Ignored,
    /// OpenAPI 3.1: both apply.
    Both,
}

/// Keys that describe a use of a schema. They are kept next to a reference, even where the
/// specification ignores them.
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
/// Keys that don't restrict the values.
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

/// Returns whether an entry next to a reference is about the place rather than the schema.
pub(super) fn stays(entry: &Entry) -> bool {
    // `required: true` of a property is about its owner.
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
