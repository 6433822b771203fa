//! Objects: properties that become fields.

use std::collections::{BTreeMap, BTreeSet};

use super::super::api::{Api, list};
use super::sites::Site;
use crate::names::field;
use crate::{Diagnostic, Entry, Node, Span, Value};

pub(super) fn properties(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
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
                .label(entry.key_span, "an empty list of them")
                .help("remove `properties`: without it an object is a map of anything"),
        );
    }
    let required: BTreeSet<_> =
        list(site.node, "required").iter().filter_map(Node::as_str).collect();
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for property in entry.value.entries() {
        let rust = field(&property.key);
        let is_required = required.contains(property.key.as_str());
        let is_set_by_name = !is_required && site.name.is_none_or(|name| api.sent.contains(name));
        if let Some(label) = unusable(&rust, is_set_by_name) {
            found.push(
                site.mistake(
                    "property-name",
                    format!("has a property `{}` that no field can be named after", property.key),
                )
                .label(property.key_span, label)
                .help(match is_required {
                    true => "leave the property out, also of `required`: names on the wire cannot be changed here",
                    false if rust == "new" => "leave the property out, or list it under `required`",
                    false => "leave the property out: names on the wire cannot be changed here",
                }),
            );
        } else if let Some(&(first, span)) = seen.get(&rust) {
            found.push(collision(site, property, first, span, &rust));
        } else {
            seen.insert(rust, (&property.key, property.key_span));
        }
    }
}

fn unusable(rust: &str, is_set_by_name: bool) -> Option<&'static str> {
    if !rust.starts_with(|first: char| first.is_alphabetic()) {
        return Some("a letter must come first");
    }
    // The setter of an optional field is beside the constructor.
    (rust == "new" && is_set_by_name).then_some("its setter would be called like the constructor")
}

fn collision(
    site: &Site<'_>,
    property: &Entry,
    first: &str,
    first_span: Span,
    rust: &str,
) -> Diagnostic {
    let what =
        format!("has the properties `{first}` and `{}`, both `{rust}` in Rust", property.key);
    site.mistake("property-collision", what)
        .label(property.key_span, "the second one")
        .label(first_span, "the first one")
        .help("leave one of the two out, also of `required`")
}

pub(super) fn required(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("required") else { return };
    if !matches!(entry.value.value, Value::Sequence(_)) {
        found.push(
            site.mistake("schema-shape", format!("has {} as `required`", entry.value.kind()))
                .label(entry.value.span, "a list of properties was expected")
                .help("remove it, and list the required properties at their object: `required: [a, b]`"),
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
    let has_properties = site.node.get("properties").is_some();
    match entry.value.value {
        Value::Bool(false) => found.push(
            site.mistake("closed-object", "refuses properties that it does not list")
                .label(entry.value.span, "a response with a new property would be unreadable")
                .help("remove `additionalProperties`: what is not listed is then skipped"),
        ),
        Value::Mapping(_) if has_properties => found.push(
            site.mistake("extra-properties", "has both `properties` and `additionalProperties`")
                .label(entry.key_span, "a struct and a map in one")
                .help("put what is listed nowhere under a property of its own, or remove one of the two"),
        ),
        _ => {}
    }
}
