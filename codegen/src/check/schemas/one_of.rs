//! `oneOf`: alternatives that the first character of the JSON tells apart.
//!
//! typify makes an untagged enum of them, which takes the first alternative that fits: right only if no other does.

use std::collections::BTreeMap;

use super::super::api::Api;
use super::parts;
use super::sites::Site;
use crate::{Diagnostic, Node, Span};

pub(super) fn distinct(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("oneOf") else { return };
    let alternatives = entry.value.items();
    if alternatives.len() < 2 {
        found.push(
            site.mistake("one-of", "is a `oneOf` of fewer than two")
                .label(entry.key_span, "no choice")
                .help(
                    parts::alone(api, site, entry, "oneOf")
                        .unwrap_or_else(|| "remove it".to_owned()),
                ),
        );
    }
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for alternative in alternatives {
        // What leads nowhere has its own message.
        let Some(target) = api.resolve(alternative, "schemas") else { continue };
        let Some(kind) = json_type(target) else {
            found.push(
                site.mistake("one-of", "has an alternative without `type`")
                    .label(alternative.span, "it could be anything")
                    .help("give it a `type` of its own"),
            );
            continue;
        };
        match seen.get(kind) {
            Some(&first) => found.push(same(site, kind, alternative.span, first)),
            None => drop(seen.insert(kind, alternative.span)),
        }
    }
}

/// The type in JSON, which knows one kind of number.
fn json_type(schema: &Node) -> Option<&str> {
    match schema.get("type").and_then(Node::as_str)? {
        "integer" => Some("number"),
        kind => Some(kind),
    }
}

fn same(site: &Site<'_>, kind: &str, span: Span, first: Span) -> Diagnostic {
    let help = match kind {
        "object" => {
            "write one schema with the properties of both, those that only one has being optional"
        }
        "number" => "write one schema for both: `type: number`",
        _ => "write one schema for both",
    };
    site.mistake("one-of", format!("has two alternatives that are both {kind} in JSON"))
        .label(span, "the second one")
        .label(first, "the first one")
        .help(help)
}
