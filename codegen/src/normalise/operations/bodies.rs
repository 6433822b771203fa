//! Bodies of requests: JSON, or none.

use super::media::{Content, json, pick};
use super::{for_each, omit, resolve};
use crate::Node;
use crate::normalise::Record;

pub(in crate::normalise) fn as_json(root: &mut Node, components: &Node, record: &mut Record) {
    for_each(root, |operation| {
        let Some(entry) = operation.node.remove("requestBody") else { return };
        let title = operation.title();
        let Some(body) = resolve(components, "requestBodies", &entry.value) else {
            let reason = format!("the body of {title} is a reference that leads nowhere");
            return omit(operation.node, "unresolved-reference", entry.key_span, reason);
        };
        let required = body.is_true("required");
        if matches!(operation.method, "get" | "head" | "options" | "trace") {
            let upper = operation.method.to_uppercase();
            if required {
                let reason =
                    format!("{title} requires a body, which requests of {upper} don't have");
                return omit(operation.node, "body-without-meaning", entry.key_span, reason);
            }
            let message =
                format!("the body of {title} is left out: requests of {upper} don't have one");
            return record.note("body-without-meaning", entry.key_span, message);
        }
        let content = body.get("content").map_or(Content::Empty, pick);
        match content {
            Content::Json(media) => {
                if body.get("content").is_some_and(|content| content.entries().len() > 1) {
                    let message =
                        format!("{title} takes several media types; `{}` is sent", media.key);
                    record.note("several-media-types", media.key_span, message);
                }
                let mut body = body.clone();
                body.retain(|entry| matches!(entry.key.as_str(), "description" | "required"));
                body.set("content", json(media));
                operation.node.set("requestBody", body);
            }
            Content::Empty => {
                let message = format!("the body of {title} has no content, so none is sent");
                record.note("missing-content", entry.key_span, message);
            }
            Content::Other(name) => {
                let reason = format!("the body of {title} is `{name}`, not JSON");
                omit(operation.node, "media-type", entry.key_span, reason);
            }
        }
    });
}
