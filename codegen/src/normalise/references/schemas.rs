//! Resolves references to schemas: each points to a named schema that isn't itself a reference.

use super::beside::{SAYS_NOTHING, Siblings, stays};
use super::outcomes::{Outcome, Outcomes, SCHEMAS};
use super::pointer::Lost;
use crate::names::pascal;
use crate::normalise::Record;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::{Entry, Node, Value};

pub(super) fn resolve(root: &mut Node, siblings: Siblings, record: &mut Record) {
    super::mappings::complete(root, record);
    let mut outcomes = Outcomes::of(root, siblings);
    outcomes.name_places(root);
    for_each_schema(root, Kind::Document, &mut |node| {
        rewrite(node, siblings, &outcomes, record);
        super::mappings::rewrite(node, &mut |text| outcomes.target(text));
    });
    remove_aliases(root, record);
}

fn rewrite(node: &mut Node, siblings: Siblings, outcomes: &Outcomes, record: &mut Record) {
    let Some(reference) = node.remove("$ref") else { return };
    let span = reference.value.span;
    let text = reference.value.as_str().unwrap_or_default();
    let found = outcomes.by_text.get(text);
    let (outcome, nullable) = found.cloned().unwrap_or((Outcome::Lost(Lost::Missing), false));
    let name = match outcome {
        Outcome::Named(name) => Some(name),
        Outcome::Place(pointer) => outcomes.names.get(&pointer).cloned(),
        Outcome::Copy(scalar) => {
            drop_others(node, span, record);
            let rest = std::mem::replace(node, scalar);
            rest.entries().iter().for_each(|entry| node.set(&entry.key, entry.value.clone()));
            return set_nullable(node, nullable);
        }
        Outcome::Lost(lost) => {
            let message = format!("A schema accepts any JSON, because {}.", lost.reason(text));
            record.note(lost.code(), span, message);
            return drop_others(node, span, record);
        }
    };
    let Some(name) = name else { return };
    let target = Node::text_at(span, format!("{SCHEMAS}{name}"));
    let mut others = node.clone();
    others.retain(|entry| !stays(entry) && !SAYS_NOTHING.contains(&entry.key.as_str()));
    if siblings == Siblings::Both && !others.entries().is_empty() {
        node.retain(stays);
        let part = Node::mapping_at(span, [("$ref", target)]);
        node.set("allOf", Node::list_at(node.span, vec![part, others]));
    } else {
        drop_others(node, span, record);
        put_first(node, target);
    }
    set_nullable(node, nullable);
}

/// Removes the keys next to a reference, except those that describe this use of the schema.
fn drop_others(node: &mut Node, span: crate::Span, record: &mut Record) {
    let dropped = node.entries().iter().filter(|entry| !stays(entry));
    let dropped: Vec<String> = dropped
        .filter(|entry| !SAYS_NOTHING.contains(&entry.key.as_str()))
        .map(|entry| format!("`{}`", entry.key))
        .collect();
    node.retain(stays);
    if !dropped.is_empty() {
        let message = format!(
            "Keys next to a reference are ignored, as OpenAPI 3.0 requires: {}.",
            dropped.join(", ")
        );
        record.note("reference-siblings", span, message);
    }
}

fn put_first(node: &mut Node, target: Node) {
    if let Value::Mapping(entries) = &mut node.value {
        let key_span = target.span;
        entries.insert(0, Entry { key: "$ref".to_owned(), key_span, value: target });
    }
}

fn set_nullable(node: &mut Node, nullable: bool) {
    if nullable {
        node.set("nullable", Node::bool_at(node.span, true));
    }
}

/// Removes named schemas that are only aliases: all references already point to their targets.
fn remove_aliases(root: &mut Node, record: &mut Record) {
    let Some(components) = root.get_mut("components") else { return };
    let Some(schemas) = components.get_mut("schemas") else { return };
    schemas.retain(|entry| {
        let target = entry.value.text("$ref");
        if let Some(target) = target.and_then(|text| text.strip_prefix(SCHEMAS)) {
            let message = format!(
                "Schema `{}` is only another name for `{target}`: the type `{}` is used for both.",
                entry.key,
                pascal(target),
            );
            record.note("reference-alias", entry.key_span, message);
        }
        target.is_none()
    });
}
