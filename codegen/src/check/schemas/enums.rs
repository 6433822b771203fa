//! Enums: texts that become variants, and a word on whether a server may extend them.

use std::collections::BTreeMap;

use super::Site;
use crate::{Diagnostic, Node, Span};

pub(super) fn check(site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    let Some(list) = schema.entry("enum") else { return };
    if schema.get("x-open-enum").and_then(Node::as_bool).is_none() {
        found.push(
            site.mistake("open-enum", format!("enum `{}` does not say whether a server may extend it", site.name))
                .label(list.key_span, "what is a value that is not in the list?")
                .help("write `x-open-enum: true` (unknown values are kept) or `x-open-enum: false` (they are errors)"),
        );
    }
    if schema.get("type").and_then(Node::as_str) != Some("string") {
        let span = schema.entry("type").map_or(site.span, |entry| entry.value.span);
        found.push(
            site.mistake("enum-type", format!("enum `{}` is not of type string", site.name))
                .label(span, "only enums of texts are supported")
                .help("write `type: string`"),
        );
    }
    values(site, list.value.items(), list.key_span, found);
}

fn values(site: &Site<'_>, values: &[Node], place: Span, found: &mut Vec<Diagnostic>) {
    if values.is_empty() {
        found.push(
            site.mistake("enum-value", format!("enum `{}` has no values", site.name))
                .label(place, "no value could be of this type")
                .help("list its values"),
        );
    }
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for value in values {
        let Some(text) = value.as_str() else {
            found.push(
                site.mistake(
                    "enum-value",
                    format!("a value of enum `{}` is {}", site.name, value.kind()),
                )
                .label(value.span, "a text was expected")
                .help("put it in quotes"),
            );
            continue;
        };
        let ident = crate::names::pascal(text);
        if !ident.chars().any(char::is_alphanumeric) {
            found.push(
                site.mistake(
                    "enum-value",
                    format!("value `{text}` of enum `{}` has no name in Rust", site.name),
                )
                .label(value.span, "neither letters nor digits")
                .help("use a plain `type: string` instead of the enum"),
            );
        } else if let Some((first, span)) = seen.get(&ident) {
            let message = format!(
                "values `{first}` and `{text}` of enum `{}` have the same name in Rust",
                site.name
            );
            found.push(
                site.mistake("enum-value", message)
                    .label(value.span, format!("`{ident}` again"))
                    .label(*span, "the first")
                    .help("remove one of them, or use a plain `type: string` instead of the enum"),
            );
        }
        seen.entry(ident).or_insert((text, value.span));
    }
}
