//! Normalises response headers. Only headers whose values are scalars or lists of scalars are kept.

use super::{Operation, for_each, resolve};
use crate::check::is_token;
use crate::normalise::Record;
use crate::{Entry, Node, Value};

/// Returns the headers of a response, with references resolved.
pub(super) fn read(
    components: &Node,
    response: &Node,
    operation: &Operation<'_>,
    record: &mut Record,
) -> Vec<Entry> {
    let mut headers: Vec<Entry> = Vec::new();
    for entry in response.get("headers").map_or(&[][..], Node::entries) {
        let is_twice = headers.iter().any(|other| other.key.eq_ignore_ascii_case(&entry.key));
        // OpenAPI requires tools to ignore `Content-Type` here, because `content` defines it.
        if entry.key.eq_ignore_ascii_case("content-type") || is_twice {
            continue;
        }
        let header = resolve(components, "headers", &entry.value);
        let schema = header.and_then(|header| header.get("schema"));
        let (Some(header), Some(schema), true) = (header, schema, is_token(&entry.key)) else {
            let name = entry.key.escape_debug();
            let message = format!(
                "header `{name}` of {} has no `schema` or has an invalid name, so no constant is \
                 generated for it",
                operation.title()
            );
            record.note("header-type", entry.key_span, message);
            continue;
        };
        let mut node = Node::mapping_at(header.span, [("schema", schema.clone())]);
        if let Some(description) = header.get("description") {
            node.set("description", description.clone());
        }
        headers.push(Entry { key: entry.key.clone(), key_span: entry.key_span, value: node });
    }
    headers
}

/// Adds headers to a response in the normal form.
pub(super) fn keep(headers: Vec<Entry>, response: &mut Node) {
    if !headers.is_empty() {
        response.set("headers", Node::at(response.span, Value::Mapping(headers)));
    }
}

/// Removes headers that aren't scalars or lists of scalars. The schemas must be in the normal form.
pub(in crate::normalise) fn readable(root: &mut Node, record: &mut Record) {
    super::with_components(root, |root, components| {
        for_each(root, |operation| {
            let title = operation.title();
            let responses = operation.node.get_mut("responses");
            for response in responses.map_or(&mut [][..], Node::entries_mut) {
                let Some(headers) = response.value.get_mut("headers") else { continue };
                headers.retain(|header| {
                    let schema = header.value.get("schema");
                    let readable = schema.is_some_and(|it| is_value(components, it, true));
                    if !readable {
                        let message = format!(
                            "header `{}` of {title} is neither a single value nor a list of single values, \
                             so no constant is generated for it; `Response::headers` returns it",
                            header.key
                        );
                        record.note("header-type", header.key_span, message);
                    }
                    readable
                });
                if headers.entries().is_empty() {
                    response.value.remove("headers");
                }
            }
        });
    });
}

/// Returns whether the values of a schema are written as one string, or as several strings
/// separated by commas.
fn is_value(components: &Node, schema: &Node, may_be_list: bool) -> bool {
    let Some(schema) = resolve(components, "schemas", schema) else { return false };
    match schema.text("type") {
        Some("string" | "integer" | "number" | "boolean") => true,
        Some("array") if may_be_list => {
            schema.get("items").is_some_and(|items| is_value(components, items, false))
        }
        _ => false,
    }
}
