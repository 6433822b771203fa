//! Normalises request bodies: each body becomes JSON, a form, or bytes from the caller.

use super::content::{Content, json, pick};
use super::files::UNTYPED;
use super::media::Media;
use super::{Operation, fields, for_each, omit, resolve, wire};
use crate::normalise::Record;
use crate::{Entry, Node, Value};

pub(in crate::normalise) fn of_one_kind(root: &mut Node, components: &Node, record: &mut Record) {
    for_each(root, |mut operation| {
        let Some(entry) = operation.node.remove("requestBody") else { return };
        let title = operation.title();
        let Some(body) = resolve(components, "requestBodies", &entry.value) else {
            let reason = format!("the body of {title} is a reference whose target doesn't exist");
            return omit(operation.node, "unresolved-reference", entry.key_span, reason);
        };
        if is_without_meaning(body, &entry, &mut operation, record) {
            return;
        }
        let content = body.get("content").map_or(Content::Empty, |it| pick(components, it));
        let Content::One(media, chosen) = content else {
            let message = format!("the body of {title} has no content, so no body is sent");
            return record.note("missing-content", entry.key_span, message);
        };
        if body.get("content").is_some_and(|content| content.entries().len() > 1) {
            let message = format!(
                "{title} accepts several media types, and `{}` is sent; to send a different one, use `raw_body` on the call",
                chosen.key
            );
            record.note("several-media-types", chosen.key_span, message);
        }
        match body_of(components, body, media, chosen, &title, record) {
            Ok(body) => operation.node.set("requestBody", body),
            Err(reason) => omit(operation.node, "media-type", entry.key_span, reason),
        }
    });
}

/// The media type of arbitrary bytes.
const ANY: &str = "application/octet-stream";

/// Leaves out a body that the operation's method can't have, and returns whether it did. If the
/// body is required, the whole operation is left out.
fn is_without_meaning(
    body: &Node,
    entry: &Entry,
    operation: &mut Operation<'_>,
    record: &mut Record,
) -> bool {
    if !matches!(operation.method, "get" | "head" | "options" | "trace") {
        return false;
    }
    let (title, upper) = (operation.title(), operation.method.to_uppercase());
    if body.is_true("required") {
        let reason = format!("{title} requires a body, but {upper} requests don't have one");
        omit(operation.node, "body-without-meaning", entry.key_span, reason);
    } else {
        let message = format!("the body of {title} is left out: {upper} requests don't have one");
        record.note("body-without-meaning", entry.key_span, message);
    }
    true
}

/// Returns a body in the normal form, or the reason why it can't be generated.
fn body_of(
    components: &Node,
    body: &Node,
    media: Media,
    chosen: Entry,
    title: &str,
    record: &mut Record,
) -> Result<Node, String> {
    let span = chosen.key_span;
    let mut normal = body.clone();
    normal.retain(|entry| matches!(entry.key.as_str(), "description" | "required"));
    if let Some(reason) = needed(components, body, media, &chosen) {
        let message = format!("the body of {title} is required: {reason}");
        record.note("required-body", span, message);
        normal.set("required", Node::bool_at(span, true));
    }
    if chosen.key.contains('*') && !media.is_json() {
        let message = format!(
            "{title} accepts any `{}`, so its body is sent as `{ANY}`; to set a different \
             media type, use `raw_body` on the call",
            chosen.key
        );
        record.note("any-media-type", span, message);
        normal.set(wire::MEDIA_TYPE, Node::text_at(span, ANY));
    } else if !media.is_any_json() {
        normal.set(wire::MEDIA_TYPE, Node::text_at(span, &*chosen.key));
    }
    let text = |text: &str| Node::text_at(span, text);
    match media {
        Media::Json(_) => normal.set("content", json(chosen)),
        Media::Form if fields::is_object(components, chosen.value.get("schema")) => {
            normal.set(wire::FORMAT, text("form"));
            let styles = fields::styles(components, &chosen, media, title, record);
            normal.set(wire::STYLES, styles);
            normal.set("content", json(chosen));
        }
        Media::Multipart => {
            let parts = fields::parts(components, &chosen).ok_or_else(|| {
                format!("the body of {title} is `{}`, but its fields are not described", chosen.key)
            })?;
            normal.set(wire::FORMAT, text("multipart"));
            let styles = fields::styles(components, &chosen, media, title, record);
            normal.set(wire::STYLES, styles);
            normal.set(wire::FILES, parts.files);
            let content = match parts.rest {
                Some(rest) => {
                    let mut media = chosen;
                    media.value.remove(UNTYPED);
                    media.value.set("schema", rest);
                    json(media)
                }
                None => Node::at(span, Value::Mapping(Vec::new())),
            };
            normal.set("content", content);
        }
        _ => {
            normal.set(wire::FORMAT, text("raw"));
            normal.set("content", Node::at(span, Value::Mapping(Vec::new())));
        }
    }
    Ok(normal)
}

/// Returns why a body is required although the document doesn't say so. Most documents that omit
/// `required` mean that the body is required.
fn needed(components: &Node, body: &Node, media: Media, chosen: &Entry) -> Option<&'static str> {
    if body.is_true("required") {
        return None;
    }
    let schema = chosen.value.get("schema");
    match media {
        Media::Form | Media::Multipart => Some("an empty form can be sent instead of no body"),
        Media::Json(_) if !body.has("required") && fields::has_required(components, schema) => {
            Some("it isn't declared as optional, and it has required properties")
        }
        _ => None,
    }
}
