//! Methods of HTTP: those that an operation of an API can have.

use super::api::{Api, Operation};
use crate::{Diagnostic, Node};

pub(super) fn supported(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        match operation.method.key.as_str() {
            // It must not carry a credential (RFC 9110, section 9.3.8).
            method @ "trace" => found.push(refused(operation, method)),
            // Browsers send it before others, and servers respond to it for all paths. Where an API describes it, it means
            // something else.
            method @ "options" if api.as_written => found.push(refused(operation, method)),
            "head" => found.extend(answer_of_head(api, operation)),
            _ => {}
        }
    }
}

fn refused(operation: &Operation<'_>, method: &str) -> Diagnostic {
    let method = method.to_ascii_uppercase();
    operation
        .mistake("method", format!("{} has the method {method}", operation.title()))
        .label(operation.method.key_span, "answered by servers and proxies themselves")
        .help("remove the operation: it is not part of an API's own methods")
}

/// A response to HEAD has no body, whatever it declares.
fn answer_of_head(api: &Api<'_>, operation: &Operation<'_>) -> Option<Diagnostic> {
    let responses = operation.node().get("responses").map_or(&[][..], Node::entries);
    let content = responses.iter().find_map(|response| {
        let definition = api.resolve(&response.value, "responses")?;
        definition.entry("content").map(|content| content.key_span)
    })?;
    let message = format!("{} is a HEAD, and has a response with a body", operation.title());
    let help = match operation.path.value.get("get") {
        None => "remove `content`, or make it a `get`",
        Some(_) => "remove `content`",
    };
    Some(
        operation
            .mistake("head-with-body", message)
            .label(content, "no response to HEAD has one")
            .label(operation.method.key_span, "the method")
            .help(help),
    )
}
