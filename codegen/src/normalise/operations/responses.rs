//! Responses: one success, with one body or none, of one kind.
//!
//! Several successes with different bodies become a union. Errors keep their own bodies, see [`errors`].

use super::content::{Content, accepted, json, pick};
use super::media::Media;
use super::{Operation, errors, events, for_each, resolve, response_headers, unescaped, wire};
use crate::check::{Class, class, has_no_body};
use crate::normalise::Record;
use crate::{Entry, Node, Span, Value};

/// The key of an operation whose success may come without a body.
pub(crate) const MAY_BE_EMPTY: &str = "x-openapi-keys-may-be-empty";
/// The key of an operation for which 304 is a success without a body.
pub(crate) const NOT_MODIFIED: &str = "x-openapi-keys-not-modified";

pub(in crate::normalise) fn one_success(root: &mut Node, components: &Node, record: &mut Record) {
    for_each(root, |mut operation| {
        if let Some(callbacks) = operation.node.remove("callbacks") {
            let message = format!("the callbacks of {} have no types", operation.title());
            record.note("callbacks", callbacks.key_span, message);
        }
        let entry = operation.node.remove("responses");
        if let Some(links) = entry.as_ref().and_then(|entry| links(components, &entry.value)) {
            let message = format!("the links of {} have no methods", operation.title());
            record.note("links", links, message);
        }
        let span = entry.as_ref().map_or(operation.key_span, |entry| entry.key_span);
        let read = entry
            .map(|entry| read(components, &entry.value, &operation, record))
            .unwrap_or_default();
        let responses = normal(components, read, &mut operation, span, record);
        operation.node.set("responses", responses);
    });
}

/// Where the first links of responses are.
fn links(components: &Node, responses: &Node) -> Option<Span> {
    responses.entries().iter().find_map(|entry| {
        let response = resolve(components, "responses", &entry.value)?;
        response.entry("links").map(|links| links.key_span)
    })
}

/// A response whose reference is followed.
pub(super) struct Response {
    pub(super) status: String,
    pub(super) span: Span,
    pub(super) description: Option<Node>,
    pub(super) content: Content,
    pub(super) headers: Vec<Entry>,
    /// The name of the response in `components`.
    pub(super) shared: Option<String>,
    /// The media types that the call accepts, if that isn't JSON.
    pub(super) accept: String,
    /// The first media type that the call doesn't accept.
    pub(super) other: Option<String>,
}

fn read(
    components: &Node,
    responses: &Node,
    operation: &Operation<'_>,
    record: &mut Record,
) -> Vec<Response> {
    let entries = responses.entries().iter().filter(|entry| !entry.key.starts_with("x-"));
    let response = |entry: &Entry| {
        let node = resolve(components, "responses", &entry.value)?;
        let status = normal_status(&entry.key);
        let empty = has_no_body(&status) || operation.method == "head";
        let media_types = node.get("content").filter(|_| !empty);
        let content = media_types.map_or(Content::Empty, |it| pick(components, it));
        let (accept, other) = match (media_types, &content) {
            (Some(media_types), Content::One(media, chosen)) => {
                accepted(media_types, *media, chosen)
            }
            _ => Default::default(),
        };
        Some(Response {
            span: entry.key_span,
            description: node.get("description").cloned(),
            headers: response_headers::read(components, node, operation, record),
            shared: entry.value.text("$ref").and_then(last_part),
            content,
            accept,
            other,
            status,
        })
    };
    entries.filter_map(response).collect()
}

/// The name at the end of a reference.
fn last_part(reference: &str) -> Option<String> {
    reference.rsplit('/').next().map(unescaped)
}

/// `2xx` is `2XX`.
fn normal_status(key: &str) -> String {
    let upper = key.to_ascii_uppercase();
    if upper == "DEFAULT" { "default".to_owned() } else { upper }
}

fn normal(
    components: &Node,
    mut responses: Vec<Response>,
    operation: &mut Operation<'_>,
    span: Span,
    record: &mut Record,
) -> Node {
    let title = operation.title();
    let not_modified = responses.extract_if(.., |it| it.status == "304").next().map(|it| it.span);
    for other in
        responses.extract_if(.., |it| matches!(class(&it.status), Class::Other | Class::Malformed))
    {
        let message = format!("the response `{}` of {title} is read as an error", other.status);
        record.note("unsupported-status", other.span, message);
    }
    if !responses.iter().any(|it| class(&it.status) == Class::Success) {
        // Without a success of its own, the default is one.
        match responses.iter_mut().find(|it| class(&it.status) == Class::Default) {
            Some(default) => {
                let message = format!("`default` is the success of {title}, which has no other");
                record.note("missing-success", default.span, message);
                default.status = "2XX".to_owned();
            }
            None => {
                let message = format!(
                    "{title} has no success among its responses, so any is taken, and its body isn't read"
                );
                record.note("missing-success", span, message);
                responses.push(Response {
                    status: "2XX".to_owned(),
                    span,
                    description: None,
                    content: Content::Empty,
                    headers: Vec::new(),
                    shared: None,
                    accept: String::new(),
                    other: None,
                });
            }
        }
    }
    let (successes, errors): (Vec<_>, Vec<_>) =
        responses.into_iter().partition(|it| class(&it.status) == Class::Success);
    successes.iter().for_each(|success| note_other(success, &title, record));
    let schema = success_schema(components, &successes, not_modified, operation, record);
    let mut entries: Vec<Entry> = Vec::new();
    for success in successes {
        let description = success.description.unwrap_or_else(|| Node::text_at(success.span, ""));
        let mut node = Node::mapping_at(success.span, [("description", description)]);
        let has_body = !has_no_body(&success.status) && operation.method != "head";
        if let (Some(media), true) = (&schema, has_body) {
            node.set("content", json(media.clone()));
        }
        response_headers::keep(success.headers, &mut node);
        entries.push(Entry { key: success.status, key_span: success.span, value: node });
    }
    entries.extend(errors::entries(errors, record));
    Node::at(span, Value::Mapping(entries))
}

/// Notes that the server may send something else.
fn note_other(success: &Response, title: &str, record: &mut Record) {
    let Some(other) = &success.other else { return };
    let message = format!(
        "the response `{}` of {title} has several media types: `header(\"accept\", \"{}\")` and `streamed` on the call return another",
        success.status,
        other.escape_debug()
    );
    record.note("several-media-types", success.span, message);
}

/// The schema of all successes; `None` if they have no body, or one that isn't JSON.
fn success_schema(
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
        let message = format!("the response `304` of {title} is a success without a body");
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
    let (Some(first), span) = (bodies.first(), operation.key_span) else { return None };
    if !Media::of(&first.key).is_any_json() {
        operation.node.set(wire::ACCEPT, Node::text_at(first.key_span, &*first.key));
    }
    if empty {
        operation.node.set(MAY_BE_EMPTY, Node::bool_at(span, true));
        let message =
            format!("a success of {title} may have no body, so its response is an `Option`");
        record.note("empty-success", span, message);
    }
    if bodies.len() == 1 {
        return Some((*first).clone());
    }
    let message = format!(
        "the successes of {title} have different bodies, which become the alternatives of one type"
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

/// Marks the statuses without a body, and returns whether there are some.
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

/// Marks what the response is. Returns the schema of what it consists of.
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
            // Some documents call all of it a text.
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

/// The data of an event.
fn event(
    components: &Node,
    entry: &Entry,
    operation: &Operation<'_>,
    record: &mut Record,
) -> Entry {
    let mut item = item(components, entry);
    if let Some(data) = item.value.get("schema").and_then(|it| events::data(components, it)) {
        let message = format!(
            "the schema of the events of {} has `data`, `event`, `id` or `retry`, as events themselves have: the client's type is that of `data`",
            operation.title()
        );
        record.note("event-fields", entry.key_span, message);
        item.value.set("schema", data);
    }
    item
}

/// What a sequence consists of: some documents give the schema of all of it, a list.
fn item(components: &Node, entry: &Entry) -> Entry {
    let schema = entry.value.get("schema").and_then(|it| resolve(components, "schemas", it));
    let items = schema.filter(|schema| schema.text("type") == Some("array"));
    let mut item = entry.clone();
    if let Some(items) = items.and_then(|schema| schema.get("items")) {
        item.value.set("schema", items.clone());
    }
    item
}
