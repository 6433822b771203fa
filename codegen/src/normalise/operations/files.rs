//! Determines which values are bytes, and which properties of a form are files.

use super::media::Media;
use super::resolve;
use super::steps::{Budget, Steps};
use crate::normalise::schemas::types::of_keyword;
use crate::{Entry, Node, Value};

/// The key that marks a media type in which properties without a type are bytes. OpenAPI 3.1
/// defines this for `multipart`.
pub(crate) const UNTYPED: &str = "x-openapi-keys-untyped-is-bytes";

/// The key for the media type of a schema whose values are bytes. OpenAPI 3.1 calls this key
/// `contentMediaType`.
pub(crate) const MEDIA_TYPE: &str = "x-openapi-keys-bytes";

/// How many files a property contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Many,
}

/// How a property's place affects whether its value is treated as bytes.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Whether a property without a type is bytes.
    untyped: bool,
    /// Whether text without a format is bytes. This is the case if `encoding` declares a binary
    /// media type for the property.
    text: bool,
}

impl Place {
    /// Returns the place of a property in a media type.
    pub(super) fn of(media: &Entry, property: &str) -> Self {
        let encoding = media.value.get("encoding").and_then(|encodings| encodings.get(property));
        let media_types = encoding.and_then(|encoding| encoding.text("contentType"));
        let is_bytes = |media_types: &str| {
            media_types.split(',').all(|media_type| Media::of(media_type.trim()) == Media::Bytes)
        };
        let text = media_types.is_some_and(is_bytes);
        Place { untyped: text || media.value.is_true(UNTYPED), text }
    }
}

/// Returns whether a schema describes bytes.
pub(super) fn is_binary(components: &Node, schema: Option<&Node>) -> bool {
    let one = Some(Count::One);
    schema.is_some_and(|schema| count(components, schema, Place::default()) == one)
}

/// Returns how many files a property contains, or `None` if it isn't a file.
pub(super) fn count(components: &Node, schema: &Node, place: Place) -> Option<Count> {
    count_of(components, schema, place, Budget::new().steps())
}

fn count_of(components: &Node, schema: &Node, place: Place, steps: Steps<'_>) -> Option<Count> {
    let (schema, inside) = (resolve(components, "schemas", schema)?, steps.inside()?);
    let of = |schema: &Node| count_of(components, schema, place, inside);
    // `file` is the type of files in OpenAPI 2.
    if schema.text("format") == Some("binary") || schema.text("type") == Some("file") {
        return Some(Count::One);
    }
    if let Some(items) = schema.get("items") {
        return (of(items)? == Count::One).then_some(Count::Many);
    }
    if let Some(parts) = schema.get("allOf") {
        // Only one part declares the file. A part without a type only describes the file, so
        // such a part isn't bytes.
        let place = Place::default();
        return parts.items().iter().find_map(|it| count_of(components, it, place, inside));
    }
    if let Some(alternatives) = schema.get("oneOf").or_else(|| schema.get("anyOf")) {
        let alternatives = alternatives.items().iter().filter(|it| !is_null(it));
        let counts: Option<Vec<Count>> = alternatives.map(of).collect();
        return counts?
            .into_iter()
            .reduce(|one, other| if one == other { one } else { Count::Many });
    }
    let is_bytes = match schema.text("type") {
        Some("string") => place.text && !schema.has("format") && !schema.has("enum"),
        Some(_) => false,
        None => {
            let says_type = |entry: &Entry| entry.key == "enum" || of_keyword(&entry.key).is_some();
            place.untyped && !schema.entries().iter().any(says_type)
        }
    };
    is_bytes.then_some(Count::One)
}

/// Returns the media type that a schema of files declares.
pub(super) fn media_type<'n>(components: &'n Node, schema: &'n Node) -> Option<&'n str> {
    media_type_of(components, schema, Budget::new().steps())
}

fn media_type_of<'n>(components: &'n Node, schema: &'n Node, steps: Steps<'_>) -> Option<&'n str> {
    let (schema, inside) = (resolve(components, "schemas", schema)?, steps.inside()?);
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
    let mut all = parts.flat_map(Node::items).chain(schema.get("items"));
    let own = schema.text(MEDIA_TYPE);
    own.or_else(|| all.find_map(|part| media_type_of(components, part, inside)))
}

/// Returns whether `null` is the only value that the schema allows.
fn is_null(schema: &Node) -> bool {
    let is_only = |values: &Node| {
        !values.items().is_empty()
            && values.items().iter().all(|value| matches!(value.value, Value::Null))
    };
    schema.text("type") == Some("null") || schema.get("enum").is_some_and(is_only)
}
