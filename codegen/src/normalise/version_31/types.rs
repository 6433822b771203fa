//! Converts a `type` that is a list, and the type `null`.

use crate::normalise::schemas::types::{TYPES, of_keyword};
use crate::{Entry, Node, Value};

pub(super) fn lower(node: &mut Node) {
    let Some(Entry { value, .. }) = node.entry("type").cloned() else { return };
    match &value.value {
        Value::String(name) if name == "null" => null(node),
        Value::Sequence(items) => several(node, items),
        _ => {}
    }
}

/// Turns a schema into one that accepts only `null`.
fn null(node: &mut Node) {
    node.remove("type");
    let nothing = Node::at(node.span, Value::Null);
    node.set("enum", Node::list_at(node.span, vec![nothing]));
    node.set("nullable", Node::bool_at(node.span, true));
}

fn several(node: &mut Node, items: &[Node]) {
    let mut types: Vec<&Node> = Vec::new();
    for item in items {
        let is_known = item.as_str().is_some_and(|name| name == "null" || TYPES.contains(&name));
        if is_known && types.iter().all(|other| other.as_str() != item.as_str()) {
            types.push(item);
        }
    }
    let has_null = types.iter().any(|item| item.as_str() == Some("null"));
    types.retain(|item| item.as_str() != Some("null"));
    // `number` includes integers, so `integer` is removed.
    if types.iter().any(|item| item.as_str() == Some("number")) {
        types.retain(|item| item.as_str() != Some("integer"));
    }
    match types[..] {
        [] if has_null => return null(node),
        [] => {
            node.remove("type");
        }
        [one] => node.set("type", one.clone()),
        _ => alternatives(node, &types),
    }
    if has_null {
        node.set("nullable", Node::bool_at(node.span, true));
    }
}

/// Creates an alternative for each type, with the keywords that apply to it.
fn alternatives(node: &mut Node, types: &[&Node]) {
    let mut any = TYPES.iter().filter(|name| **name != "integer");
    if any.all(|name| types.iter().any(|it| it.as_str() == Some(name))) {
        // The list contains every type, so the schema accepts any value, and keywords that apply
        // to only one type are removed.
        node.retain(|entry| of_keyword(&entry.key).is_none() && entry.key != "type");
        return;
    }
    // One of these keywords already determines the type.
    if ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| node.has(key)) {
        node.remove("type");
        return;
    }
    let made = types.iter().map(|kind| {
        let mut made = Node::mapping_at(kind.span, [("type", (*kind).clone())]);
        for entry in node.entries() {
            let is_own = applies(&entry.key, kind.as_str().unwrap_or_default());
            if is_own && entry.key == "enum" {
                let values = entry.value.items().iter();
                let values: Vec<Node> =
                    values.filter(|value| is_of(value, kind.as_str())).cloned().collect();
                if !values.is_empty() {
                    made.set("enum", Node::list_at(entry.value.span, values));
                }
            } else if is_own {
                made.set(&entry.key, entry.value.clone());
            }
        }
        made
    });
    let made = made.collect();
    node.retain(|entry| entry.key != "type" && of_keyword(&entry.key).is_none());
    node.retain(|entry| !matches!(entry.key.as_str(), "enum" | "format"));
    node.set("oneOf", Node::list_at(node.span, made));
}

/// Returns whether a keyword belongs to this type.
fn applies(keyword: &str, kind: &str) -> bool {
    match (keyword, kind) {
        ("enum", "string" | "integer" | "number" | "boolean") => true,
        ("format", "string" | "integer" | "number") => true,
        ("enum" | "format", _) => false,
        (_, "integer") => of_keyword(keyword) == Some("number"),
        _ => of_keyword(keyword) == Some(kind),
    }
}

fn is_of(value: &Node, kind: Option<&str>) -> bool {
    match &value.value {
        Value::String(_) => kind == Some("string"),
        Value::Bool(_) => kind == Some("boolean"),
        Value::Number(number) => match kind {
            Some("integer") => number.is_i64() || number.is_u64(),
            Some("number") => true,
            _ => false,
        },
        _ => false,
    }
}
