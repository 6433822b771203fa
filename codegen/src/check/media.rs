//! `content` of bodies and responses: JSON, one schema, and that one named.

use super::api::Definition;
use crate::{Diagnostic, Node};

const JSON: &str = "application/json";

/// Checks `content`. `what` is the definition in the words of a message: "the body of operation `x`".
pub(super) fn content(definition: &Definition<'_>, what: &str, found: &mut Vec<Diagnostic>) {
    let media = definition.node.get("content").map_or(&[][..], Node::entries);
    if let [_, second, ..] = media {
        found.push(
            definition
                .mistake("several-media-types", format!("{what} has more than one media type"))
                .label(second.key_span, "the second one")
                .help(format!("keep `{JSON}`")),
        );
    }
    for entry in media {
        if entry.key == JSON {
            json(definition, what, entry, found);
        } else if media.len() == 1 {
            found.push(
                definition
                    .mistake("media-type", format!("{what} is `{}`, not JSON", entry.key))
                    .label(entry.key_span, "not supported")
                    .help(format!("write `{JSON}:`, if it is JSON")),
            );
        }
    }
}

fn json(
    definition: &Definition<'_>,
    what: &str,
    entry: &crate::Entry,
    found: &mut Vec<Diagnostic>,
) {
    if entry.value.get("schema").is_none() {
        found.push(
            definition
                .mistake("missing-schema", format!("{what} has no `schema`"))
                .label(entry.key_span, "nothing says what is in it")
                .help("write `schema: { $ref: \"#/components/schemas/…\" }`"),
        );
    }
    if let Some(encoding) = entry.value.entry("encoding") {
        found.push(
            definition
                .mistake("not-carried", format!("`encoding` of {what} is not carried over"))
                .label(encoding.key_span, "it has no meaning for JSON")
                .help("remove it"),
        );
    }
}
