//! Keys that OpenAPI 3.0 doesn't have: whoever reads the document would drop them, and a typo with them.

use super::api::{Api, METHODS, list};
use super::names::closest;
use crate::{Diagnostic, Node, Value};

const DOCUMENT: &[&str] =
    &["openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs"];
const PATH_ITEM: &[&str] = &["$ref", "summary", "description", "servers", "parameters"];
const OPERATION: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
];
const PARAMETER: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "style",
    "explode",
    "allowReserved",
    "schema",
    "example",
    "examples",
    "content",
];
const BODY: &[&str] = &["description", "content", "required"];
const RESPONSE: &[&str] = &["description", "headers", "content", "links"];
const COMPONENTS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
];

pub(super) fn known(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let root = api.document.root();
    unknown("the document", root, &[DOCUMENT], None, found);
    if let Some(components) = root.get("components") {
        unknown("`components`", components, &[COMPONENTS], None, found);
    }
    for path in api.paths() {
        unknown("a path", &path.value, &[PATH_ITEM, METHODS], None, found);
        for node in list(&path.value, "parameters") {
            mapping(node, "a parameter", PARAMETER, None, found);
        }
    }
    for operation in &api.operations {
        let id = operation.id();
        unknown("an operation", operation.node(), &[OPERATION], id, found);
    }
    for definition in api.parameters() {
        let id = definition.operation.and_then(|operation| operation.id());
        if definition.operation.is_some() || definition.key.is_some() {
            mapping(definition.node, "a parameter", PARAMETER, id, found);
        }
    }
    for definition in api.request_bodies() {
        let id = definition.operation.and_then(|operation| operation.id());
        mapping(definition.node, "a request body", BODY, id, found);
    }
    for definition in api.responses() {
        let id = definition.operation.and_then(|operation| operation.id());
        mapping(definition.node, "a response", RESPONSE, id, found);
    }
}

/// References have rules of their own.
fn mapping(
    node: &Node,
    what: &str,
    allowed: &[&str],
    operation: Option<&str>,
    found: &mut Vec<Diagnostic>,
) {
    if matches!(node.value, Value::Mapping(_)) && node.get("$ref").is_none() {
        unknown(what, node, &[allowed], operation, found);
    }
}

fn unknown(
    what: &str,
    node: &Node,
    allowed: &[&[&str]],
    operation: Option<&str>,
    found: &mut Vec<Diagnostic>,
) {
    for entry in node.entries() {
        let key = entry.key.as_str();
        if key.starts_with("x-") || allowed.iter().any(|keys| keys.contains(&key)) {
            continue;
        }
        let help = match closest(key, allowed.iter().flat_map(|keys| keys.iter().copied())) {
            Some(meant) => format!("write `{meant}`, if that is meant"),
            None => format!("remove it, or name it `x-{key}` if it is an extension"),
        };
        found.push(
            Diagnostic::new("unknown-key", format!("{what} of OpenAPI 3.0 has no `{key}`"))
                .operation(operation)
                .label(entry.key_span, "it would be dropped without a word")
                .help(help),
        );
    }
}
