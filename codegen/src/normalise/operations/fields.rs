//! Normalises the properties of forms: determines the style of each property, and which properties
//! are files.

use super::files::{self, Count, Place};
use super::media::Media;
use super::resolve;
use super::steps::{Budget, Steps};
use crate::normalise::Record;
use crate::{Entry, Node, Span, Value};

/// Returns whether a schema describes objects, whose properties can be sent as form fields.
pub(super) fn is_object(components: &Node, schema: Option<&Node>) -> bool {
    let Some(schema) = schema.and_then(|schema| resolve(components, "schemas", schema)) else {
        return false;
    };
    let is_composed = ["allOf", "oneOf", "anyOf"].iter().any(|key| schema.has(key));
    schema.has("properties") || schema.text("type") == Some("object") || is_composed
}

/// Returns whether an object has required properties.
pub(super) fn has_required(components: &Node, schema: Option<&Node>) -> bool {
    !required(components, schema, Budget::new().steps()).is_empty()
}

/// Returns the style that `encoding` defines for each property, in the format of
/// [`super::wire::STYLES`].
pub(super) fn styles(
    components: &Node,
    media: &Entry,
    kind: Media,
    title: &str,
    record: &mut Record,
) -> Node {
    let mut styles = Node::at(media.key_span, Value::Mapping(Vec::new()));
    let encodings = media.value.get("encoding").map_or(&[][..], Node::entries);
    let properties = properties_of(components, media.value.get("schema"));
    for Entry { key, key_span, value } in encodings {
        if value.has("headers") {
            let message =
                format!("the headers of the `{key}` field in the body of {title} are not sent");
            record.note("encoding-headers", *key_span, message);
        }
        let is_file = properties.iter().any(|(name, schema)| {
            name == key && files::count(components, schema, Place::of(media, name)).is_some()
        });
        if is_file {
            continue;
        }
        match style(value, kind) {
            Some(style) => styles.set(key, Node::text_at(*key_span, style)),
            None if value.has("style") => {
                let message = format!(
                    "the style of the `{key}` field in the body of {title} isn't allowed in \
                     forms, so it is ignored"
                );
                record.note("encoding-style", *key_span, message);
            }
            None => {}
        }
    }
    styles
}

/// Returns the style that an encoding defines for a field.
fn style(encoding: &Node, kind: Media) -> Option<String> {
    let says = ["style", "explode", "allowReserved"].iter().any(|key| encoding.has(key));
    if says && kind == Media::Form {
        let style = encoding.text("style").unwrap_or("form");
        let exploded = encoding.get("explode").and_then(Node::as_bool).unwrap_or(style == "form");
        let style = match (style, exploded) {
            ("form" | "spaceDelimited" | "pipeDelimited", true) => "exploded",
            ("form", false) => ",",
            ("spaceDelimited", false) => " ",
            ("pipeDelimited", false) => "|",
            ("deepObject", _) => "deep",
            _ => return None,
        };
        return Some(style.to_owned());
    }
    let media_type = encoding.text("contentType")?.trim();
    let media = Media::of(media_type);
    match kind {
        // The parts of a multipart body have a header for the media type.
        Media::Multipart if media != Media::Json(0) => {
            is_concrete(media_type).then(|| format!("as {media_type}"))
        }
        _ => media.is_json().then(|| "json".to_owned()),
    }
}

/// Returns whether this is a single media type that can be sent in a header. If there are several
/// media types, only the caller can decide which one applies.
fn is_concrete(media_type: &str) -> bool {
    let is_text = media_type.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    is_text && media_type.contains('/') && !media_type.contains([',', '*'])
}

/// The parts of a multipart body.
pub(super) struct Parts {
    /// The files, in the format of [`super::wire::FILES`].
    pub(super) files: Node,
    /// The schema of the other properties, if there are any.
    pub(super) rest: Option<Node>,
}

/// Returns the parts, or `None` if the schema describes neither named nor additional properties.
pub(super) fn parts(components: &Node, media: &Entry) -> Option<Parts> {
    let span = media.key_span;
    let schema = media.value.get("schema");
    let all = properties_of(components, schema);
    let additional = additional(components, schema);
    if all.is_empty() && additional.is_none() {
        return None;
    }
    let required = required(components, schema, Budget::new().steps());
    let encodings = media.value.get("encoding");
    let mut files = Vec::new();
    let mut others = Vec::new();
    for (name, schema) in all {
        let is_required = required.iter().any(|it| it.as_str() == Some(&*name));
        let encoding = encodings.and_then(|encodings| encodings.get(&name));
        let media_type = encoding.and_then(|encoding| encoding.text("contentType"));
        match files::count(components, &schema, Place::of(media, &name)) {
            Some(count) => {
                let is = (is_required, count == Count::Many);
                files.push(file(components, &name, &schema, is, media_type));
            }
            None => others.push((name, schema)),
        }
    }
    let has_rest = !others.is_empty() || additional.is_some();
    let rest = has_rest.then(|| {
        let mut rest = rest(span, schema, others, &required);
        additional.into_iter().for_each(|it| rest.set("additionalProperties", it.clone()));
        rest
    });
    Some(Parts { files: Node::list_at(span, files), rest })
}

/// Returns the schema of additional properties. Returns `None` if they are files, because files
/// need a name.
fn additional<'n>(components: &'n Node, schema: Option<&'n Node>) -> Option<&'n Node> {
    let additional = resolve(components, "schemas", schema?)?.get("additionalProperties")?;
    let is_file = files::count(components, additional, Place::default()).is_some();
    (additional.is_mapping() && !is_file).then_some(additional)
}

fn file(
    components: &Node,
    name: &str,
    schema: &Node,
    (required, many): (bool, bool),
    media_type: Option<&str>,
) -> Node {
    let span = schema.span;
    let text = |text: &str| Node::text_at(span, text);
    let described = schema.text("description").or_else(|| {
        resolve(components, "schemas", schema).and_then(|schema| schema.text("description"))
    });
    let own = files::media_type(components, schema);
    let concrete = media_type.or(own).filter(|it| is_concrete(it));
    Node::mapping_at(
        span,
        [
            ("name", text(name)),
            ("required", Node::bool_at(span, required)),
            ("many", Node::bool_at(span, many)),
            ("description", text(described.unwrap_or_default())),
            ("mediaType", text(concrete.unwrap_or("application/octet-stream").trim())),
        ],
    )
}

/// Returns the schema of the properties that aren't files.
fn rest(
    span: Span,
    schema: Option<&Node>,
    properties: Vec<(String, Node)>,
    required: &[Node],
) -> Node {
    let is_there = |name: &Node| properties.iter().any(|(it, _)| name.as_str() == Some(it));
    let required: Vec<Node> = required.iter().filter(|name| is_there(name)).cloned().collect();
    let entries =
        properties.into_iter().map(|(key, value)| Entry { key, key_span: value.span, value });
    let entries: Vec<Entry> = entries.collect();
    let mut node = Node::mapping_at(span, [("type", Node::text_at(span, "object"))]);
    if !entries.is_empty() {
        node.set("properties", Node::at(span, Value::Mapping(entries)));
    }
    if !required.is_empty() {
        node.set("required", Node::list_at(span, required));
    }
    if let Some(description) = schema.and_then(|schema| schema.get("description")) {
        node.set("description", description.clone());
    }
    node
}

/// Returns the properties of an object, including those of its parts and alternatives.
pub(super) fn properties_of(components: &Node, schema: Option<&Node>) -> Vec<(String, Node)> {
    properties(components, schema, Budget::new().steps())
}

fn properties(components: &Node, schema: Option<&Node>, steps: Steps<'_>) -> Vec<(String, Node)> {
    let mut all: Vec<(String, Node)> = Vec::new();
    let schema = schema.and_then(|it| resolve(components, "schemas", it));
    let (Some(schema), Some(steps)) = (schema, steps.inside()) else { return all };
    let inside = |key: &str| schema.get(key).map_or(&[][..], Node::items).iter();
    for (name, schema) in inside("oneOf")
        .chain(inside("anyOf"))
        .flat_map(|part| properties(components, Some(part), steps))
    {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if known.to_json() == schema.to_json() => {}
            Some((_, known)) => *known = either(known, &schema),
            None => all.push((name, schema)),
        }
    }
    let inherited = inside("allOf").flat_map(|part| properties(components, Some(part), steps));
    let own = schema.get("properties").map_or(&[][..], Node::entries);
    let own = own.iter().map(|entry| (entry.key.clone(), entry.value.clone()));
    for (name, schema) in inherited.chain(own) {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = schema,
            None => all.push((name, schema)),
        }
    }
    all
}

/// Returns what the schemas of a property in two alternatives have in common.
fn either(one: &Node, other: &Node) -> Node {
    let kind = one.get("type").filter(|kind| kind.as_str() == other.text("type"));
    let is_scalar = |kind: &&Node| !matches!(kind.as_str(), None | Some("array" | "object"));
    let format = one.get("format").filter(|format| format.as_str() == other.text("format"));
    let mut either = Node::mapping_at(one.span, []);
    if let Some(kind) = kind.filter(is_scalar) {
        either.set("type", kind.clone());
        format.into_iter().for_each(|format| either.set("format", format.clone()));
    }
    either
}

fn required(components: &Node, schema: Option<&Node>, steps: Steps<'_>) -> Vec<Node> {
    let schema = schema.and_then(|it| resolve(components, "schemas", it));
    let (Some(schema), Some(steps)) = (schema, steps.inside()) else { return Vec::new() };
    let own = schema.get("required").map_or(&[][..], Node::items).iter().cloned();
    let parts = schema.get("allOf").map_or(&[][..], Node::items);
    let inherited = parts.iter().flat_map(|part| required(components, Some(part), steps));
    own.chain(inherited).collect()
}
