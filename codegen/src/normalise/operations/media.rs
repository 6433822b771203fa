//! Media types: which of several is JSON.

use crate::{Entry, Node, Value};

pub(super) const JSON: &str = "application/json";

/// What a `content` offers.
pub(super) enum Content {
    /// Nothing.
    Empty,
    /// JSON, as the entry of this media type.
    Json(Entry),
    /// Something else, of which this is the first.
    Other(String),
}

/// Picks JSON from `content`: `application/json` itself, or else another name for it.
pub(super) fn pick(content: &Node) -> Content {
    let entries = content.entries().iter().filter(|entry| !entry.key.starts_with("x-"));
    let best = entries.clone().min_by_key(|entry| rank(&entry.key));
    match best {
        None => Content::Empty,
        Some(entry) if rank(&entry.key) < NOT_JSON => Content::Json(entry.clone()),
        Some(entry) => Content::Other(entry.key.clone()),
    }
}

const NOT_JSON: u8 = 4;

/// How much a media type is plain JSON: less is more.
fn rank(name: &str) -> u8 {
    let bare = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match bare.as_str() {
        _ if name == JSON => 0,
        JSON => 1,
        "text/json" => 2,
        _ if bare.ends_with("+json") => 2,
        "*/*" | "application/*" | "*" => 3,
        _ => NOT_JSON,
    }
}

/// `content` with nothing but JSON of this schema.
pub(super) fn json(media: Entry) -> Node {
    let span = media.key_span;
    let mut node = match media.value.value {
        Value::Mapping(_) => media.value,
        _ => Node::at(span, Value::Mapping(Vec::new())),
    };
    node.retain(|entry| {
        matches!(entry.key.as_str(), "schema" | "example") || entry.key.starts_with("x-")
    });
    if !node.has("schema") {
        node.set("schema", Node::at(span, Value::Mapping(Vec::new())));
    }
    let entry = Entry { key: JSON.to_owned(), key_span: span, value: node };
    Node::at(span, Value::Mapping(vec![entry]))
}
