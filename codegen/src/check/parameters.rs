//! Parameters: scalars in path, query or headers, in the default style, and those that the path's template names.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Definition, Operation};
use super::templates;
use crate::{Diagnostic, Node};

/// Headers that are set elsewhere, in lower case.
const OWN_HEADERS: &[&str] = &["accept", "content-type", "authorization", "content-length", "host"];

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for definition in api.parameters() {
        let name = definition.node.get("name").and_then(Node::as_str);
        let place = definition.node.get("in").and_then(Node::as_str);
        let (Some(name), Some(place)) = (name, place) else {
            found.push(
                definition
                    .mistake("parameter-shape", "a parameter lacks `name` or `in`")
                    .label(definition.span("name"), "both are needed")
                    .help("write `name: …` and `in: path`, `in: query` or `in: header`"),
            );
            continue;
        };
        placed(api, &definition, name, place, found);
        style(&definition, name, place, found);
        schema(api, &definition, name, found);
    }
}

fn placed(
    api: &Api<'_>,
    definition: &Definition<'_>,
    name: &str,
    place: &str,
    found: &mut Vec<Diagnostic>,
) {
    let required = definition.node.get("required").and_then(Node::as_bool) == Some(true);
    let (code, message, label, help) = match place {
        "path" if !required => (
            "optional-path-parameter",
            format!("path parameter `{name}` is not required"),
            "a path without it is another path",
            "write `required: true`".to_owned(),
        ),
        "header" if is_taken(api, name) => (
            "reserved-header",
            format!("header `{name}` is no parameter"),
            "it is set from the credential or by the transport",
            "remove the parameter".to_owned(),
        ),
        "path" | "query" | "header" => return,
        "cookie" => (
            "cookie-parameter",
            format!("parameter `{name}` goes into a cookie"),
            "cookies are not supported",
            "describe it as a header, if the server takes that".to_owned(),
        ),
        _ => (
            "parameter-place",
            format!("parameter `{name}` is in `{place}`"),
            "there is no such place",
            "write `in: path`, `in: query` or `in: header`".to_owned(),
        ),
    };
    found.push(definition.mistake(code, message).label(definition.span("in"), label).help(help));
}

/// Set by the runtime, or the header of a security scheme.
fn is_taken(api: &Api<'_>, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let of_scheme = |scheme: &crate::Entry| {
        let header = scheme.value.get("name").and_then(Node::as_str).unwrap_or_default();
        scheme.value.get("in").and_then(Node::as_str) == Some("header")
            && header.eq_ignore_ascii_case(&name)
    };
    OWN_HEADERS.contains(&name.as_str()) || api.section("securitySchemes").iter().any(of_scheme)
}

fn style(definition: &Definition<'_>, name: &str, place: &str, found: &mut Vec<Diagnostic>) {
    let (style, explode) = if place == "query" { ("form", true) } else { ("simple", false) };
    let other = [
        ("style", definition.node.get("style").is_some_and(|node| node.as_str() != Some(style))),
        (
            "explode",
            definition.node.get("explode").is_some_and(|node| node.as_bool() != Some(explode)),
        ),
        (
            "allowReserved",
            definition.node.get("allowReserved").is_some_and(|node| node.as_bool() != Some(false)),
        ),
        ("content", definition.node.get("content").is_some()),
    ];
    for (key, _) in other.into_iter().filter(|(_, other)| *other) {
        found.push(
            definition
                .mistake(
                    "parameter-style",
                    format!("`{key}` of parameter `{name}` is not supported"),
                )
                .label(definition.span(key), "only the default style of a plain value is written")
                .help(format!("remove `{key}` and give the parameter a `schema` of a plain type")),
        );
    }
}

fn schema(api: &Api<'_>, definition: &Definition<'_>, name: &str, found: &mut Vec<Diagnostic>) {
    let Some(schema) = definition.node.get("schema") else {
        if definition.node.get("content").is_none() {
            found.push(
                definition
                    .mistake("parameter-type", format!("parameter `{name}` has no `schema`"))
                    .label(definition.span("schema"), "its type is not known")
                    .help("write `schema: { type: string }` or another plain type"),
            );
        }
        return;
    };
    let is_plain = |schema: &Node| {
        matches!(
            schema.get("type").and_then(Node::as_str),
            Some("string" | "integer" | "number" | "boolean")
        )
    };
    let target = api.resolve(schema, "schemas");
    let inline_enum = schema.get("enum").is_some();
    if target.is_some_and(is_plain) && !inline_enum {
        return;
    }
    let help = if inline_enum {
        "name the enum under `components.schemas` and refer to it"
    } else {
        "give it a plain type: string, integer, number or boolean, or refer to an enum"
    };
    // A reference that leads nowhere is reported as such.
    if target.is_some() {
        found.push(
            definition
                .mistake("parameter-type", format!("parameter `{name}` is no plain value"))
                .label(
                    definition.span("schema"),
                    "lists, objects and unnamed enums are not supported here",
                )
                .help(help),
        );
    }
}

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        template(api, operation, found);
        twins(api, operation, found);
    }
}

/// The names in the template and the parameters of the path are the same.
fn template(api: &Api<'_>, operation: &Operation<'_>, found: &mut Vec<Diagnostic>) {
    let parameters = operation.parameters(api);
    let named: BTreeSet<&str> = templates::names(&operation.path.key).collect();
    let defined: BTreeSet<&str> = parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .map(|parameter| parameter.name)
        .collect();
    for name in named.difference(&defined) {
        let message = format!("`{{{name}}}` of path `{}` is not defined", operation.path.key);
        found.push(
            operation
                .mistake("undefined-path-parameter", message)
                .label(operation.path.key_span, format!("`{{{name}}}` is in the path"))
                .label(operation.method.key_span, "but this operation has no such parameter")
                .help(format!(
                    "add to its `parameters`\n    - {{ name: {name}, in: path, required: true, schema: {{ type: string }} }}"
                )),
        );
    }
    for parameter in parameters
        .iter()
        .filter(|parameter| parameter.place == "path" && !named.contains(parameter.name))
    {
        let name = parameter.name;
        found.push(
            operation
                .mistake(
                    "unused-path-parameter",
                    format!("path parameter `{name}` is not in the path"),
                )
                .label(parameter.span(), "it has nowhere to go")
                .label(operation.path.key_span, format!("there is no `{{{name}}}` here"))
                .help(format!("put `{{{name}}}` into the path, or remove the parameter")),
        );
    }
}

/// No two parameters of a function can have the same name, wherever they go.
fn twins(api: &Api<'_>, operation: &Operation<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, crate::Span)> = BTreeMap::new();
    for parameter in operation.parameters(api) {
        let ident = crate::names::field(parameter.name);
        let reserved = matches!(ident.as_str(), "body" | "http" | "base" | "client");
        if let Some((other, span)) = seen.get(&ident) {
            let message =
                format!("parameters `{other}` and `{}` have the same name in Rust", parameter.name);
            found.push(
                operation
                    .mistake("duplicate-parameter", message)
                    .label(parameter.span(), format!("`{ident}` again"))
                    .label(*span, "the first")
                    .help("remove one of them; if the server takes both, they cannot be told apart here"),
            );
        } else if reserved {
            found.push(
                operation
                    .mistake(
                        "parameter-name",
                        format!("parameter `{}` would be `{ident}` in Rust", parameter.name),
                    )
                    .label(parameter.span(), format!("`{ident}` is taken by generated code"))
                    .help("such a parameter is not supported yet"),
            );
        }
        seen.entry(ident).or_insert((parameter.name, parameter.span()));
    }
}
