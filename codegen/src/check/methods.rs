//! Checks the HTTP methods of operations.

use super::api::{Api, Operation};
use crate::{Diagnostic, Node};

pub(super) fn supported(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        match operation.method.key.as_str() {
            // A TRACE request must not carry a credential (RFC 9110, section 9.3.8).
            method @ "trace" => found.push(refused(operation, method)),
            // Browsers send OPTIONS before cross-origin requests, and servers respond to OPTIONS
            // for all paths, so an API can't define this method.
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
        .label(operation.method.key_span, "handled by servers and proxies themselves")
        .help("remove the operation: an API can't define this method")
}

/// Reports a response to HEAD that has a body. The body would never be sent.
fn answer_of_head(api: &Api<'_>, operation: &Operation<'_>) -> Option<Diagnostic> {
    let responses = operation.node().get("responses").map_or(&[][..], Node::entries);
    let content = responses.iter().find_map(|response| {
        let definition = api.resolve(&response.value, "responses")?;
        definition.entry("content").map(|content| content.key_span)
    })?;
    let message = format!("{} is a HEAD request, but a response has a body", operation.title());
    let help = match operation.path.value.get("get") {
        None => "remove `content`, or change the method to `get`",
        Some(_) => "remove `content`",
    };
    Some(
        operation
            .mistake("head-with-body", message)
            .label(content, "a response to HEAD never has a body")
            .label(operation.method.key_span, "the method")
            .help(help),
    )
}
