//! Classifies keywords and compares schemas.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::{Entry, Node, Value};

/// The prefix of references to named schemas.
const SCHEMAS: &str = "#/components/schemas/";

/// Returns the name of the schema that a node refers to.
pub(super) fn reference(node: &Node) -> Option<Cow<'_, str>> {
    named(node.text("$ref")?)
}

/// Returns the name in a full reference to a schema.
pub(super) fn named(reference: &str) -> Option<Cow<'_, str>> {
    let name = reference.strip_prefix(SCHEMAS)?;
    Some(match name.contains('~') {
        true => Cow::Owned(name.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(name),
    })
}

/// Returns a full reference to a schema.
pub(super) fn whole(name: &str) -> String {
    format!("{SCHEMAS}{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Returns whether a keyword doesn't restrict the values of a schema. Most of these keywords are
/// only for readers and tools.
pub(super) fn is_annotation(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "description"
                | "title"
                | "default"
                | "example"
                | "examples"
                | "deprecated"
                | "nullable"
                | "readOnly"
                | "writeOnly"
                | "externalDocs"
                | "xml"
        )
}

/// Returns whether a keyword restricts values without changing their type.
pub(super) fn is_constraint(key: &str) -> bool {
    matches!(
        key,
        "minLength"
            | "maxLength"
            | "pattern"
            | "minimum"
            | "maximum"
            | "exclusiveMinimum"
            | "exclusiveMaximum"
            | "multipleOf"
            | "minItems"
            | "maxItems"
            | "uniqueItems"
            | "minProperties"
            | "maxProperties"
    )
}

/// Returns whether an entry next to a reference or union doesn't change the type of the reference
/// or union.
pub(super) fn adds_nothing(entry: &Entry) -> bool {
    let value = &entry.value;
    match entry.key.as_str() {
        "type" => true,
        "required" => value.items().is_empty(),
        "properties" => value.entries().is_empty(),
        "additionalProperties" => value.as_bool().is_some() || is_any(value),
        key => is_annotation(key) || is_constraint(key),
    }
}

/// Returns whether a schema accepts any JSON.
pub(super) fn is_any(node: &Node) -> bool {
    node.is_mapping() && node.entries().iter().all(|entry| is_annotation(&entry.key))
}

/// Returns whether a schema has alternatives.
pub(super) fn is_union(node: &Node) -> bool {
    ["oneOf", "anyOf"].iter().any(|key| matches!(sequence(node, key), Some([_, ..])))
}

/// Returns the items at a key, if its value is a list.
pub(super) fn sequence<'a>(node: &'a Node, key: &str) -> Option<&'a [Node]> {
    match &node.get(key)?.value {
        Value::Sequence(items) => Some(items),
        _ => None,
    }
}

/// Returns an empty mapping with the position of a node.
pub(super) fn empty(node: &Node) -> Node {
    Node::at(node.span, Value::Mapping(Vec::new()))
}

/// Turns a schema into one that accepts any JSON, but keeps its annotations.
pub(super) fn any_json(node: &mut Node) {
    node.retain(|entry| is_annotation(&entry.key) && entry.key != "x-open-enum");
}

/// Calls `visit` for a schema and all schemas inside it.
pub(super) fn each<'a>(node: &'a Node, visit: &mut dyn FnMut(&'a Node)) {
    visit(node);
    for entry in node.entries() {
        match entry.key.as_str() {
            "properties" => entry.value.entries().iter().for_each(|it| each(&it.value, visit)),
            "items" | "additionalProperties" | "not" => each(&entry.value, visit),
            "oneOf" | "anyOf" | "allOf" => {
                entry.value.items().iter().for_each(|it| each(it, visit));
            }
            _ => {}
        }
    }
}

/// Returns whether two schemas have equal keywords and so accept the same values.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    same_by(one, other, &limits)
}

/// Returns whether two schemas describe the same type. Their constraints may differ.
pub(super) fn same_type(one: &Node, other: &Node) -> bool {
    same_by(one, other, &|entry| limits(entry) && !is_constraint(&entry.key))
}

fn same_by(one: &Node, other: &Node, counts: &dyn Fn(&Entry) -> bool) -> bool {
    match (&one.value, &other.value) {
        (Value::Mapping(_), Value::Mapping(_)) => {
            let size = |node: &Node| node.entries().iter().filter(|it| counts(it)).count();
            size(one) == size(other)
                && one.entries().iter().filter(|it| counts(it)).all(|entry| {
                    other.get(&entry.key).is_some_and(|value| match entry.key.as_str() {
                        "properties" => same_properties(&entry.value, value, counts),
                        "required" | "enum" => same_set(&entry.value, value),
                        _ => same_by(&entry.value, value, counts),
                    })
                })
        }
        (Value::Sequence(items), Value::Sequence(others)) => {
            items.len() == others.len()
                && items.iter().zip(others).all(|(a, b)| same_by(a, b, counts))
        }
        (Value::Mapping(_) | Value::Sequence(_), _)
        | (_, Value::Mapping(_) | Value::Sequence(_)) => false,
        _ => one.to_json() == other.to_json(),
    }
}

/// Returns whether a keyword affects which values are valid.
fn limits(entry: &Entry) -> bool {
    let key = entry.key.as_str();
    let empty_list = key == "required" && entry.value.items().is_empty();
    let limits = matches!(key, "nullable" | "x-open-enum") || key == super::kinds::KINDS;
    !empty_list && (limits || !is_annotation(key))
}

fn same_properties(one: &Node, other: &Node, counts: &dyn Fn(&Entry) -> bool) -> bool {
    let (one, other) = (one.entries(), other.entries());
    let others: BTreeMap<&str, &Node> =
        other.iter().map(|entry| (entry.key.as_str(), &entry.value)).collect();
    let same = |entry: &Entry| {
        let other = others.get(entry.key.as_str());
        other.is_some_and(|value| same_by(&entry.value, value, counts))
    };
    one.len() == other.len() && one.iter().all(same)
}

fn same_set(one: &Node, other: &Node) -> bool {
    let set = |node: &Node| node.items().iter().map(Node::to_string).collect::<BTreeSet<_>>();
    set(one) == set(other)
}
