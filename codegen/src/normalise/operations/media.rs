//! Media types: what each is, and which of several is meant.

use crate::{Entry, Node, Value};

pub(super) const JSON: &str = "application/json";

/// What a media type is, from the most wanted to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Media {
    /// By its own name first, then by others, then as one of any.
    Json(u8),
    Form,
    Multipart,
    /// Server-sent events.
    Events,
    /// JSON values, one after the other.
    Lines,
    Text,
    Bytes,
}

impl Media {
    /// What a media type is by its name.
    pub(crate) fn of(name: &str) -> Media {
        let bare = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match bare.as_str() {
            _ if name == JSON => Media::Json(0),
            JSON => Media::Json(1),
            "text/json" => Media::Json(2),
            "application/x-www-form-urlencoded" => Media::Form,
            "multipart/form-data" => Media::Multipart,
            "text/event-stream" => Media::Events,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/json-lines"
            | "application/json-seq"
            | "application/stream+json"
            | "application/x-json-stream" => Media::Lines,
            _ if bare.ends_with("+json-seq") => Media::Lines,
            _ if bare.ends_with("+json") => Media::Json(2),
            "*/*" | "application/*" | "*" => Media::Json(3),
            _ if bare.starts_with("text/") || bare.ends_with("+xml") || bare.ends_with("+yaml") => {
                Media::Text
            }
            "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/javascript"
            | "application/graphql"
            | "application/jwt" => Media::Text,
            _ => Media::Bytes,
        }
    }

    pub(super) fn is_json(self) -> bool {
        matches!(self, Media::Json(_))
    }

    /// Whether it is JSON by its usual name, or may have any name.
    pub(super) fn is_any_json(self) -> bool {
        matches!(self, Media::Json(0 | 1 | 3))
    }
}

/// What a `content` offers.
pub(super) enum Content {
    /// Nothing.
    Empty,
    /// The most wanted of its media types.
    One(Media, Entry),
}

/// Picks from `content`. What can't be JSON isn't, whatever it is called: bytes.
pub(super) fn pick(components: &Node, content: &Node) -> Content {
    let entries = content.entries().iter().filter(|entry| !entry.key.starts_with("x-"));
    let Some(entry) = entries.min_by_key(|entry| Media::of(&entry.key)) else {
        return Content::Empty;
    };
    let media = match Media::of(&entry.key) {
        media if media.is_json() && is_binary(components, entry.value.get("schema")) => {
            Media::Bytes
        }
        media => media,
    };
    Content::One(media, entry.clone())
}

/// Whether a schema is of bytes.
pub(super) fn is_binary(components: &Node, schema: Option<&Node>) -> bool {
    let schema = schema.and_then(|schema| super::resolve(components, "schemas", schema));
    schema.is_some_and(|schema| {
        // `file` is what the version before OpenAPI 3 called it.
        matches!(schema.text("format"), Some("binary")) || schema.text("type") == Some("file")
    })
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
