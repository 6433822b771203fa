//! Checks enums: their values must be strings or integers, which become variants. `x-open-enum`
//! says whether the server may add values.

use std::collections::BTreeMap;

use super::super::api::{Api, list};
use super::sites::Site;
use crate::{Diagnostic, Node, Span, Value};

pub(super) fn usable(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let is_integer = site.text("type") == Some("integer");
    // With a type other than `string` or `integer`, the `enum` itself is wrong, not its values.
    if site.text("type").is_some_and(|kind| kind != "string" && !is_integer) {
        return;
    }
    let Some(entry) = site.node.entry("enum") else { return };
    if entry.value.items().is_empty() {
        found.push(
            site.mistake("empty-enum", "is an enum without values")
                .label(entry.key_span, "no value would ever be valid")
                .help("list its values: `enum: [a, b]`"),
        );
    }
    let texts = || entry.value.items().iter().all(|it| it.as_str().is_some());
    if is_integer && !entry.value.items().is_empty() && texts() {
        // The rule for keywords reports the contradiction between the type and the values.
        return;
    }
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for node in entry.value.items() {
        let value = match (is_integer, node.as_str()) {
            (true, _) if node.to_json().is_i64() => node.to_string(),
            (false, Some(value)) => value.to_owned(),
            (true, _) => {
                found.push(not_integer(site, node));
                continue;
            }
            (false, None) => {
                found.push(not_text(site, node));
                continue;
            }
        };
        match seen.get(&value) {
            Some(&first) => found.push(twice(site, &value, node.span, first)),
            None => drop(seen.insert(value, node.span)),
        }
    }
}

fn not_integer(site: &Site<'_>, node: &Node) -> Diagnostic {
    site.mistake("enum-value", format!("has the value `{node}`, which isn't an integer"))
        .label(node.span, "only 64-bit integers can be variants here")
        .help(format!("remove it, or {}", without_enum(site)))
}

fn not_text(site: &Site<'_>, node: &Node) -> Diagnostic {
    let help = match node.as_str() {
        None if matches!(node.value, Value::Null) => {
            "remove it; if the value may be `null`, leave the property out of `required`".to_owned()
        }
        _ => format!(
            "if the server sends it as a string, write `\"{node}\"`; otherwise {}",
            without_enum(site)
        ),
    };
    site.mistake("enum-value", format!("has the value `{node}`, which isn't a string"))
        .label(node.span, "only strings can be variants")
        .help(help)
}

fn twice(site: &Site<'_>, value: &str, span: Span, first: Span) -> Diagnostic {
    site.mistake("enum-collision", format!("has the value `{value}` twice"))
        .label(span, "the second one")
        .label(first, "the first one")
        .help("remove one of the two")
}

/// Returns a help message that says how to remove the `enum` from a schema.
pub(super) fn without_enum(site: &Site<'_>) -> String {
    let keys = match site.node.get("x-open-enum") {
        None => "`enum`",
        Some(_) => "`enum` and `x-open-enum`",
    };
    format!("remove {keys}, and list the values in `description`")
}

pub(super) const OPEN_OR_NOT: &str = "write `x-open-enum: true` if the server may add values (unknown values are then kept), or `false` if it never will";

/// Returns whether this is an enum that doesn't declare whether the server may add values.
pub(super) fn lacks_open(site: &Site<'_>) -> bool {
    site.node.get("enum").is_some() && site.node.get("x-open-enum").is_none()
}

pub(super) fn open_or_not(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    // With a type other than `string` or `integer`, the `enum` itself is wrong.
    let is_text = |node: &Node| node.as_str().is_some() || matches!(node.value, Value::Null);
    let of_numbers = || !list(site.node, "enum").iter().all(is_text);
    let wrong = match site.text("type") {
        Some("string" | "integer") => false,
        Some(_) => site.node.get("enum").is_some(),
        None => site.node.get("type").is_none() && of_numbers(),
    };
    if wrong {
        return;
    }
    let mistake = match (site.node.entry("enum"), site.node.entry("x-open-enum")) {
        // The `normalise` stage decides whether an enum without `x-open-enum` is open.
        (Some(_), None) => return,
        (Some(_), Some(open)) if open.value.as_bool().is_none() => site
            .mistake("closed-or-open-enum", format!("has {} as `x-open-enum`", open.value.kind()))
            .label(open.value.span, "`true` or `false` was expected"),
        (None, Some(open)) => {
            return found.push(
                site.mistake("closed-or-open-enum", "has `x-open-enum` but no `enum`")
                    .label(open.key_span, "there are no values to add to")
                    .help("remove it, or list the values: `enum: [a, b]`"),
            );
        }
        _ => return,
    };
    found.push(mistake.help(OPEN_OR_NOT));
}
