//! Checks the `content` of bodies and responses: it must be JSON with one schema.

use super::api::{Api, Definition};
use crate::{Diagnostic, Entry, Node};

const JSON: &str = "application/json";

/// Who sends the content.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// The client.
    Request,
    /// The server.
    Response,
}

/// Checks `content`. `what` names the definition in messages, e.g. "the body of operation `x`".
pub(super) fn content(
    api: &Api<'_>,
    definition: &Definition<'_>,
    direction: Direction,
    what: &str,
    found: &mut Vec<Diagnostic>,
) {
    let media = definition.node.get("content").map_or(&[][..], Node::entries);
    match (media.iter().find(|entry| entry.key == JSON), media) {
        (Some(entry), _) => json(api, definition, what, entry, found),
        (None, [first, ..]) => found.push(not_json(definition, direction, what, first)),
        (None, []) => return,
    }
    let other = media.iter().skip(1).find(|entry| entry.key != JSON).or(media.first());
    if let (Some(other), [_, _, ..]) = (other, media) {
        found.push(
            definition
                .mistake("several-media-types", format!("{what} has more than one media type"))
                .label(other.key_span, "only one is supported")
                .help(format!("keep `{JSON}`, and remove the others")),
        );
    }
}

/// Reports media types other than `application/json`. Some of these media types are also JSON, but
/// a server that requires one of them may reject a request sent as `application/json`.
fn not_json(
    definition: &Definition<'_>,
    direction: Direction,
    what: &str,
    entry: &Entry,
) -> Diagnostic {
    let name = entry.key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = name == JSON || name.ends_with("+json") || name == "text/json";
    let message = match is_json {
        true => format!("{what} is `{}`, a media type that is not supported", entry.key),
        false => format!("{what} is `{}`, not JSON", entry.key),
    };
    let help = match direction {
        _ if name == JSON => format!("write `{JSON}:`"),
        Direction::Response if is_json => {
            format!("write `{JSON}:`: responses are always read as JSON")
        }
        Direction::Request => format!(
            "if the server also accepts JSON, write `{JSON}:`; otherwise leave the operation out"
        ),
        Direction::Response => format!(
            "if the server can also send JSON, write `{JSON}:`; otherwise leave the operation out"
        ),
    };
    definition.mistake("media-type", message).label(entry.key_span, "not supported").help(help)
}

fn json(
    api: &Api<'_>,
    definition: &Definition<'_>,
    what: &str,
    entry: &Entry,
    found: &mut Vec<Diagnostic>,
) {
    if entry.value.get("schema").is_none() {
        found.push(
            definition
                .mistake("missing-schema", format!("{what} has no `schema`"))
                .label(entry.key_span, "the content is not described")
                .help(format!("write its schema: `schema: {{ {} }}`", api.example_schema())),
        );
    }
    if let Some(encoding) = entry.value.entry("encoding") {
        found.push(
            definition
                .mistake("not-carried", format!("`encoding` of {what} is not supported"))
                .label(encoding.key_span, "it has no meaning for JSON")
                .help("remove it"),
        );
    }
}
