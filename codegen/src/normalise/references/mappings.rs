//! Normalises the mapping of discriminator values to schemas. A mapping may name schemas in several
//! ways.

use std::collections::BTreeMap;

use crate::normalise::Record;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::{Node, Value};

/// Turns plain names and file names into full references.
pub(super) fn complete(root: &mut Node, record: &mut Record) {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let names = schemas.map_or(&[][..], Node::entries).iter().map(|entry| entry.key.as_str());
    // The keys are lower-case names, and exact names prefixed with `=`. The value is `None` if
    // several names differ only in case.
    let mut known: BTreeMap<String, Option<String>> = BTreeMap::new();
    for name in names {
        known
            .entry(name.to_lowercase())
            .and_modify(|it| *it = None)
            .or_insert_with(|| Some(name.to_owned()));
        known.insert(format!("={name}"), Some(name.to_owned()));
    }
    for_each_schema(root, Kind::Document, &mut |node| {
        let Some(Value::Mapping(entries)) = mapping(node).map(|mapping| &mut mapping.value) else {
            return;
        };
        entries.retain_mut(|entry| {
            let text = entry.value.as_str().unwrap_or_default();
            if text.starts_with('#') {
                return true;
            }
            let exact = known.get(&format!("={text}"));
            let stem = text.rsplit('/').next().unwrap_or(text);
            let stem = stem.split('.').next().unwrap_or(stem);
            let alike = || known.get(&format!("={stem}")).or_else(|| known.get(&stem.to_lowercase()));
            let Some(name) = exact.or_else(alike).cloned().flatten() else {
                let message = format!(
                    "The value `{}` of a discriminator is ignored: `{text}` isn't a schema in the document.",
                    entry.key
                );
                record.note("discriminator-mapping", entry.value.span, message);
                return false;
            };
            let escaped = name.replace('~', "~0").replace('/', "~1");
            let text = format!("#/components/schemas/{escaped}");
            entry.value = Node::text_at(entry.value.span, text);
            true
        });
    });
}

/// Returns the references in a schema's mapping.
pub(super) fn texts(node: &Node) -> impl Iterator<Item = &str> {
    let mapping = node.get("discriminator").and_then(|it| it.get("mapping"));
    mapping.map_or(&[][..], Node::entries).iter().filter_map(|entry| entry.value.as_str())
}

/// Makes the references in a schema's mapping direct.
pub(super) fn rewrite(node: &mut Node, target: &mut dyn FnMut(&str) -> Option<String>) {
    let Some(mapping) = mapping(node) else { return };
    for entry in mapping.entries_mut() {
        if let Some(name) = entry.value.as_str().and_then(&mut *target) {
            let text = format!("#/components/schemas/{name}");
            entry.value = Node::text_at(entry.value.span, text);
        }
    }
}

fn mapping(node: &mut Node) -> Option<&mut Node> {
    node.get_mut("discriminator")?.get_mut("mapping").filter(|it| it.is_mapping())
}
