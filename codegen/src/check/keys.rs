//! Finds keys that OpenAPI 3.0 doesn't define for the object that contains them. Without this
//! check, a misspelt key would be silently ignored.
//!
//! Schemas are checked elsewhere, because their keys depend on the type.

use std::cell::LazyCell;

use super::api::{Api, Definition, METHODS, list};
use super::names::closest;
use super::security;
use crate::{Diagnostic, Entry, MissingSecurity, Node};

/// The keys of a kind of object. Extensions (`x-…`) are allowed everywhere.
struct Kind {
    name: &'static str,
    keys: &'static [&'static str],
    /// The keys that other rules reject, or that have no effect in this kind of object. Help
    /// messages never suggest them.
    refused: &'static [&'static str],
}

const DOCUMENT: Kind = Kind {
    name: "a document",
    keys: &[
        "openapi",
        "info",
        "servers",
        "paths",
        "components",
        "security",
        "tags",
        "externalDocs",
    ],
    refused: &["servers"],
};
/// The keys of a document in which each operation must have its own `security`.
const DOCUMENT_WITHOUT_SECURITY: Kind = Kind { refused: &["servers", "security"], ..DOCUMENT };
const INFO: Kind = Kind {
    name: "`info`",
    keys: &["title", "description", "termsOfService", "contact", "license", "version"],
    refused: &[],
};
const TAG: Kind =
    Kind { name: "a tag", keys: &["name", "description", "externalDocs"], refused: &[] };
const SERVER: Kind =
    Kind { name: "a server", keys: &["url", "description", "variables"], refused: &[] };
const VARIABLE: Kind =
    Kind { name: "a server variable", keys: &["enum", "default", "description"], refused: &[] };
const PATH: Kind = Kind {
    name: "a path",
    keys: &["$ref", "summary", "description", "servers", "parameters"],
    refused: &["$ref"],
};
const OPERATION: Kind = Kind {
    name: "an operation",
    keys: &[
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
    ],
    refused: &["callbacks", "servers"],
};
const PARAMETER: Kind = Kind {
    name: "a parameter",
    keys: &[
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
    ],
    refused: &["allowEmptyValue", "style", "explode", "allowReserved", "content"],
};
const REQUEST_BODY: Kind =
    Kind { name: "a request body", keys: &["description", "content", "required"], refused: &[] };
const RESPONSE: Kind = Kind {
    name: "a response",
    keys: &["description", "headers", "content", "links"],
    refused: &["links"],
};
const HEADER: Kind = Kind {
    name: "a header",
    keys: &[
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
    ],
    refused: &["allowEmptyValue", "style", "explode", "allowReserved", "content"],
};
const MEDIA_TYPE: Kind = Kind {
    name: "a media type",
    keys: &["schema", "example", "examples", "encoding"],
    refused: &["encoding"],
};
const COMPONENTS: Kind = Kind {
    name: "`components`",
    keys: &[
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
    ],
    refused: &[],
};
const SECURITY_SCHEME: Kind = Kind {
    name: "a security scheme",
    keys: &[
        "$ref",
        "type",
        "description",
        "name",
        "in",
        "scheme",
        "bearerFormat",
        "flows",
        "openIdConnectUrl",
    ],
    refused: &[],
};
const FLOWS: Kind = Kind {
    name: "`flows`",
    keys: &[
        "implicit",
        "password",
        "clientCredentials",
        "authorizationCode",
        "deviceAuthorization",
    ],
    refused: &[],
};
const FLOW: Kind = Kind {
    name: "a flow",
    keys: &["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"],
    refused: &[],
};

pub(super) fn known(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let root = api.document.root();
    let document = match api.settings.missing_security {
        MissingSecurity::Refused => &DOCUMENT_WITHOUT_SECURITY,
        _ => &DOCUMENT,
    };
    keys(root, document, &[], found);
    for (key, kind) in [("info", &INFO), ("components", &COMPONENTS)] {
        root.get(key).into_iter().for_each(|node| keys(node, kind, &[], found));
    }
    list(root, "tags").iter().for_each(|tag| keys(tag, &TAG, &[], found));
    for scheme in api.section("securitySchemes") {
        keys(&scheme.value, &SECURITY_SCHEME, &[], found);
        let Some(flows) = scheme.value.get("flows") else { continue };
        keys(flows, &FLOWS, &[], found);
        let flows = flows.entries().iter().filter(|flow| !flow.key.starts_with("x-"));
        flows.for_each(|flow| keys(&flow.value, &FLOW, &[], found));
    }
    for path in api.paths() {
        keys(&path.value, &PATH, METHODS, found);
        list(&path.value, "servers").iter().for_each(|server| server_keys(server, found));
    }
    for operation in &api.operations {
        keys(operation.node(), &OPERATION, &[], found);
    }
    definitions(&api.parameters(), &PARAMETER, found);
    definitions(&api.request_bodies(), &REQUEST_BODY, found);
    definitions(&api.responses(), &RESPONSE, found);
    definitions(&api.headers(), &HEADER, found);
}

fn server_keys(server: &Node, found: &mut Vec<Diagnostic>) {
    keys(server, &SERVER, &[], found);
    for variable in server.get("variables").map_or(&[][..], Node::entries) {
        keys(&variable.value, &VARIABLE, &[], found);
    }
}

fn definitions(definitions: &[Definition<'_>], kind: &Kind, found: &mut Vec<Diagnostic>) {
    for definition in definitions {
        keys(definition.node, kind, &[], found);
        for media in definition.node.get("content").map_or(&[][..], Node::entries) {
            keys(&media.value, &MEDIA_TYPE, &[], found);
        }
    }
}

fn keys(node: &Node, kind: &Kind, more: &[&'static str], found: &mut Vec<Diagnostic>) {
    let known = || kind.keys.iter().chain(more).copied();
    // The usable keys are computed only once for each node, because a node may have many errors.
    let usable = LazyCell::new(|| {
        let free = |key: &&str| node.get(key).is_none() && !kind.refused.contains(key);
        known().filter(free).collect::<Vec<_>>()
    });
    for entry in node.entries() {
        let key = entry.key.as_str();
        if key.starts_with("x-dropshot") {
            found.push(
                Diagnostic::new(
                    "reserved-extension",
                    format!("`{key}` would change the generated code"),
                )
                .label(entry.key_span, "a dropshot extension")
                .help("remove it, or give it a different name"),
            );
        } else if !key.starts_with("x-") && !known().any(|known| known == key) {
            let meant = closest(key, usable.iter().copied());
            let help = match meant {
                _ if kind.name == COMPONENTS.name && declares_security_schemes(&entry.value) => {
                    match node.get("securitySchemes") {
                        None => "did you mean `securitySchemes`?".to_owned(),
                        Some(_) => "move its schemes to `securitySchemes`".to_owned(),
                    }
                }
                Some(meant) => format!("did you mean `{meant}`?"),
                None if kind.name == PATH.name && key == "security" => {
                    "move it to each operation of the path".to_owned()
                }
                None => own(key),
            };
            found.push(
                Diagnostic::new("unknown-key", format!("`{key}` is not a key of {}", kind.name))
                    .label(entry.key_span, "it would be ignored")
                    .help(help),
            );
        }
    }
}

/// Returns whether a section of `components` contains only security schemes, judging by their
/// types.
fn declares_security_schemes(section: &Node) -> bool {
    let is_scheme = |entry: &Entry| {
        let kind = entry.value.get("type").and_then(Node::as_str);
        kind.is_some_and(|kind| security::TYPES.contains(&kind))
    };
    !section.entries().is_empty() && section.entries().iter().all(is_scheme)
}

/// Returns the sections of `components` that OpenAPI doesn't define. The `known` rule reports each
/// of these sections.
pub(super) fn unknown_sections<'a>(api: &Api<'a>) -> impl Iterator<Item = &'a Entry> + use<'a> {
    let sections = api.document.root().get("components").map_or(&[][..], Node::entries).iter();
    sections.filter(|it| !it.key.starts_with("x-") && !COMPONENTS.keys.contains(&it.key.as_str()))
}

/// Returns whether the key of a section resembles `securitySchemes`.
pub(super) fn is_like_security_schemes(key: &str) -> bool {
    closest(key, COMPONENTS.keys.iter().copied()) == Some("securitySchemes")
}

/// Returns the fix for an unknown key that doesn't resemble a known one.
pub(super) fn own(key: &str) -> String {
    // With an `x-` prefix, these keys would change the generated code or be rejected.
    let reserved = ["dropshot", "openapi-keys-", "rust-type"];
    match reserved.iter().any(|reserved| key.starts_with(reserved)) {
        true => "remove it".to_owned(),
        false => format!("remove it, or write `x-{key}` for your own extension"),
    }
}
