//! Handles `readOnly` and `writeOnly`, which mark a property that only one side sends.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{each, reference};
use super::walk::{Position, for_each};
use crate::normalise::Record;
use crate::normalise::tree::METHODS;
use crate::{Entry, Node, Value};

/// Removes `readOnly` properties from schemas that are only sent, and `writeOnly` properties from
/// schemas that are only received. In other schemas, makes these properties optional.
///
/// When this runs, names must be final, and inline schemas must have names.
pub(crate) fn normalise(root: &mut Node, record: &mut Record) {
    // OpenAPI defines `readOnly` and `writeOnly` for properties. In other places, the keys have no
    // effect.
    for_each(root, &mut |node, site| {
        if !matches!(site.position, Position::Property | Position::Named) {
            node.remove(READ);
            node.remove(WRITE);
        }
    });
    let (sent, received) = reached(root);
    let marks = marks(root);
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    for Entry { key, value, .. } in schemas.map_or(&mut [][..], Node::entries_mut) {
        let way = match (sent.contains(key), received.contains(key)) {
            (true, false) => Way::Sent,
            (false, true) => Way::Received,
            _ => Way::Both,
        };
        properties(key, value, way, &marks, record);
        for mark in [READ, WRITE] {
            value.remove(mark);
        }
    }
}

const READ: &str = "readOnly";
const WRITE: &str = "writeOnly";

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Sent,
    Received,
    Both,
}

/// Returns the named schemas that are marked as read-only or write-only.
fn marks(root: &Node) -> BTreeMap<String, (bool, bool)> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let entries = schemas.map_or(&[][..], Node::entries).iter();
    let marks = |node: &Node| (node.is_true(READ), node.is_true(WRITE));
    entries.map(|entry| (entry.key.clone(), marks(&entry.value))).collect()
}

fn properties(
    schema: &str,
    node: &mut Node,
    way: Way,
    marks: &BTreeMap<String, (bool, bool)>,
    record: &mut Record,
) {
    // The properties that become optional, each with the reason.
    let mut optional: BTreeMap<String, String> = BTreeMap::new();
    let mut removed: BTreeSet<String> = BTreeSet::new();
    let Some(properties) = node.get_mut("properties") else { return };
    let count = properties.entries().len();
    for Entry { key, key_span, value } in properties.entries_mut() {
        let target = reference(value).and_then(|name| marks.get(&*name)).copied();
        let (target_read, target_write) = target.unwrap_or_default();
        let read = value.is_true(READ) || target_read;
        let write = value.is_true(WRITE) || target_write;
        value.remove(READ);
        value.remove(WRITE);
        // The keys contradict each other, so they are ignored if both are set.
        let (mark, other) = match (read, write) {
            (true, false) => (READ, Way::Sent),
            (false, true) => (WRITE, Way::Received),
            _ => continue,
        };
        if way == Way::Both {
            value.set(mark, Node::bool_at(*key_span, true));
            let why = "requests and responses share the schema, but only one of them contains the \
                       property.";
            optional.insert(key.clone(), why.to_owned());
            continue;
        }
        if way != other {
            continue;
        }
        let never = if mark == READ { "requests" } else { "responses" };
        let why = format!("it is `{mark}` and {never} never contain it.");
        if removed.len() + 1 < count {
            removed.insert(key.clone());
            let message =
                format!("Property `{key}` of schema `{schema}` is left out, because {why}");
            record.note("one-way", *key_span, message);
        } else {
            // The only property left stays, because an object without properties would be a map.
            let why = format!("{why} It isn't left out, because it is the only property left.");
            optional.insert(key.clone(), why);
        }
    }
    properties.retain(|entry| !removed.contains(&entry.key));
    let Some(required) = node.get_mut("required") else { return };
    let Value::Sequence(names) = &mut required.value else { return };
    names.retain(|name| {
        let text = name.as_str().unwrap_or_default();
        if let Some(why) = optional.get(text) {
            let message =
                format!("Property `{text}` of schema `{schema}` is optional, because {why}");
            record.note("one-way", name.span, message);
        }
        !optional.contains_key(text) && !removed.contains(text)
    });
    if names.is_empty() {
        node.remove("required");
    }
}

/// Returns the named schemas that requests reach, and the named schemas that responses reach.
fn reached(root: &Node) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for path in root.get("paths").map_or(&[][..], Node::entries) {
        references(path.value.get("parameters"), &mut sent);
        for method in path.value.entries().iter().filter(|it| METHODS.contains(&&*it.key)) {
            references(method.value.get("parameters"), &mut sent);
            references(method.value.get("requestBody"), &mut sent);
            references(method.value.get("responses"), &mut received);
        }
    }
    (closure(root, sent), closure(root, received))
}

/// Returns the names of all schemas that references reach.
fn closure(root: &Node, mut waiting: Vec<String>) -> BTreeSet<String> {
    let components = root.get("components");
    let mut places: BTreeMap<String, &Node> = BTreeMap::new();
    for section in components.map_or(&[][..], Node::entries) {
        for entry in section.value.entries() {
            let name = entry.key.replace('~', "~0").replace('/', "~1");
            places.insert(format!("#/components/{}/{name}", section.key), &entry.value);
        }
    }
    let mut seen = BTreeSet::new();
    let mut found = BTreeSet::new();
    while let Some(target) = waiting.pop() {
        if !seen.insert(target.clone()) {
            continue;
        }
        let Some(node) = places.get(&target) else { continue };
        match super::keys::named(&target) {
            Some(name) => {
                found.insert(name.into_owned());
                each(node, &mut |node| waiting.extend(node.text("$ref").map(str::to_owned)));
            }
            None => references(Some(node), &mut waiting),
        }
    }
    found
}

/// Collects every reference in a part of an operation.
fn references(node: Option<&Node>, found: &mut Vec<String>) {
    let mut waiting: Vec<&Node> = node.into_iter().collect();
    while let Some(node) = waiting.pop() {
        found.extend(node.text("$ref").map(str::to_owned));
        waiting.extend(node.items());
        let inner = node.entries().iter().filter(|entry| {
            // References inside these keys are data.
            !matches!(entry.key.as_str(), "example" | "examples" | "links" | "callbacks")
                && !entry.key.starts_with("x-")
        });
        waiting.extend(inner.map(|entry| &entry.value));
    }
}

#[cfg(test)]
mod tests;
