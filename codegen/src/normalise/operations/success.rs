//! Normalises the body of a success response: its format and its schema.

use super::content::Content;
use super::media::Media;
use super::responses::Response;
use super::wire::{self, MAY_BE_EMPTY, NOT_MODIFIED};
use super::{Operation, events, resolve};
use crate::normalise::Record;
use crate::{Entry, Node, Span, Value};

/// Returns the schema that all success responses share. Returns `None` if they have no body, or if
/// the body doesn't contain JSON.
pub(super) fn schema(
    components: &Node,
    successes: &[Response],
    not_modified: Option<Span>,
    operation: &mut Operation<'_>,
    record: &mut Record,
) -> Option<Entry> {
    let title = operation.title();
    let mut bodies: Vec<&Entry> = Vec::new();
    let mut empty = mark_empty(successes, operation);
    if let Some(span) = not_modified {
        let message = format!("the response `304` of {title} is a success response without a body");
        record.note("not-modified", span, message);
        operation.node.set(NOT_MODIFIED, Node::bool_at(span, true));
        empty = true;
    }
    let best = successes.iter().filter_map(|success| match &success.content {
        Content::One(media, _) => Some(*media),
        Content::Empty => None,
    });
    let best = best.min();
    let mut others = Vec::new();
    for success in successes {
        match &success.content {
            Content::Empty => {}
            Content::One(media, entry) if media.is_json() => {
                let schema = |media: &Entry| media.value.get("schema").map(Node::to_json);
                if !bodies.iter().any(|other| schema(other) == schema(entry)) {
                    bodies.push(entry);
                }
            }
            Content::One(media, entry) if Some(*media) != best => {
                let message = format!(
                    "the response `{}` of {title} is `{}`: `streamed` on the call returns its bytes",
                    success.status, entry.key
                );
                record.note("media-type", success.span, message);
            }
            Content::One(media, entry) => others.push((*media, entry, &*success.accept)),
        }
    }
    if let Some((media, entry, accept)) = others.first() {
        let mut accepts: Vec<&str> = vec![accept];
        accepts.extend(others.iter().map(|(_, _, accept)| *accept).filter(|it| it != accept));
        let accept = accepts.join(", ");
        return other_than_json(components, *media, entry, &accept, empty, operation, record);
    }
    one_of(&bodies, empty, operation, record)
}

/// Returns the schema of the JSON success responses: their only schema, or a union of their
/// schemas.
fn one_of(
    bodies: &[&Entry],
    empty: bool,
    operation: &mut Operation<'_>,
    record: &mut Record,
) -> Option<Entry> {
    let title = operation.title();
    let (Some(first), span) = (bodies.first(), operation.key_span) else { return None };
    if !Media::of(&first.key).is_any_json() {
        operation.node.set(wire::ACCEPT, Node::text_at(first.key_span, &*first.key));
    }
    if empty {
        operation.node.set(MAY_BE_EMPTY, Node::bool_at(span, true));
        let message =
            format!("a success response of {title} may have no body, so the result is an `Option`");
        record.note("empty-success", span, message);
    }
    if bodies.len() == 1 {
        return Some((*first).clone());
    }
    let message = format!(
        "the success responses of {title} have different bodies, which become alternatives of one type"
    );
    record.note("several-success-bodies", span, message);
    let anything = || Node::at(span, Value::Mapping(Vec::new()));
    let schemas =
        bodies.iter().map(|media| media.value.get("schema").cloned().unwrap_or_else(anything));
    let union =
        Node::mapping_at(first.key_span, [("oneOf", Node::list_at(span, schemas.collect()))]);
    let value = Node::mapping_at(first.key_span, [("schema", union)]);
    Some(Entry { key: first.key.clone(), key_span: first.key_span, value })
}

/// Marks the statuses without a body, and returns whether there are any.
fn mark_empty(successes: &[Response], operation: &mut Operation<'_>) -> bool {
    let empty = successes.iter().filter(|success| matches!(success.content, Content::Empty));
    let statuses: Vec<Node> =
        empty.map(|success| Node::text_at(success.span, &*success.status)).collect();
    let is_there = !statuses.is_empty();
    if is_there {
        let statuses = Node::list_at(operation.key_span, statuses);
        operation.node.set(wire::EMPTY_STATUSES, statuses);
    }
    is_there
}

/// Marks the format of a response that isn't JSON. For a stream of JSON, returns the schema of its
/// items.
fn other_than_json(
    components: &Node,
    media: Media,
    entry: &Entry,
    accept: &str,
    may_be_empty: bool,
    operation: &mut Operation<'_>,
    record: &mut Record,
) -> Option<Entry> {
    let entry = match media {
        Media::Events => &event(components, entry, operation, record),
        _ => entry,
    };
    let schema = entry.value.get("schema").and_then(|it| resolve(components, "schemas", it));
    let is_text = schema
        .is_none_or(|schema| schema.text("type") == Some("string") || schema.entries().is_empty());
    let format = match media {
        Media::Events if is_text => "text-events",
        Media::Events => "events",
        Media::Lines => "lines",
        Media::Text => "text",
        _ => "bytes",
    };
    let text = |text: &str| Node::text_at(entry.key_span, text);
    operation.node.set(wire::RESPONSE_FORMAT, text(format));
    operation.node.set(wire::ACCEPT, text(accept));
    match format {
        "events" => Some(entry.clone()),
        "lines" => {
            let mut item = item(components, entry);
            // Some documents describe the whole stream as a string. That isn't the type of an item.
            if is_text {
                item.value.remove("schema");
            }
            Some(item)
        }
        "text-events" => None,
        _ => {
            operation.node.set(MAY_BE_EMPTY, Node::bool_at(entry.key_span, may_be_empty));
            None
        }
    }
}

/// Returns the schema of an event's data.
fn event(
    components: &Node,
    entry: &Entry,
    operation: &Operation<'_>,
    record: &mut Record,
) -> Entry {
    let mut item = item(components, entry);
    if let Some(data) = item.value.get("schema").and_then(|it| events::data(components, it)) {
        let message = format!(
            "the event schema of {} describes the whole event, not only its `data`, so the client \
             uses the type of `data`",
            operation.title()
        );
        record.note("event-fields", entry.key_span, message);
        item.value.set("schema", data);
    }
    item
}

/// Returns the media type with the schema of a single item. If the document describes the whole
/// stream as a list, this is the schema of the list's items.
fn item(components: &Node, entry: &Entry) -> Entry {
    let schema = entry.value.get("schema").and_then(|it| resolve(components, "schemas", it));
    let items = schema.filter(|schema| schema.text("type") == Some("array"));
    let mut item = entry.clone();
    if let Some(items) = items.and_then(|schema| schema.get("items")) {
        item.value.set("schema", items.clone());
    }
    item
}
