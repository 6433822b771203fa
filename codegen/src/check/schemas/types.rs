//! Checks each `type`: it must be one of OpenAPI 3.0's six types, and must be present if a
//! keyword requires it. An array must have `items`.

use super::super::api::Api;
use super::super::names::closest;
use super::enums::without_enum;
use super::sites::{Position, Site};
use super::{formats, keywords};
use crate::{Diagnostic, Entry, Node, Value};

pub(super) const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

pub(super) fn known(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    if !matches!(site.node.value, Value::Mapping(_)) {
        found.push(
            site.mistake("schema-shape", format!("is {}", site.node.kind()))
                .label(site.node.span, "a mapping was expected")
                .help("for example, write `{ type: string }`"),
        );
        return;
    }
    match site.node.get("type") {
        None => found.extend(missing(site)),
        Some(node) => match node.as_str() {
            Some("array") if site.node.get("items").is_none() => found.push(
                site.mistake("missing-items", "is an array without `items`")
                    .label(node.span, "its items are not described")
                    .help("write `items: { type: string }`, or the schema of the items"),
            ),
            Some(name) if TYPES.contains(&name) => {}
            _ => found.push(unknown(site, node)),
        },
    }
}

/// Reports a missing `type` if a keyword implies one. Otherwise, a schema without a type is valid:
/// it accepts any JSON.
fn missing(site: &Site<'_>) -> Option<Diagnostic> {
    let (kind, entry) = site
        .node
        .entries()
        .iter()
        .find_map(|entry| Some((keywords::of_type(&entry.key)?, entry)))?;
    let format = site.text("format").and_then(formats::type_of);
    let kind = if entry.key == "format" { format.unwrap_or(kind) } else { kind };
    let numbers = |it: &Entry| it.key == "enum" && it.value.items().iter().any(is_number);
    let help = match numbers(entry) {
        true => format!("write `type: integer` or `type: number`; {}", without_enum(site)),
        false => format!("write `type: {kind}`"),
    };
    Some(
        site.mistake("missing-type", "has no `type`")
            .label(entry.key_span, format!("this key is for `type: {kind}`"))
            .help(help),
    )
}

fn is_number(node: &Node) -> bool {
    matches!(node.value, Value::Number(_))
}

fn unknown(site: &Site<'_>, node: &Node) -> Diagnostic {
    let nullable = matches!(site.position, Position::Property | Position::Item);
    // `array` isn't suggested without `items`, because the schema would still be incomplete.
    let usable = |kind: &&str| *kind != "array" || site.node.get("items").is_some();
    let (message, help) = match (&node.value, node.as_str()) {
        (Value::Sequence(types), _) => {
            let null = types.iter().any(|it| it.as_str() == Some("null"));
            let help = match nullable && null {
                true => "write one type, and `nullable: true` instead of `null`",
                false => "write one type",
            };
            ("has a list as `type`".to_owned(), help.to_owned())
        }
        (_, Some("null")) => (
            "has the type `null`".to_owned(),
            match nullable {
                true => "write the type of its values, and `nullable: true`".to_owned(),
                false => "write the type of its values".to_owned(),
            },
        ),
        (_, Some(name)) => {
            let help = match closest(name, TYPES.iter().copied().filter(usable)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    format!("write one of {}", super::super::names::quoted(TYPES.iter().copied()))
                }
            };
            (format!("has an unknown type `{name}`"), help)
        }
        (_, None) => (
            format!("has {} as `type`", node.kind()),
            "for example, write `type: string`".to_owned(),
        ),
    };
    site.mistake("unknown-type", message).label(node.span, "not an OpenAPI 3.0 type").help(help)
}
