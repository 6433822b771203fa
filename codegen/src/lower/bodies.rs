//! Lowers the wire formats of bodies, from the keys that `normalise` adds.

use crate::Node;
use crate::model::{BodyFormat, FieldStyle, File, ResponseFormat, Success};
use crate::normalise::operations::wire::{self, NOT_MODIFIED};

const JSON: &str = "application/json";

/// Returns the format of a request body.
pub(super) fn format(body: &Node) -> BodyFormat {
    match body.text(wire::FORMAT) {
        Some("form") => BodyFormat::Form(styles(body)),
        Some("multipart") => BodyFormat::Multipart { styles: styles(body), files: files(body) },
        Some("raw") => BodyFormat::Raw,
        _ => BodyFormat::Json,
    }
}

/// Returns the media type of a request body.
pub(super) fn media_type(body: &Node) -> String {
    body.text(wire::MEDIA_TYPE).unwrap_or(JSON).to_owned()
}

fn styles(body: &Node) -> Vec<FieldStyle> {
    let entries = body.get(wire::STYLES).map_or(&[][..], Node::entries).iter();
    let style = |entry: &crate::Entry| {
        Some(FieldStyle { name: entry.key.clone(), style: entry.value.as_str()?.to_owned() })
    };
    entries.filter_map(style).collect()
}

fn files(body: &Node) -> Vec<File> {
    let file = |node: &Node| {
        let text = |key: &str| node.text(key).unwrap_or_default().to_owned();
        let name = text("name");
        File {
            required: node.is_true("required"),
            many: node.is_true("many"),
            description: super::described(Some(node), || format!("The file `{name}`.")),
            media_type: text("mediaType"),
            name,
        }
    };
    body.get(wire::FILES).map_or(&[][..], Node::items).iter().map(file).collect()
}

/// Returns the format of an operation's success response.
pub(super) fn response_format(operation: &Node) -> ResponseFormat {
    match operation.text(wire::RESPONSE_FORMAT) {
        Some("text") => ResponseFormat::Text,
        Some("bytes") => ResponseFormat::Bytes,
        Some("events") => ResponseFormat::Events,
        Some("text-events") => ResponseFormat::TextEvents,
        Some("lines") => ResponseFormat::Lines,
        _ => ResponseFormat::Json,
    }
}

/// Returns whether the format of an operation's success response allows a missing body. Stream
/// formats don't, because a missing body is just an empty stream.
pub(super) fn may_be_missing(operation: &Node) -> bool {
    use ResponseFormat::{Bytes, Json, Text};
    matches!(response_format(operation), Json | Text | Bytes)
}

/// Returns the success responses in document order. If 304 counts as a success, it comes last.
pub(super) fn successes(operation: &Node) -> Vec<Success> {
    let empty = operation.get(wire::EMPTY_STATUSES).map(Node::items).unwrap_or_default();
    let responses = operation.get("responses").map(Node::entries).unwrap_or_default();
    let declared = responses.iter().filter(|response| response.key.starts_with('2'));
    let success = |response: &crate::Entry| Success {
        // `2XX` isn't a number, so its status is `None`.
        status: response.key.parse().ok(),
        has_body: !empty.iter().any(|it| it.as_str() == Some(&response.key)),
    };
    let not_modified = operation.is_true(NOT_MODIFIED);
    let not_modified = not_modified.then_some(Success { status: Some(304), has_body: false });
    declared.map(success).chain(not_modified).collect()
}

/// Returns the media types that a success response of an operation may have.
pub(super) fn accept(operation: &Node) -> String {
    operation.text(wire::ACCEPT).unwrap_or(JSON).to_owned()
}
