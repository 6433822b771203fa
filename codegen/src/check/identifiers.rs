//! `operationId`: there, usable as a name, and different from all others also in Rust.

use std::collections::BTreeMap;

use super::api::{Api, Operation};
use super::names::{is_identifier, is_keyword, pascal, snake};
use crate::{Diagnostic, Node, Span};

pub(super) fn operation_ids(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for operation in &api.operations {
        let Some(node) = operation.node().get("operationId") else {
            found.push(missing(operation));
            continue;
        };
        let Some(id) = node.as_str().filter(|id| usable(id)) else {
            found.push(unusable(operation, node));
            continue;
        };
        match seen.get(&snake(id)) {
            Some(&(first, span)) => found.push(taken(operation, node.span, id, first, span)),
            None => drop(seen.insert(snake(id), (id, node.span))),
        }
    }
}

fn usable(id: &str) -> bool {
    is_identifier(id) && !is_keyword(&snake(id))
}

fn missing(operation: &Operation<'_>) -> Diagnostic {
    let message = format!("{} has no `operationId`", operation.title());
    operation
        .mistake("missing-operation-id", message)
        .label(operation.method.key_span, "nothing to name its method after")
        .help(format!("write `operationId: {}`", suggestion(operation)))
}

/// `get /payment-link/{id}` becomes `getPaymentLink`.
fn suggestion(operation: &Operation<'_>) -> String {
    let fixed = operation.path.key.split('/').filter(|segment| !segment.contains('{'));
    let words: Vec<_> = fixed.collect();
    format!("{}{}", operation.method.key, pascal(&words.join("-")))
}

fn unusable(operation: &Operation<'_>, node: &Node) -> Diagnostic {
    let (message, label) = match node.as_str() {
        None => (format!("`operationId` is {}", node.kind()), "a string was expected"),
        Some(id) if is_identifier(id) => {
            (format!("`operationId` `{id}` is a keyword of Rust"), "no method can have this name")
        }
        Some(id) => {
            let message = format!("`operationId` `{id}` cannot be the name of a method");
            (message, "letters, digits and `_` only, a letter first")
        }
    };
    operation
        .mistake("operation-id", message)
        .label(node.span, label)
        .help(format!("write for example `operationId: {}`", suggestion(operation)))
}

fn taken(
    operation: &Operation<'_>,
    span: Span,
    id: &str,
    first: &str,
    first_span: Span,
) -> Diagnostic {
    let (code, message) = if id == first {
        ("duplicate-operation-id", format!("`operationId` `{id}` is there twice"))
    } else {
        let message =
            format!("`operationId`s `{first}` and `{id}` are both `{}` in Rust", snake(id));
        ("operation-id-collision", message)
    };
    operation
        .mistake(code, message)
        .label(span, "the second one")
        .label(first_span, "the first one")
        .help("rename one of the two")
}
