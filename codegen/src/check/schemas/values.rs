//! Values without a type of their own: texts, numbers, lists, maps, and `oneOf` of these.

use std::collections::BTreeMap;

use super::{Site, inner};
use crate::check::api::Api;
use crate::check::names::{closest, quoted};
use crate::{Diagnostic, Node, Value};

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

/// Formats that typify turns into types of Rust.
const INTEGERS: &[&str] =
    &["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "int", "uint"];
const NUMBERS: &[&str] = &["float", "double"];

pub(super) fn check(api: &Api<'_>, site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    let Some(ty) = schema.get("type").and_then(Node::as_str) else {
        let span = schema.entry("type").map_or(site.span, |entry| entry.value.span);
        found.push(
            site.mistake("schema-type", format!("`{}` has no `type`", site.name))
                .label(span, "it could be anything")
                .help(format!(
                    "write `type: …`, one of {}, or a `$ref`",
                    quoted(TYPES.iter().copied())
                )),
        );
        return;
    };
    match ty {
        "array" => items(api, site, schema, found),
        "object" => map(api, site, schema, found),
        "string" | "integer" | "number" | "boolean" => format(api, site, schema, found),
        other => {
            let span = schema.entry("type").map_or(site.span, |entry| entry.value.span);
            let help = match closest(other, TYPES.iter().copied()) {
                Some(meant) => format!("write `{meant}`, if that is meant"),
                None => format!("write one of {}", quoted(TYPES.iter().copied())),
            };
            found.push(
                site.mistake("schema-type", format!("`{}` is of type `{other}`", site.name))
                    .label(span, "OpenAPI 3.0 has no such type")
                    .help(help),
            );
        }
    }
}

fn items(api: &Api<'_>, site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    match schema.get("items") {
        Some(items) => inner(api, &format!("{}[]", site.name), items, found),
        None => found.push(
            site.mistake("schema-type", format!("`{}` is a list of nothing", site.name))
                .label(site.span, "`items` is missing")
                .help("write `items: { type: string }` or a `$ref`"),
        ),
    }
}

fn map(api: &Api<'_>, site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    if let Some(values) = schema.get("additionalProperties")
        && matches!(values.value, Value::Mapping(_))
    {
        inner(api, &format!("{}{{}}", site.name), values, found);
    }
}

/// A format that is not carried would be dropped, or ask for a crate that nobody chose.
pub(super) fn format(api: &Api<'_>, site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    let Some(format) = schema.entry("format") else { return };
    let name = format.value.as_str().unwrap_or_default();
    let (known, help) = match schema.get("type").and_then(Node::as_str) {
        Some("integer") => (INTEGERS.contains(&name), format!("write one of {}", quoted(INTEGERS.iter().copied()))),
        Some("number") => (NUMBERS.contains(&name), format!("write one of {}", quoted(NUMBERS.iter().copied()))),
        Some("string") => (
            api.settings.formats.contains_key(name),
            "say it in the description and remove it, or give the format a type in `Settings::formats`".to_owned(),
        ),
        _ => (false, "remove it".to_owned()),
    };
    if !known {
        found.push(
            site.mistake(
                "schema-format",
                format!("format `{name}` of `{}` stands for no type", site.name),
            )
            .label(format.value.span, "it would be dropped, or ask for another crate")
            .help(help),
        );
    }
}

/// Alternatives that JSON itself tells apart.
pub(super) fn one_of(api: &Api<'_>, site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    let Some(list) = schema.entry("oneOf") else { return };
    let mut seen: BTreeMap<&str, &Node> = BTreeMap::new();
    for alternative in list.value.items() {
        inner(api, site.name, alternative, found);
        let Some(target) = api.resolve(alternative, "schemas") else { continue };
        let ty = match target.get("type").and_then(Node::as_str) {
            // JSON does not tell them apart.
            Some("integer") => "number",
            Some(ty) => ty,
            None => continue,
        };
        if let Some(first) = seen.get(ty) {
            found.push(
                site.mistake(
                    "one-of",
                    format!("two alternatives of `{}` are of type {ty}", site.name),
                )
                .label(alternative.span, "the other one would always be taken")
                .label(first.span, "the first")
                .help("use one object with optional properties instead"),
            );
        }
        seen.entry(ty).or_insert(alternative);
    }
    if list.value.items().len() < 2 {
        found.push(
            site.mistake("one-of", format!("`{}` has fewer than two alternatives", site.name))
                .label(list.key_span, "nothing to choose from")
                .help("write the schema without `oneOf`"),
        );
    }
}
