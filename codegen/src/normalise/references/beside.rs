//! What may stand beside a reference to a schema, and what it means there.

use crate::{Entry, Node};

/// What the siblings of a `$ref` in a schema mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Siblings {
    /// OpenAPI 3.0: nothing, though what only describes is meant.
    Ignored,
    /// OpenAPI 3.1: the schema is both.
    Both,
}

/// What describes a use of a schema. It stays beside a reference, also where the specification ignores it.
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
/// What says nothing about the values.
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

/// Whether an entry beside a reference is about the place rather than about the schema.
pub(super) fn stays(entry: &Entry) -> bool {
    // `required: true` of a property is about its owner.
    describes(&entry.key) || entry.key == "required" && entry.value.as_bool().is_some()
}

/// Whether a named schema is nothing more than another name.
pub(super) fn is_alias(node: &Node, siblings: Siblings) -> bool {
    let is_bare = || {
        let keys = node.entries().iter().map(|entry| entry.key.as_str());
        keys.into_iter().all(|key| describes(key) || SAYS_NOTHING.contains(&key))
    };
    node.text("$ref").is_some() && (siblings == Siblings::Ignored || is_bare())
}
