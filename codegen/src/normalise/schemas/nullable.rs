//! Moves `nullable` to the places that use a schema: properties, items, map values and bodies.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, any_json, reference};
use super::walk::{self, Position, Site};
use crate::normalise::Record;
use crate::{Node, Value};

/// Moves `nullable` from named schemas to every place that refers to them, and from alternatives to their union.
pub(crate) fn move_to_places(root: &mut Node, record: &mut Record) {
    let nullable = nullable_names(root);
    walk::for_each(root, &mut |node, site| {
        if let Some(name) = reference(node)
            && nullable.contains(&*name)
        {
            node.set("nullable", Node::bool_at(node.span, true));
        }
        from_alternatives(node);
        let says = node.is_true("nullable");
        if !says {
            node.remove("nullable");
            return;
        }
        match site.position {
            Position::Property
            | Position::Item
            | Position::Value
            | Position::Body
            // The key moves to the union, which is visited after its alternatives.
            | Position::Alternative => {}
            Position::Named | Position::Part | Position::Not => {
                node.remove("nullable");
            }
            Position::Parameter | Position::Header => {
                if let Some(entry) = node.remove("nullable") {
                    dropped(site, entry.key_span, record);
                }
            }
        }
    });
}

fn dropped(site: &Site, span: crate::Span, record: &mut Record) {
    record.note(
        "nullable",
        span,
        format!("`nullable` of {} is ignored, because `null` can't be sent as text.", site.title),
    );
}

/// Makes a union nullable if one of its alternatives is nullable.
fn from_alternatives(node: &mut Node) {
    let Some(alternatives) = node.get_mut("oneOf") else { return };
    let mut found = None;
    for alternative in alternatives.items_mut() {
        if let Some(entry) = alternative.remove("nullable")
            && entry.value.as_bool() == Some(true)
        {
            found = Some(entry.value);
        }
    }
    let alternatives = alternatives.items();
    // An alternative that accepts any JSON also accepts `null`, and makes the other alternatives
    // unnecessary.
    if alternatives.iter().any(keys::is_any) {
        any_json(node);
        node.remove("discriminator");
    }
    if let Some(value) = found {
        node.set("nullable", value);
    }
}

/// Returns the named schemas that may be `null`: those that declare it, and unions with such a
/// schema as an alternative.
fn nullable_names(root: &Node) -> BTreeSet<String> {
    let mut users: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut waiting: Vec<String> = Vec::new();
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    for schema in schemas.map_or(&[][..], Node::entries) {
        let mut inner = vec![&schema.value];
        let mut says = false;
        while let Some(node) = inner.pop() {
            says |= node.is_true("nullable");
            if let Some(name) = reference(node) {
                users.entry(name.into_owned()).or_default().push(&schema.key);
            }
            if let Some(Node { value: Value::Sequence(items), .. }) = node.get("oneOf") {
                inner.extend(items);
            }
        }
        if says {
            waiting.push(schema.key.clone());
        }
    }
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some(users) = users.get(&name) {
            waiting.extend(
                users.iter().filter(|user| !found.contains(**user)).map(|it| (*it).to_owned()),
            );
        }
        found.insert(name);
    }
    found
}

#[cfg(test)]
mod tests;
