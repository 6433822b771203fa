//! Checks objects, whose properties become fields.

use std::collections::BTreeSet;

use super::super::api::Api;
use super::sites::{Position, Site};
use crate::{Diagnostic, Node, Value};

pub(super) fn properties(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("properties") else { return };
    if !matches!(entry.value.value, Value::Mapping(_) | Value::Null) {
        found.push(
            site.mistake("schema-shape", format!("has {} as `properties`", entry.value.kind()))
                .label(entry.key_span, "a mapping of names to schemas was expected")
                .help("write each property as a key: `properties: { a: { type: string } }`"),
        );
        return;
    }
    if entry.value.entries().is_empty() {
        found.push(
            site.mistake("empty-properties", "has no properties")
                .label(entry.key_span, "an empty mapping")
                .help("remove `properties`: without it, the object is a map with arbitrary keys"),
        );
    }
}

pub(super) fn required(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    // In a composed schema, `required` may list properties of any part.
    let Some(entry) = site.node.entry("required").filter(|_| !is_part(api, site)) else { return };
    if !matches!(entry.value.value, Value::Sequence(_)) {
        found.push(
            site.mistake("schema-shape", format!("has {} as `required`", entry.value.kind()))
                .label(entry.value.span, "a list of properties was expected")
                .help(
                    "remove it, and list the required properties in the object that contains \
                     them: `required: [a, b]`",
                ),
        );
        return;
    }
    let properties = site.node.get("properties").map_or(&[][..], Node::entries);
    let names = || properties.iter().map(|property| property.key.as_str());
    let known: BTreeSet<&str> = names().collect();
    let listed: BTreeSet<_> = entry.value.items().iter().filter_map(Node::as_str).collect();
    for node in entry.value.items() {
        let name = node.as_str().unwrap_or("");
        if known.contains(name) {
            continue;
        }
        let help = match api.closest(name, names().filter(|known| !listed.contains(known))) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write `{name}` under `properties`, or remove it here"),
        };
        found.push(
            site.mistake(
                "required-without-property",
                format!("requires `{name}`, which isn't one of its properties"),
            )
            .label(node.span, "not under `properties`")
            .help(help),
        );
    }
}

pub(super) fn additional(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("additionalProperties") else { return };
    if matches!(entry.value.value, Value::Bool(false)) {
        found.push(
            site.mistake("closed-object", "rejects properties that it doesn't list")
                .label(entry.value.span, "a response with a new property couldn't be read")
                .help("remove `additionalProperties`: unlisted properties are then skipped"),
        );
    }
}

/// Returns whether a required property may be defined in a different part of the same schema.
fn is_part(api: &Api<'_>, site: &Site<'_>) -> bool {
    let composed = ["allOf", "anyOf", "oneOf"].iter().any(|key| site.node.get(key).is_some());
    api.as_written && (site.position == Position::Part || composed)
}
