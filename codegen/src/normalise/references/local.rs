//! Resolves references that are relative to the schema that contains them, and references to a
//! section that OpenAPI 3 has moved. Tools leave such references when they embed a JSON Schema or
//! convert an older document.

use crate::normalise::kinds::{Kind, for_each_schema};
use crate::{Entry, Node};

/// The keys that contain named schemas in JSON Schema and OpenAPI 2.0.
const DEFINITIONS: &[&str] = &["$defs", "definitions"];

/// Rewrites relative references and references to moved sections as `#/components/schemas/…`.
pub(super) fn absolute(root: &mut Node) {
    let at_root: Vec<&str> = DEFINITIONS.iter().copied().filter(|key| root.has(key)).collect();
    for_each_named(root, &mut |name, schema| {
        let own: Vec<&str> = DEFINITIONS.iter().copied().filter(|key| schema.has(key)).collect();
        let place = format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
        for_each_schema(schema, Kind::Schema, &mut |node| {
            rewrite(node, |text| match text {
                "#" => Some(place.clone()),
                _ => {
                    let key = begin(text).filter(|key| own.contains(key))?;
                    let is_elsewhere = at_root.contains(&key);
                    let rest = text.strip_prefix('#').filter(|_| !is_elsewhere)?;
                    Some(format!("{place}{rest}"))
                }
            });
        });
    });
    for_each_schema(root, Kind::Document, &mut |node| {
        rewrite(node, |text| {
            let key = begin(text).filter(|key| !at_root.contains(key))?;
            let rest = text.strip_prefix("#/")?.strip_prefix(key)?;
            Some(format!("#/components/schemas{rest}"))
        });
    });
}

/// Returns the key of [`DEFINITIONS`] that a reference begins with, or `None`.
fn begin(text: &str) -> Option<&'static str> {
    let rest = text.strip_prefix("#/")?;
    DEFINITIONS
        .iter()
        .copied()
        .find(|key| rest.strip_prefix(key).is_some_and(|rest| rest.starts_with('/')))
}

fn rewrite(node: &mut Node, new: impl Fn(&str) -> Option<String>) {
    let Some(text) = node.text("$ref").and_then(new) else { return };
    if let Some(reference) = node.get_mut("$ref") {
        *reference = Node::text_at(reference.span, text);
    }
}

fn for_each_named(root: &mut Node, each: &mut dyn FnMut(&str, &mut Node)) {
    let components = root.get_mut("components");
    let Some(schemas) = components.and_then(|components| components.get_mut("schemas")) else {
        return;
    };
    for Entry { key, value, .. } in schemas.entries_mut() {
        each(key, value);
    }
}
