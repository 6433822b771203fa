//! Defines the known keywords, and the values that each of them can have.

use super::any_json;
use crate::normalise::schemas::walk::Site;
use crate::normalise::{OWN, Record};
use crate::{Node, Value};

/// The keywords that later steps use.
const KNOWN: &[&str] = &[
    "$ref",
    "type",
    "format",
    "title",
    "description",
    "default",
    "example",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "enum",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "discriminator",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Makes sure that a schema is a mapping.
pub(super) fn shape(node: &mut Node, site: &Site, record: &mut Record) {
    if node.is_mapping() {
        return;
    }
    // In OpenAPI 3.1, `true` accepts any value.
    if node.as_bool() == Some(true) {
        *node = any_json(node);
        return;
    }
    let message = format!(
        "{} is {}, not a mapping, so it accepts any JSON.",
        upper(&site.title),
        node.kind()
    );
    record.note("schema-shape", node.span, message);
    *node = any_json(node);
}

/// Fixes values of the wrong kind if the meaning is clear, and removes them otherwise.
pub(super) fn values(node: &mut Node) {
    node.retain(|entry| {
        let is_left_out = matches!(entry.value.value, Value::Null)
            && !entry.key.starts_with("x-")
            && !matches!(entry.key.as_str(), "example" | "default" | "const");
        !is_left_out && !entry.key.starts_with(OWN) && entry.key != "x-rust-type"
    });
    // Documents that were converted from OpenAPI 2.0 may still contain this extension.
    if node.is_true("x-nullable") {
        node.remove("x-nullable");
        node.set("nullable", Node::bool_at(node.span, true));
    }
    for key in ["deprecated", "nullable", "readOnly", "writeOnly", "uniqueItems"] {
        as_bool(node, key);
    }
    as_bool_or_mapping(node, "additionalProperties");
    for key in ["description", "title"] {
        as_text(node, key);
    }
    for key in ["properties", "not", "discriminator"] {
        if node.get(key).is_some_and(|value| !value.is_mapping()) {
            node.remove(key);
        }
    }
    if node.get("properties").is_some_and(|properties| properties.entries().is_empty()) {
        node.remove("properties");
    }
}

/// Wraps a single schema or value in a list if a list is expected.
pub(super) fn lists(node: &mut Node) {
    for key in ["allOf", "anyOf", "oneOf", "enum"] {
        as_list(node, key);
    }
}

fn as_bool(node: &mut Node, key: &str) {
    let Some(value) = node.get_mut(key) else { return };
    let meant = match &value.value {
        Value::Bool(_) => return,
        Value::String(text) => text.parse::<bool>().ok(),
        _ => None,
    };
    match meant {
        Some(meant) => value.value = Value::Bool(meant),
        None => drop(node.remove(key)),
    }
}

fn as_bool_or_mapping(node: &mut Node, key: &str) {
    if node.get(key).is_some_and(|value| !value.is_mapping()) {
        as_bool(node, key);
    }
}

fn as_text(node: &mut Node, key: &str) {
    let Some(value) = node.get_mut(key) else { return };
    let text = match &value.value {
        Value::String(_) => return,
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    match text {
        Some(text) => value.value = Value::String(text),
        None => drop(node.remove(key)),
    }
}

fn as_list(node: &mut Node, key: &str) {
    let Some(value) = node.get_mut(key) else { return };
    let is_schema = key != "enum";
    match &value.value {
        Value::Sequence(items) if !items.is_empty() => {}
        Value::Mapping(_) if is_schema => *value = Node::list_at(value.span, vec![value.clone()]),
        Value::String(_) | Value::Number(_) | Value::Bool(_) if !is_schema => {
            *value = Node::list_at(value.span, vec![value.clone()]);
        }
        _ => drop(node.remove(key)),
    }
}

/// Uses the title as the description if there is no description.
pub(super) fn title(node: &mut Node) {
    let Some(title) = node.remove("title") else { return };
    if !node.has("description") && title.value.as_str().is_some_and(|text| !text.is_empty()) {
        node.set("description", title.value);
    }
}

/// Removes keywords that OpenAPI doesn't define.
pub(super) fn unknown(node: &mut Node, site: &Site, record: &mut Record) {
    // This keyword is only for XML, which isn't supported.
    node.remove("xml");
    let is_known = |key: &str| KNOWN.contains(&key) || key.starts_with("x-");
    let unknown = node.entries().iter().map(|entry| entry.key.as_str());
    let unknown: Vec<&str> = unknown.filter(|key| !is_known(key)).collect();
    if unknown.is_empty() {
        return;
    }
    // Hostile documents may have many long keywords.
    let shown = unknown.iter().take(5).map(|key| key.chars().take(40).collect::<String>());
    let shown: Vec<String> = shown.map(|key| format!("`{key}`")).collect();
    let message = format!("Unknown keywords of {} are ignored: {}.", site.title, shown.join(", "));
    record.note("unknown-key", node.span, message);
    node.retain(|entry| is_known(&entry.key));
}

/// Returns the string with its first letter in upper case.
pub(super) fn upper(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
