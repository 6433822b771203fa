//! Finds violations of OpenAPI that make the meaning of a document unclear.
//!
//! Documents that are valid but unusual are handled elsewhere. Tools disagree about what the violations in this module
//! mean, so the generator doesn't guess.

use super::operations::{Operation, for_each, omit, resolve};
use crate::{Diagnostic, Entry, Node, Span};

/// The code of the diagnostic for an operation that violates OpenAPI.
pub(crate) const INVALID: &str = "invalid";

/// Returns the errors that affect the whole document.
pub(super) fn document(root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let first = root.entries().first().map_or(root.span, |entry| entry.key_span);
    let Some(info) = root.entry("info") else {
        found.push(
            Diagnostic::new("not-openapi", "the document has no `info`")
                .label(first, "OpenAPI requires it")
                .help("write `info: { title: Shop, version: \"1\" }`"),
        );
        return found;
    };
    match root.entry("paths") {
        Some(entry) if !entry.value.is_mapping() => found.push(
            Diagnostic::new("not-openapi", format!("`paths` is {}", entry.value.kind()))
                .label(entry.value.span, "a mapping of paths was expected")
                .help("write each path as a key: `paths: { /orders: { get: … } }`"),
        ),
        _ => {}
    }
    for key in ["title", "version"] {
        match info.value.entry(key) {
            Some(entry) if entry.value.as_str().is_some() => {}
            Some(entry) => found.push(
                Diagnostic::new(
                    "not-openapi",
                    format!("`{key}` in `info` is {}", entry.value.kind()),
                )
                .label(entry.value.span, "a string was expected")
                .help(format!("put it in quotes: `{key}: \"{}\"`", entry.value)),
            ),
            None => found.push(
                Diagnostic::new("not-openapi", format!("`info` has no `{key}`"))
                    .label(info.key_span, "OpenAPI requires it")
                    .help(format!("write `{key}: \"…\"`")),
            ),
        }
    }
    found
}

/// Marks operations that aren't mappings or that lack something that OpenAPI requires. Runs before
/// references are resolved and before 3.1 is converted to 3.0.
pub(super) fn operations(root: &mut Node, components: &Node) {
    let responses_required =
        !root.text("openapi").is_some_and(|version| version.starts_with("3.1"));
    for_each(root, |operation| {
        if let Some((span, what)) = mistake(&operation, components, responses_required) {
            let reason = format!("{} {what}, which OpenAPI requires", operation.title());
            omit(operation.node, INVALID, span, reason);
        }
    });
}

fn mistake(
    operation: &Operation<'_>,
    components: &Node,
    responses_required: bool,
) -> Option<(Span, String)> {
    if !operation.node.is_mapping() {
        return Some((operation.key_span, "isn't a mapping".to_owned()));
    }
    let responses = operation.node.entry("responses");
    let entries = responses.map_or(&[][..], |entry| entry.value.entries());
    let mut entries = entries.iter().filter(|entry| !entry.key.starts_with("x-")).peekable();
    // An operation with a `$ref` gets its responses from the operation that it refers to.
    let responses_required = responses_required && !operation.node.has("$ref");
    if responses_required && entries.peek().is_none() {
        let span = responses.map_or(operation.key_span, |entry| entry.key_span);
        return Some((span, "has no `responses`".to_owned()));
    }
    let lacks_description = |entry: &&Entry| {
        let response = resolve(components, "responses", &entry.value);
        response.is_some_and(|response| response.is_mapping() && !response.has("description"))
    };
    if let Some(entry) = entries.find(lacks_description) {
        return Some((
            entry.key_span,
            format!("has no `description` in its response `{}`", entry.key),
        ));
    }
    let body = operation.node.entry("requestBody");
    let without_content = body.filter(|entry| {
        let body = resolve(components, "requestBodies", &entry.value);
        body.is_some_and(|body| body.is_mapping() && !body.has("content"))
    });
    if let Some(entry) = without_content {
        return Some((entry.key_span, "has no `content` in its body".to_owned()));
    }
    let parameters = operation.node.get("parameters").map_or(&[][..], Node::items);
    parameters.iter().find_map(|node| {
        let parameter = resolve(components, "parameters", node)?;
        let missing = ["name", "in"].into_iter().find(|key| parameter.text(key).is_none())?;
        Some((node.span, format!("has a parameter without `{missing}`")))
    })
}
