//! Enums: strings that become variants, and a word on whether more may come.

use std::collections::BTreeMap;

use super::super::api::Api;
use super::super::names::pascal;
use super::sites::Site;
use crate::{Diagnostic, Node, Span};

pub(super) fn usable(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    // Of another type, it is the `enum` that is wrong, not its values.
    if site.text("type").is_some_and(|kind| kind != "string") {
        return;
    }
    let Some(entry) = site.node.entry("enum") else { return };
    if entry.value.items().is_empty() {
        found.push(
            site.mistake("empty-enum", "is an enum without values")
                .label(entry.key_span, "no value could ever be read")
                .help("list its values: `enum: [a, b]`"),
        );
    }
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for node in entry.value.items() {
        let Some(value) = node.as_str() else {
            found.push(not_text(site, node));
            continue;
        };
        let variant = pascal(value);
        if variant.is_empty() {
            found.push(
                site.mistake(
                    "enum-value",
                    format!("has the value `{value}`, which no variant can be named after"),
                )
                .label(node.span, "neither letters nor digits")
                .help("remove it, or make the schema a plain `type: string`"),
            );
        } else if let Some(&(first, span)) = seen.get(&variant) {
            found.push(taken(site, value, node.span, first, span, &variant));
        } else {
            seen.insert(variant, (value, node.span));
        }
    }
}

fn not_text(site: &Site<'_>, node: &Node) -> Diagnostic {
    let help = match node.as_str() {
        None if matches!(node.value, crate::Value::Null) => {
            "remove it; where `null` may come, leave the property out of `required`".to_owned()
        }
        _ => format!("write `\"{node}\"`, if it is text on the wire; otherwise remove `enum`"),
    };
    site.mistake("enum-value", format!("has the value `{node}`, which is no string"))
        .label(node.span, "only strings can be variants")
        .help(help)
}

fn taken(
    site: &Site<'_>,
    value: &str,
    span: Span,
    first: &str,
    first_span: Span,
    variant: &str,
) -> Diagnostic {
    let (what, help) = if value == first {
        (format!("has the value `{value}` twice"), "remove one of the two")
    } else {
        let what = format!("has the values `{first}` and `{value}`, both `{variant}` in Rust");
        (what, "remove one of the two, or make the schema a plain `type: string`")
    };
    site.mistake("enum-collision", what)
        .label(span, "the second one")
        .label(first_span, "the first one")
        .help(help)
}

pub(super) fn open_or_not(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    const HELP: &str = "write `x-open-enum: true` if the server may add values (unknown ones are then kept), `false` if it never will";
    let mistake = match (site.node.entry("enum"), site.node.entry("x-open-enum")) {
        (Some(values), None) => site
            .mistake("closed-or-open-enum", "does not say whether more values may come")
            .label(values.key_span, "`x-open-enum` is missing"),
        (_, Some(open)) if open.value.as_bool().is_none() => site
            .mistake("closed-or-open-enum", format!("has {} as `x-open-enum`", open.value.kind()))
            .label(open.value.span, "`true` or `false` was expected"),
        (None, Some(open)) => site
            .mistake("closed-or-open-enum", "has `x-open-enum` and no `enum`")
            .label(open.key_span, "there is nothing to be open"),
        _ => return,
    };
    found.push(mistake.help(HELP));
}
