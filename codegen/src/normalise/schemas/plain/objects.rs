//! Reduces `required` to the names of existing properties.

use std::collections::BTreeSet;

use super::keys::upper;
use crate::normalise::Record;
use crate::normalise::schemas::walk::{Position, Site};
use crate::{Entry, Node, Value};

pub(super) fn required(node: &mut Node, site: &Site, record: &mut Record) {
    of_properties(node);
    // The `required` key of a property is handled with the object that has the property.
    if node.get("required").and_then(Node::as_bool).is_some() {
        if site.position != Position::Property {
            node.remove("required");
        }
        return;
    }
    let Some(Entry { value, key_span, .. }) = node.entry("required").cloned() else { return };
    let Value::Sequence(items) = value.value else {
        let message =
            format!("`required` of {} is ignored: it is {}, not a list.", site.title, value.kind());
        record.note("schema-shape", key_span, message);
        node.remove("required");
        return;
    };
    let mut seen = BTreeSet::new();
    let mut items: Vec<Node> = items
        .into_iter()
        .filter(|item| item.as_str().is_some_and(|name| seen.insert(name.to_owned())))
        .collect();
    // In a composition, `required` may refer to properties of the other parts.
    let is_whole = !matches!(site.position, Position::Part | Position::Alternative | Position::Not)
        && !["allOf", "anyOf", "oneOf"].iter().any(|key| node.has(key));
    if is_whole {
        let properties = node.get("properties").map_or(&[][..], Node::entries);
        let known: BTreeSet<&str> = properties.iter().map(|it| it.key.as_str()).collect();
        items.retain(|item| {
            let name = item.as_str().unwrap_or_default();
            let is_known = known.contains(name);
            if !is_known {
                let name: String = name.chars().take(60).collect();
                let message = format!(
                    "{} requires `{name}`, but has no such property: the requirement is ignored.",
                    upper(&site.title)
                );
                record.note("required-without-property", item.span, message);
            }
            is_known
        });
    }
    match items.is_empty() {
        true => drop(node.remove("required")),
        false => node.set("required", Node::list_at(value.span, items)),
    }
}

/// Moves `required: true` of a property to the list of the object that has the property.
fn of_properties(node: &mut Node) {
    let mut names = Vec::new();
    let Some(properties) = node.get_mut("properties") else { return };
    for Entry { key, key_span, value } in properties.entries_mut() {
        match value.get("required").and_then(Node::as_bool) {
            Some(true) => names.push(Node::text_at(*key_span, key.clone())),
            Some(false) => {}
            None => continue,
        }
        value.remove("required");
    }
    if names.is_empty() {
        return;
    }
    let mut required = node.get("required").map_or(&[][..], Node::items).to_vec();
    required.extend(names);
    node.set("required", Node::list_at(node.span, required));
}
