//! Converts the keywords of JSON Schema 2020-12 that OpenAPI 3.0 doesn't have.

use crate::normalise::Record;
use crate::normalise::operations::files;
use crate::normalise::operations::media::Media;
use crate::{Entry, Node, Value};

/// The keywords that don't affect which values are valid.
const SILENT: &[&str] = &[
    "$schema",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$comment",
    "$vocabulary",
    "$defs",
    "definitions",
    "contentSchema",
];

/// The rules that no Rust type can represent. The server enforces them.
const RULES: &[&str] = &[
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "unevaluatedItems",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
];

pub(super) fn lower(node: &mut Node, record: &mut Record) {
    boolean(node, record);
    inner_booleans(node);
    node.retain(|entry| !SILENT.contains(&entry.key.as_str()));
    dynamic_reference(node, record);
    patterns(node, record);
    unevaluated(node);
    tuple(node, record);
    constant(node);
    examples(node);
    exclusive(node);
    content(node);
    let rules: Vec<String> = node
        .entries()
        .iter()
        .filter(|entry| RULES.contains(&entry.key.as_str()))
        .map(|entry| format!("`{}`", entry.key))
        .collect();
    if !rules.is_empty() {
        node.retain(|entry| !RULES.contains(&entry.key.as_str()));
        let message = format!(
            "The client doesn't check {} of a schema, because the server does.",
            rules.join(", ")
        );
        record.note("schema-constraint", node.span, message);
    }
}

/// Replaces a boolean schema with one that accepts any JSON. Records a note if the schema is
/// `false`, which accepts no value.
fn boolean(node: &mut Node, record: &mut Record) {
    if node.as_bool() == Some(false) {
        let message =
            "A schema that no value matches is treated as a schema that accepts any JSON.";
        record.note("false-schema", node.span, message);
    }
    if node.as_bool().is_some() {
        node.value = Value::Mapping(Vec::new());
    }
}

/// Replaces or removes boolean schemas in keywords that accept only mappings in 3.0.
/// `additionalProperties` isn't changed, because it may also be a boolean in 3.0.
fn inner_booleans(node: &mut Node) {
    for key in ["items", "not"] {
        if let Some(inner) = node.get_mut(key).filter(|inner| inner.as_bool() == Some(true)) {
            inner.value = Value::Mapping(Vec::new());
        }
    }
    // `items: false` allows only the items that `prefixItems` describes.
    if node.get("items").and_then(Node::as_bool) == Some(false) {
        node.remove("items");
    }
    if node.get("not").and_then(Node::as_bool).is_some() {
        node.remove("not");
    }
}

fn dynamic_reference(node: &mut Node, record: &mut Record) {
    for key in ["$dynamicRef", "$recursiveRef"] {
        if let Some(entry) = node.remove(key) {
            let message = format!(
                "`{key}` in a schema is treated as a reference to a schema that accepts any JSON."
            );
            record.note("unresolved-reference", entry.key_span, message);
        }
    }
}

/// Treats properties whose names match a pattern as additional properties.
fn patterns(node: &mut Node, record: &mut Record) {
    let Some(entry) = node.remove("patternProperties") else { return };
    let mut values: Vec<Node> = entry.value.entries().iter().map(|it| it.value.clone()).collect();
    if let Some(other) = node.get("additionalProperties").filter(|it| it.as_bool() != Some(false)) {
        values.push(other.clone());
    }
    let span = entry.value.span;
    let value = match common(values) {
        Some(schema) => schema,
        None => {
            let message = "Properties whose names match a pattern can be any JSON, because their schemas differ.";
            record.note("pattern-properties", entry.key_span, message);
            Node::at(span, Value::Mapping(Vec::new()))
        }
    };
    node.set("additionalProperties", value);
}

/// Returns the first schema if it is a mapping and all other schemas are equal to it.
fn common(schemas: Vec<Node>) -> Option<Node> {
    let mut schemas = schemas.into_iter();
    let first = schemas.next()?;
    let json = first.to_json();
    let is_schema = first.is_mapping() && schemas.all(|other| other.to_json() == json);
    is_schema.then_some(first)
}

/// Turns `unevaluatedProperties` into `additionalProperties` if its value is a mapping and there is
/// no `additionalProperties` yet. Otherwise, removes it. The two keywords differ only in
/// compositions.
fn unevaluated(node: &mut Node) {
    let Some(Entry { value, .. }) = node.remove("unevaluatedProperties") else { return };
    if !node.has("additionalProperties") && value.is_mapping() {
        node.set("additionalProperties", value);
    }
}

/// Replaces `prefixItems`, which has a schema for each position, with one schema for all items.
fn tuple(node: &mut Node, record: &mut Record) {
    let Some(entry) = node.remove("prefixItems") else { return };
    let mut items: Vec<Node> = entry.value.items().to_vec();
    items.extend(node.get("items").cloned());
    let items = common(items).unwrap_or_else(|| {
        let message =
            "The items of a list can be any JSON, because each position has its own schema.";
        record.note("prefix-items", entry.key_span, message);
        Node::at(entry.value.span, Value::Mapping(Vec::new()))
    });
    node.set("items", items);
}

fn constant(node: &mut Node) {
    let Some(Entry { value, .. }) = node.remove("const") else { return };
    node.set("enum", Node::list_at(value.span, vec![value]));
}

fn examples(node: &mut Node) {
    // In a schema, `examples` is a list. In other places, it is a mapping.
    let Some(Entry { value, .. }) = node.remove("examples") else { return };
    if let (Some(first), false) = (value.items().first(), node.has("example")) {
        node.set("example", first.clone());
    }
}

/// Turns `exclusiveMinimum: 1` into `minimum: 1` and `exclusiveMinimum: true`, and handles
/// `exclusiveMaximum` in the same way.
fn exclusive(node: &mut Node) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(value) = node.get(exclusive) else { continue };
        if let Value::Number(number) = &value.value {
            let (span, number) = (value.span, number.clone());
            node.set(exclusive, Node::bool_at(span, true));
            node.set(bound, Node::at(span, Value::Number(number)));
        }
    }
}

/// Converts `contentEncoding` and `contentMediaType` to a `format`, as in 3.0.
fn content(node: &mut Node) {
    let encoding = node.remove("contentEncoding");
    let media = node.remove("contentMediaType");
    if node.has("format") {
        return;
    }
    let format = match (&encoding, &media) {
        (Some(encoding), _) => match encoding.value.as_str() {
            Some("base64" | "base64url") => "byte",
            Some("binary") => "binary",
            _ => return,
        },
        // Text and JSON can be read as a string. Any other content is bytes, e.g. a picture in a
        // form.
        (None, Some(media)) => match media.value.as_str() {
            Some(name) if Media::of(name) == Media::Bytes => {
                node.set(files::MEDIA_TYPE, media.value.clone());
                "binary"
            }
            _ => return,
        },
        (None, None) => return,
    };
    let span = encoding.or(media).map_or(node.span, |entry| entry.value.span);
    node.set("format", Node::text_at(span, format));
}
