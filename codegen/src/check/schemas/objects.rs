//! Objects with properties: they become structs.

use std::collections::BTreeMap;

use super::{Site, inner};
use crate::check::api::{Api, list};
use crate::check::names::closest;
use crate::{Diagnostic, Entry, Node};

pub(super) fn check(api: &Api<'_>, site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    let properties = schema.get("properties").map_or(&[][..], Node::entries);
    if schema.get("type").and_then(Node::as_str) != Some("object") {
        let span = schema.entry("type").map_or(site.span, |entry| entry.value.span);
        found.push(
            site.mistake(
                "schema-type",
                format!("schema `{}` has properties and is no object", site.name),
            )
            .label(span, "its type is not `object`")
            .help("write `type: object`"),
        );
    }
    if let Some(entry) = schema.entry("additionalProperties")
        && properties.iter().next().is_some()
    {
        found.push(
            site.mistake(
                "schema-keyword",
                format!("`{}` has `properties` and `additionalProperties`", site.name),
            )
            .label(entry.key_span, "a struct cannot hold others, and must not refuse them")
            .help("remove it: unknown properties of an answer are ignored anyway"),
        );
    }
    fields(site, properties, found);
    required(site, schema, properties, found);
    for property in properties {
        inner(api, &format!("{}.{}", site.name, property.key), &property.value, found);
    }
}

fn fields(site: &Site<'_>, properties: &[Entry], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for property in properties {
        let ident = crate::names::field(&property.key);
        if let Some(first) = seen.get(&ident) {
            let message = format!(
                "properties `{}` and `{}` of `{}` have the same name in Rust",
                first.key, property.key, site.name
            );
            found.push(
                site.mistake("property-name", message)
                    .label(property.key_span, format!("`{ident}` again"))
                    .label(first.key_span, "the first")
                    .help("remove one of them, if the other says the same"),
            );
        } else if ident == "new" || !ident.chars().any(char::is_alphanumeric) {
            found.push(
                site.mistake(
                    "property-name",
                    format!("property `{}` of `{}` cannot be a field", property.key, site.name),
                )
                .label(
                    property.key_span,
                    format!("`{ident}` is taken by the constructor, or is no name"),
                )
                .help("such a property is not supported yet"),
            );
        }
        seen.entry(ident).or_insert(property);
    }
}

fn required(site: &Site<'_>, schema: &Node, properties: &[Entry], found: &mut Vec<Diagnostic>) {
    for node in list(schema, "required") {
        let name = node.as_str().unwrap_or_default();
        if properties.iter().any(|property| property.key == name) {
            continue;
        }
        let help = match closest(name, properties.iter().map(|property| property.key.as_str())) {
            Some(meant) => format!("write `{meant}`, if that is meant"),
            None => format!("define `{name}` under `properties`, or remove it here"),
        };
        found.push(
            site.mistake(
                "required-property",
                format!("`{}` requires `{name}`, which it does not have", site.name),
            )
            .label(node.span, "no such property")
            .help(help),
        );
    }
}
