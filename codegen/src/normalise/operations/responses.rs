//! Normalises responses: the bodies of all success responses of an operation get the same schema.
//!
//! If the responses have different schemas, the new schema is a union. Errors keep their own bodies
//! (see [`errors`]).

use super::content::{Content, accepted, json, pick};
use super::{Operation, errors, for_each, resolve, response_headers, success, unescaped};
use crate::check::{Class, class, has_no_body};
use crate::normalise::Record;
use crate::{Entry, Node, Span, Value};

pub(in crate::normalise) fn one_success(root: &mut Node, components: &Node, record: &mut Record) {
    for_each(root, |mut operation| {
        if let Some(callbacks) = operation.node.remove("callbacks") {
            let message =
                format!("no types are generated for the callbacks of {}", operation.title());
            record.note("callbacks", callbacks.key_span, message);
        }
        let entry = operation.node.remove("responses");
        if let Some(links) = entry.as_ref().and_then(|entry| links(components, &entry.value)) {
            let message =
                format!("no methods are generated for the links of {}", operation.title());
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

/// Returns the position of the first `links` in responses.
fn links(components: &Node, responses: &Node) -> Option<Span> {
    responses.entries().iter().find_map(|entry| {
        let response = resolve(components, "responses", &entry.value)?;
        response.entry("links").map(|links| links.key_span)
    })
}

/// A response with its reference resolved.
pub(super) struct Response {
    pub(super) status: String,
    pub(super) span: Span,
    pub(super) description: Option<Node>,
    pub(super) content: Content,
    pub(super) headers: Vec<Entry>,
    /// The name of the response in `components`.
    pub(super) shared: Option<String>,
    /// The media types that the call accepts, if the response isn't JSON.
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

/// Returns the name at the end of a reference.
fn last_part(reference: &str) -> Option<String> {
    reference.rsplit('/').next().map(unescaped)
}

/// Returns `2XX` for `2xx`.
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
        // If there is no other success response, `default` is the success response.
        match responses.iter_mut().find(|it| class(&it.status) == Class::Default) {
            Some(default) => {
                let message = format!(
                    "`default` is treated as the success response of {title}, which declares no other success response"
                );
                record.note("missing-success", default.span, message);
                default.status = "2XX".to_owned();
            }
            None => {
                let message = format!(
                    "{title} declares no success response, so any success response is accepted without reading its body"
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
    let schema = success::schema(components, &successes, not_modified, operation, record);
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

/// Records that the server may send a different media type.
fn note_other(success: &Response, title: &str, record: &mut Record) {
    let Some(other) = &success.other else { return };
    let message = format!(
        "the response `{}` of {title} has several media types: `header(\"accept\", \"{}\")` and `streamed` on the call return a different one",
        success.status,
        other.escape_debug()
    );
    record.note("several-media-types", success.span, message);
}
