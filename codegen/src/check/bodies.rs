//! Checks request bodies: their content, whether they are required, and whether HTTP defines a
//! meaning for them.

mod of_server;

use super::api::{Api, Definition};
use super::media::{self, Direction};
use crate::normalise::operations::wire::FORMAT;
use crate::{Diagnostic, Node, Value};

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        let Some(body) = operation.node().entry("requestBody") else { continue };
        let method = operation.method.key.as_str();
        if matches!(method, "get" | "delete" | "head" | "options" | "trace") {
            let upper = method.to_uppercase();
            let help = match operation.path.value.get("post") {
                None => "remove the body, use `parameters`, or change the method to `post`",
                Some(_) => "remove the body, or use `parameters`",
            };
            found.push(
                operation
                    .mistake(
                        "body-without-meaning",
                        format!("{} is a {upper} request with a body", operation.title()),
                    )
                    .label(
                        body.key_span,
                        format!("HTTP defines no meaning for the body of a {upper} request"),
                    )
                    .help(help),
            );
        }
    }
}

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for body in api.request_bodies() {
        let what = title(&body);
        let strict = api.as_written;
        if strict && body.node.get("required").and_then(Node::as_bool) != Some(true) {
            found.push(
                body.mistake("optional-body", format!("{what} is not required"))
                    .label(body.span("required"), "optional bodies are not supported")
                    .help(
                        "write `required: true`; the body's schema defines which properties are optional",
                    ),
            );
        }
        let content = body.node.get("content");
        let empty =
            content.is_none_or(|it| matches!(&it.value, Value::Mapping(media) if media.is_empty()));
        if empty && !body.node.has(FORMAT) {
            found.push(
                body.mistake("missing-content", format!("{what} has no `content`"))
                    .label(body.span("content"), "the content of the body is not described")
                    .help(format!(
                        "write the schema of the body: `content: {{ application/json: {{ schema: {{ {} }} }} }}`",
                        api.example_schema()
                    )),
            );
        }
        media::content(api, &body, Direction::Request, &what, found);
        found.extend(of_server::readable(api, &body, &what));
    }
}

fn title(body: &Definition<'_>) -> String {
    match (body.operation, body.key) {
        (Some(operation), _) => format!("the body of {}", operation.title()),
        (None, Some(entry)) => format!("request body `{}`", entry.key),
        (None, None) => "a request body".to_owned(),
    }
}
