//! Sets `type` to one of the OpenAPI 3.0 types, even if the document omits it or uses a different
//! name.

use super::any_json;
use super::keys::upper;
use crate::normalise::Record;
use crate::normalise::schemas::formats::{INTEGERS, NEED_A_TYPE, NUMBERS, REMARKS};
use crate::normalise::schemas::types::{TYPES, of_keyword};
use crate::normalise::schemas::walk::{Position, Site};
use crate::{Node, Value};

pub(super) fn known(node: &mut Node, site: &Site, record: &mut Record) {
    match node.get("type") {
        Some(kind) if kind.as_str().is_some_and(|name| TYPES.contains(&name)) => {}
        Some(_) => unknown(node, site, record),
        None => missing(node, site, record),
    }
}

/// Returns the type and format for a type name from OpenAPI 2.0 or from a programming language.
fn meant(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "varchar" | "char" => ("string", None),
        "enum" | "email" | "url" | "uri" => ("string", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "timestamp" => ("string", Some("date-time")),
        "uuid" | "guid" => ("string", Some("uuid")),
        "file" | "binary" => ("string", Some("binary")),
        "byte" => ("string", Some("byte")),
        "integer" | "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" | "bigint" => ("integer", Some("int64")),
        "number" | "float64" | "decimal" => ("number", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "boolean" | "bool" => ("boolean", None),
        "array" | "list" | "set" => ("array", None),
        "object" | "dict" | "dictionary" | "map" | "hash" | "json" | "jsonb" => ("object", None),
        _ => return None,
    })
}

fn unknown(node: &mut Node, site: &Site, record: &mut Record) {
    let Some(entry) = node.remove("type") else { return };
    let name = entry.value.as_str().unwrap_or_default();
    let shown: String = entry.value.to_string().chars().take(60).collect();
    if let Some((kind, format)) = meant(name) {
        let message =
            format!("{} has the type {shown}, which is treated as `{kind}`.", upper(&site.title));
        record.note("unknown-type", entry.value.span, message);
        node.set("type", Node::text_at(entry.value.span, kind));
        if let Some(format) = format.filter(|_| !node.has("format")) {
            node.set("format", Node::text_at(entry.value.span, format));
        }
        return;
    }
    if !matches!(name.to_ascii_lowercase().as_str(), "any" | "mixed" | "unknown") {
        let message =
            format!("{} has the type {shown}, which OpenAPI doesn't define.", upper(&site.title));
        record.note("unknown-type", entry.value.span, message);
    }
    missing(node, site, record);
}

/// Derives the type from the other keywords.
fn missing(node: &mut Node, site: &Site, record: &mut Record) {
    if ["allOf", "anyOf", "oneOf"].iter().any(|key| node.has(key)) {
        return;
    }
    let found =
        node.entries().iter().find_map(|entry| Some((kind(node, site, &entry.key)?, entry)));
    let Some((kind, entry)) = found else { return };
    let message =
        format!("{} has no `type`; `{}` implies `{kind}`.", upper(&site.title), entry.key);
    let span = entry.key_span;
    record.note("missing-type", span, message);
    node.set("type", Node::text_at(span, kind));
}

fn kind(node: &Node, site: &Site, key: &str) -> Option<&'static str> {
    match key {
        // In a part of `allOf` or an alternative of `oneOf`, a lone `required` refers to properties of its siblings.
        "required" if matches!(site.position, Position::Part | Position::Alternative) => None,
        "required" if node.get(key).is_none_or(|value| value.items().is_empty()) => None,
        "additionalProperties" if node.get(key).is_some_and(|it| it.as_bool().is_some()) => None,
        "enum" => of_values(node.get("enum")?.items()),
        "format" => match node.text("format")? {
            format if INTEGERS.contains(&format) => Some("integer"),
            format if NUMBERS.contains(&format) => Some("number"),
            format if NEED_A_TYPE.contains(&format) || REMARKS.contains(&format) => Some("string"),
            _ => None,
        },
        "minimum" | "maximum" | "multipleOf" => {
            let is_integer = node.text("format").is_some_and(|format| INTEGERS.contains(&format));
            Some(if is_integer { "integer" } else { "number" })
        }
        _ => of_keyword(key),
    }
}

/// Returns the type that all of these values share, ignoring `null`.
fn of_values(values: &[Node]) -> Option<&'static str> {
    let mut found = None;
    for value in values {
        let kind = match &value.value {
            Value::Null => continue,
            Value::String(_) => "string",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
            Value::Number(_) => "number",
            Value::Sequence(_) | Value::Mapping(_) => return None,
        };
        found = match (found, kind) {
            (None, kind) => Some(kind),
            (Some(first), kind) if first == kind => Some(first),
            (Some("integer" | "number"), "integer" | "number") => Some("number"),
            _ => return None,
        };
    }
    found
}

/// Handles a list in `items`, which older versions of JSON Schema allow. If all schemas in the list
/// are equal, replaces the list with that schema. Otherwise, removes `items`.
pub(super) fn tuple(node: &mut Node) {
    let Some(Value::Sequence(items)) = node.get("items").map(|items| &items.value) else { return };
    let common = items.first().filter(|first| {
        let json = first.to_json();
        first.is_mapping() && items.iter().all(|item| item.to_json() == json)
    });
    let common = common.cloned();
    node.remove("additionalItems");
    match common {
        Some(items) => node.set("items", items),
        None => drop(node.remove("items")),
    }
}

/// Adds missing `items` to lists.
pub(super) fn items(node: &mut Node, site: &Site, record: &mut Record) {
    if node.text("type") != Some("array") {
        return;
    }
    if !node.get("items").is_some_and(Node::is_mapping) {
        let message =
            format!("{} is a list without `items`: its items can be any JSON.", upper(&site.title));
        record.note("missing-items", node.span, message);
        node.set("items", any_json(node));
    }
    // Some documents put the `enum` of the items on the list itself.
    let is_of_items = |values: &Node| of_values(values.items()).is_some();
    if let Some(values) = node.remove("enum").filter(|it| is_of_items(&it.value)) {
        let kind = of_values(values.value.items());
        if let Some(items) = node.get_mut("items").filter(|items| !items.has("$ref")) {
            let is_plain = items.text("type").is_none_or(|name| Some(name) == kind);
            if let Some(kind) = kind.filter(|_| is_plain && !items.has("enum")) {
                let message = format!("`enum` of {} is applied to its items.", site.title);
                record.note("misplaced-keyword", values.key_span, message);
                items.set("type", Node::text_at(values.value.span, kind));
                items.set("enum", values.value);
            }
        }
    }
}

/// Removes keywords that have no effect for the schema's type.
pub(super) fn misplaced(node: &mut Node, site: &Site, record: &mut Record) {
    let Some(kind) = node.text("type").map(str::to_owned) else { return };
    let is_composed = ["allOf", "anyOf", "oneOf"].iter().any(|key| node.has(key));
    let is_misplaced = |key: &str| match of_keyword(key) {
        Some("number") => kind != "number" && kind != "integer",
        Some(of) => of != kind && !is_composed,
        None => key == "format" && !matches!(kind.as_str(), "string" | "integer" | "number"),
    };
    let misplaced = node.entries().iter().map(|entry| entry.key.as_str());
    // `required: true` on a property applies to the object that has the property.
    let is_bool = |key: &str| key == "required" && node.get(key).and_then(Node::as_bool).is_some();
    let misplaced: Vec<String> =
        misplaced.filter(|key| is_misplaced(key) && !is_bool(key)).map(str::to_owned).collect();
    if misplaced.is_empty() {
        return;
    }
    let shown: Vec<String> = misplaced.iter().map(|key| format!("`{key}`")).collect();
    let (is, has) = if shown.len() == 1 { ("is", "it has") } else { ("are", "they have") };
    let message = format!(
        "{} of {} {is} ignored: {has} no effect with `type: {kind}`.",
        shown.join(", "),
        site.title
    );
    record.note("misplaced-keyword", node.span, message);
    node.retain(|entry| !misplaced.contains(&entry.key));
}
