//! Request bodies: JSON of a named schema, required, and on methods that have one.

use super::api::{Api, Definition};
use crate::{Diagnostic, Node, Span};

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        let method = operation.method.key.as_str();
        if let Some(body) = operation.node().entry("requestBody")
            && matches!(method, "get" | "delete" | "head" | "options" | "trace")
        {
            let message =
                format!("{} is a {} with a body", operation.title(), method.to_uppercase());
            found.push(
                operation
                    .mistake("unexpected-body", message)
                    .label(body.key_span, "HTTP gives such a body no meaning")
                    .help("remove it, or use POST, PUT or PATCH if the server does"),
            );
        }
    }
}

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for definition in api.request_bodies() {
        if definition.node.get("required").and_then(Node::as_bool) != Some(true) {
            found.push(
                definition
                    .mistake("optional-body", "a request body is not required")
                    .label(definition.span("required"), "a call could not say whether it has one")
                    .help("write `required: true`"),
            );
        }
        json(&definition, "a request body", found);
    }
}

/// The content is JSON of a named schema, and nothing else. Gives the name.
pub(super) fn json<'a>(
    definition: &Definition<'a>,
    what: &str,
    found: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let content = definition.node.get("content");
    let media = content.map_or(&[][..], Node::entries);
    for other in media.iter().filter(|entry| entry.key != "application/json") {
        report(
            definition,
            found,
            "media-type",
            other.key_span,
            format!("{what} is `{}`", other.key),
        );
    }
    let Some(json) = media.iter().find(|entry| entry.key == "application/json") else {
        if media.is_empty() {
            report(
                definition,
                found,
                "media-type",
                definition.span("content"),
                format!("{what} has no content"),
            );
        }
        return None;
    };
    if let Some(encoding) = json.value.entry("encoding") {
        report(
            definition,
            found,
            "media-type",
            encoding.key_span,
            format!("{what} has an `encoding`"),
        );
    }
    let schema = json.value.entry("schema");
    let name = schema.and_then(|schema| {
        schema.value.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
    });
    if name.is_none() {
        let span = schema.map_or(json.key_span, |schema| schema.key_span);
        found.push(
            definition
                .mistake("unnamed-body", format!("the schema of {what} has no name"))
                .label(span, "its type would get a made-up one")
                .help("move the schema to `components.schemas` and write `schema: { $ref: \"#/components/schemas/Name\" }`"),
        );
    }
    name
}

fn report(
    definition: &Definition<'_>,
    found: &mut Vec<Diagnostic>,
    code: &'static str,
    span: Span,
    message: String,
) {
    found.push(
        definition
            .mistake(code, message)
            .label(span, "only `application/json` is supported")
            .help("describe the body as `content: { application/json: { schema: … } }`"),
    );
}
