//! Picks one of several media types, and writes its content in the normal form.

use super::fields;
use super::files::{self, Place, is_binary};
use super::media::{JSON, Media};
use crate::{Entry, Node, Value};

/// The result of picking a media type from `content`.
pub(super) enum Content {
    /// No media type.
    Empty,
    /// The preferred media type.
    One(Media, Entry),
}

/// Picks a media type from `content`. A body whose schema describes bytes is treated as bytes, even
/// if its media type is JSON.
pub(super) fn pick(components: &Node, content: &Node) -> Content {
    let entries = || content.entries().iter().filter(|entry| is_usable(&entry.key));
    let has_multipart = entries().any(|entry| Media::of(&entry.key) == Media::Multipart);
    let rank = |entry: &&Entry| {
        let loses_files = has_multipart && has_files(components, entry);
        // The lowest rank wins: first a body that keeps its files, then a media type of a preferred
        // class, then a name without `*`.
        (loses_files, Media::of(&entry.key), entry.key.contains('*'))
    };
    let Some(entry) = entries().min_by_key(rank) else {
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

/// Returns whether a JSON or form body has a property with binary data. Only a multipart body can
/// send binary data unchanged.
fn has_files(components: &Node, entry: &Entry) -> bool {
    let properties = fields::properties_of(components, entry.value.get("schema"));
    let mut counts = properties
        .iter()
        .map(|(name, schema)| files::count(components, schema, Place::of(entry, name)));
    matches!(Media::of(&entry.key), Media::Json(_) | Media::Form) && counts.any(|it| it.is_some())
}

/// Returns whether a key of `content` is a media type that can be sent in a header.
fn is_usable(key: &str) -> bool {
    !key.starts_with("x-") && !key.is_empty() && key.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns the chosen media type together with all others that are read in the same way. Also
/// returns the first media type that is read differently.
pub(super) fn accepted(content: &Node, media: Media, chosen: &Entry) -> (String, Option<String>) {
    let names = content.entries().iter().map(|entry| &*entry.key);
    let others = names.filter(|name| is_usable(name) && *name != chosen.key);
    let is_same = |name: &&str| match Media::of(name) {
        Media::Json(_) => media.is_json(),
        other => other == media,
    };
    let (same, other): (Vec<&str>, Vec<&str>) = others.partition(is_same);
    let all = [&[&*chosen.key], &*same].concat().join(", ");
    (all, other.first().map(|name| (*name).to_owned()))
}

/// Returns a `content` mapping that contains only `application/json` with the schema of this media
/// type.
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
