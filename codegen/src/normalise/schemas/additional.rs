//! Turns `additionalProperties` into a schema or removes it, and adds the required properties that
//! `properties` doesn't list.

use std::collections::BTreeSet;

use super::keys::{empty, sequence};
use super::walk::{self, Site};
use crate::normalise::Record;
use crate::{Entry, Node, Value};

/// Rewrites every `additionalProperties` and `required`.
pub(crate) fn normalise(root: &mut Node, record: &mut Record) {
    walk::for_each(root, &mut |node, site| {
        additional(node);
        required(node, site, record);
    });
}

/// Turns `additionalProperties` into a schema, or removes it.
pub(super) fn additional(node: &mut Node) {
    if node.get("properties").is_some_and(|properties| properties.entries().is_empty()) {
        node.remove("properties");
    }
    let has_properties = node.has("properties");
    let Some(additional) = node.get_mut("additionalProperties") else { return };
    match additional.value {
        // The struct for this object keeps unknown properties.
        Value::Bool(true) if has_properties => *additional = empty(additional),
        Value::Mapping(ref entries) if has_properties || !entries.is_empty() => {}
        // The generated struct skips unlisted properties by default. Without `properties`, the
        // schema becomes a map.
        _ => {
            node.remove("additionalProperties");
        }
    }
}

/// Adds the required properties that `properties` doesn't list, with an unknown type. A schema
/// without `properties` loses its `required`, because it becomes a map.
fn required(node: &mut Node, site: &Site, record: &mut Record) {
    let Some(names) = sequence(node, "required").map(<[Node]>::to_vec) else {
        node.remove("required");
        return;
    };
    let span = node.get("required").map_or(node.span, |required| required.span);
    if !["type", "$ref", "oneOf", "anyOf"].iter().any(|key| node.has(key)) {
        node.set("type", Node::text_at(span, "object"));
    }
    let is_struct = node.has("properties");
    let known: BTreeSet<String> = node
        .get("properties")
        .map_or(&[][..], Node::entries)
        .iter()
        .map(|entry| entry.key.clone())
        .collect();
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for name in names {
        let Some(text) = name.as_str().map(str::to_owned) else { continue };
        if !seen.insert(text.clone()) {
            continue;
        }
        if !known.contains(&text) {
            if !is_struct {
                continue;
            }
            record.note(
                "required-without-property",
                name.span,
                format!(
                    "`{text}` is required in {} but isn't among its `properties`, so a property that accepts any JSON is added.",
                    site.title
                ),
            );
            let property = Entry { key: text, key_span: name.span, value: empty(&name) };
            if let Some(Node { value: Value::Mapping(entries), .. }) = node.get_mut("properties") {
                entries.push(property);
            }
        }
        kept.push(name);
    }
    match kept.is_empty() {
        true => {
            node.remove("required");
        }
        false => node.set("required", Node::list_at(span, kept)),
    }
}

#[cfg(test)]
mod tests;
