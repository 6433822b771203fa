//! Checks parameters: the place, the type and the style of each must be compatible, and the path
//! parameters of an operation must match its path.

mod of_server;

use std::collections::BTreeMap;

use super::api::{Api, Definition, Operation, Parameter, list};
use super::names::{closest, quoted};
use super::{headers, templates};
use crate::model::KeyLocation;
use crate::model::{Form, Style};
use crate::names::field;
use crate::normalise::operations::parameters::{Examined, STYLE, examined};
use crate::{Diagnostic, Entry, Node, Span, template};

type DefinitionRule = fn(&Api<'_>, &Named<'_>, &mut Vec<Diagnostic>);

const DEFINITION_RULES: &[DefinitionRule] = &[
    place,
    path_is_required,
    header_name,
    cookie_name,
    credential,
    rust_name,
    has_schema,
    written,
    single_value,
    of_server::readable,
];

/// A parameter definition with a valid name.
struct Named<'a> {
    definition: Definition<'a>,
    name: &'a str,
    place: &'a str,
}

impl Named<'_> {
    fn mistake(&self, code: &'static str, what: impl std::fmt::Display) -> Diagnostic {
        self.definition.mistake(code, format!("parameter `{}` {what}", self.name))
    }

    fn name_span(&self) -> Span {
        self.definition.span("name")
    }
}

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for definition in api.parameters() {
        let text = |key: &str| definition.node.get(key).and_then(Node::as_str);
        match (text("name").filter(|name| !name.is_empty()), text("in")) {
            (Some(name), Some(place)) => {
                let named = Named { definition, name, place };
                DEFINITION_RULES.iter().for_each(|rule| rule(api, &named, found));
            }
            (name, _) => {
                let missing = if name.is_none() { "name" } else { "in" };
                found.push(
                    definition
                        .mistake("parameter-shape", format!("a parameter has no `{missing}`"))
                        .label(definition.span(missing), "a string was expected")
                        .help(match missing {
                            "name" => "write `name:` and the name used in requests",
                            _ => "write `in: path`, `in: query`, `in: header` or `in: cookie`",
                        }),
                );
            }
        }
    }
}

fn place(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let in_template = match parameter.definition.operation {
        Some(operation) => template::names(&operation.path.key).any(|it| it == parameter.name),
        None => api.paths().any(|it| template::names(&it.key).any(|it| it == parameter.name)),
    };
    let (code, what, help) = match parameter.place {
        "path" | "query" | "header" | "cookie" => return,
        _ if in_template => (
            "parameter-shape",
            format!("is in `{}`, but is used in the path", parameter.place),
            match parameter.definition.node.get("required").and_then(Node::as_bool) {
                Some(true) => "write `in: path`".to_owned(),
                _ => "write `in: path` and `required: true`".to_owned(),
            },
        ),
        "body" | "formData" => (
            "parameter-shape",
            format!("is in `{}`, as in Swagger 2", parameter.place),
            "remove it, and write a `requestBody`".to_owned(),
        ),
        other => (
            "parameter-shape",
            format!("is in `{other}`"),
            match closest(other, ["query", "header", "cookie"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write `in: query` or `in: header`".to_owned(),
            },
        ),
    };
    let span = parameter.definition.span("in");
    found.push(parameter.mistake(code, what).label(span, "not supported").help(help));
}

fn path_is_required(_: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let required = parameter.definition.node.get("required").and_then(Node::as_bool);
    if parameter.place == "path" && required != Some(true) {
        let span = match parameter.definition.node.entry("required") {
            Some(entry) => entry.value.span,
            None => parameter.name_span(),
        };
        found.push(
            parameter
                .mistake("optional-path-parameter", "is in the path, but not required")
                .label(span, "a path without it is a different path")
                .help("write `required: true`"),
        );
    }
}

fn header_name(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    if parameter.place != "header" {
        return;
    }
    let authorization = parameter.name.eq_ignore_ascii_case("authorization");
    let scheme = api.credentials.get(&(KeyLocation::Header, parameter.name.to_ascii_lowercase()));
    let (label, help) = if !headers::is_token(parameter.name) {
        ("not a valid header name", "use letters, digits and `-`")
    } else if headers::is_own(parameter.name) {
        ("set by the client or its HTTP library", "remove the parameter")
    } else if scheme.is_some() {
        (
            "carries a credential",
            "remove the parameter: the operation's `security` already adds the header",
        )
    } else if authorization {
        ("carries a credential", "remove the parameter, and declare a security scheme for it")
    } else {
        return;
    };
    let mut mistake = parameter
        .mistake("header-parameter", "can't be a header parameter")
        .label(parameter.name_span(), label)
        .help(help);
    if let Some(scheme) = scheme {
        mistake = mistake.label(scheme.key_span, "this scheme uses the same header");
    }
    found.push(mistake);
}

fn cookie_name(_: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    if parameter.place == "cookie" && !headers::is_token(parameter.name) {
        found.push(
            parameter
                .mistake("cookie-parameter", "can't be a cookie parameter")
                .label(parameter.name_span(), "not a valid cookie name")
                .help("use letters, digits and `-`"),
        );
    }
}

/// Reports query parameters and cookies that carry an API key. The client sends the key, and
/// callers must not set it a second time.
fn credential(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let Some(scheme) = key_of_scheme(api, parameter) else { return };
    found.push(
        parameter
            .mistake("credential-parameter", "carries a credential, so callers can't set it")
            .label(parameter.name_span(), "sent by the client")
            .label(scheme.key_span, "this scheme uses the same place")
            .help("remove the parameter: the operation's `security` already adds the credential"),
    );
}

fn key_of_scheme<'a>(api: &Api<'a>, parameter: &Named<'_>) -> Option<&'a Entry> {
    let location = match parameter.place {
        "query" => KeyLocation::Query,
        "cookie" => KeyLocation::Cookie,
        _ => return None,
    };
    api.credentials.get(&(location, parameter.name.to_owned())).copied()
}

fn rust_name(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let rust = field(parameter.name);
    // In the normal form, unusable names are replaced with unique generated names.
    if !api.as_written || rust.starts_with(|first: char| first.is_alphabetic()) {
        return;
    }
    let help = match parameter.place {
        "path" => "rename it here and in the path: the name isn't part of the request",
        _ => "leave the parameter out: its name is part of the request and can't be changed",
    };
    found.push(
        parameter
            .mistake("parameter-name", "has a name that generated code can't use")
            .label(parameter.name_span(), "it can't be turned into an argument name")
            .help(help),
    );
}

fn has_schema(_: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let node = parameter.definition.node;
    if !node.has("schema") && !node.has("content") {
        found.push(
            parameter
                .mistake("missing-schema", "has no `schema`")
                .label(parameter.name_span(), "its values are not described")
                .help("write `schema: { type: string }`"),
        );
    }
}

/// Checks the style in a document as written. In the normal form, the style has already been
/// decided.
fn written(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let node = parameter.definition.node;
    if !api.as_written || (!node.has("schema") && !node.has("content")) {
        return;
    }
    let nothing = Node::mapping_at(node.span, []);
    let components = api.document.root().get("components").unwrap_or(&nothing);
    match examined(components, node, parameter.place) {
        Examined::Fine => {}
        Examined::Untyped => {
            let schema = node.get("schema").unwrap_or(node);
            // Other rules report an unresolved reference and an unknown type.
            if api.resolve(schema, "schemas").is_some_and(|target| !target.has("type")) {
                found.push(untyped(parameter, schema, "has no type"));
            }
        }
        Examined::Unwritable(why) => found.push(
            parameter
                .mistake(why.code, format!("is {}", why.what))
                .label(why.span, "can't be sent")
                .help(why.help),
        ),
    }
}

/// Checks that a parameter with a style for a single value isn't a list or an object, and has a
/// type. Only the normal form contains the [`STYLE`] key.
fn single_value(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schema) = parameter.definition.node.get("schema") else { return };
    let style = parameter.definition.node.text(STYLE).and_then(Style::read);
    if api.as_written || style.is_none_or(|style| style.form != Form::Single) {
        return;
    }
    let Some(target) = api.resolve(schema, "schemas") else { return };
    let what = match target.text("type") {
        Some("array") => "is a list",
        Some("object") => "is an object",
        // A different rule reports an unknown type.
        Some(_) => return,
        None => "has no type",
    };
    found.push(untyped(parameter, schema, what));
}

fn untyped(parameter: &Named<'_>, schema: &Node, what: &str) -> Diagnostic {
    let place = schema.get("$ref").or_else(|| schema.get("type")).unwrap_or(schema);
    parameter
        .mistake("parameter-type", what)
        .label(place.span, "text, a number or a boolean was expected")
        .help("write `schema: { type: string }` (or `integer`, `number`, `boolean`), or refer to an enum")
}

pub(super) fn in_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for path in api.paths() {
        twice(api, list(&path.value, "parameters"), found);
    }
    for operation in &api.operations {
        twice(api, list(operation.node(), "parameters"), found);
        let parameters = operation.parameters(api);
        if api.as_written {
            same_in_rust(operation, &parameters, found);
        }
        let names: Vec<&str> = template::names(&operation.path.key).collect();
        let sound = templates::is_sound(&operation.path.key);
        // If the template itself is invalid, its names aren't reliable.
        if sound || !api.as_written {
            undefined(operation, &parameters, found);
        }
        for parameter in &parameters {
            let in_path = parameter.place == "path";
            if in_path && sound && !names.contains(&parameter.name) {
                let defined = |name: &&str| {
                    parameters.iter().any(|it| it.place == "path" && it.name == *name)
                };
                let free: Vec<_> = names.iter().filter(|name| !defined(name)).copied().collect();
                found.push(not_in_path(operation, parameter, &free));
            }
        }
    }
}

/// Reports a parameter that occurs twice in one list.
fn twice(api: &Api<'_>, nodes: &[Node], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(String, String), Span> = BTreeMap::new();
    for node in nodes {
        let Some(definition) = api.resolve(node, "parameters") else { continue };
        let text = |key: &str| definition.get(key).and_then(Node::as_str).unwrap_or("").to_owned();
        let span = node.get("name").or_else(|| node.get("$ref")).unwrap_or(node).span;
        let key = (text("in"), text("name"));
        if let Some(first) = seen.get(&key) {
            let message = format!("parameter `{}` in the {} is defined twice", key.1, key.0);
            found.push(
                Diagnostic::new("duplicate-parameter", message)
                    .label(span, "the second one")
                    .label(*first, "the first one")
                    .help("remove one of the two"),
            );
        } else {
            seen.insert(key, span);
        }
    }
}

/// Reports two parameters with the same name in Rust. progenitor keeps only one of them, even if
/// one is in the path and the other is in the query.
fn same_in_rust(
    operation: &Operation<'_>,
    parameters: &[Parameter<'_>],
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, &Parameter<'_>> = BTreeMap::new();
    for parameter in parameters {
        let Some(first) = seen.insert(field(parameter.name), parameter) else { continue };
        // A different rule reports a parameter that is defined twice.
        if (first.name, first.place) == (parameter.name, parameter.place) {
            continue;
        }
        let message = format!(
            "parameters `{}` in the {} and `{}` in the {} of {} are both `{}` in Rust",
            first.name,
            first.place,
            parameter.name,
            parameter.place,
            operation.title(),
            field(parameter.name)
        );
        found.push(
            operation
                .mistake("parameter-collision", message)
                .label(parameter.span(), "the second one")
                .label(first.span(), "the first one")
                .help(match [first, parameter].iter().find(|it| it.place == "path") {
                    Some(in_path) => format!(
                        "rename `{}` here and in the path: the name isn't part of the request",
                        in_path.name
                    ),
                    None => "leave one of the two out".to_owned(),
                }),
        );
    }
}

fn undefined(operation: &Operation<'_>, parameters: &[Parameter<'_>], found: &mut Vec<Diagnostic>) {
    // A parameter with this name in an invalid place has already been reported.
    let elsewhere = |place: &str| matches!(place, "query" | "header" | "cookie");
    let defined = |name: &str| parameters.iter().any(|it| !elsewhere(it.place) && it.name == name);
    for name in template::names(&operation.path.key).filter(|name| !defined(name)) {
        let message = format!("{} does not define the path parameter `{name}`", operation.title());
        found.push(
            operation
                .mistake("undefined-path-parameter", message)
                .label(operation.method.key_span, "not defined here or for the path")
                .label(operation.path.key_span, "used here")
                .help(format!(
                    "write under `parameters`\n    - name: {name}\n      in: path\n      required: true\n      schema: {{ type: string }}"
                )),
        );
    }
    let mut seen = Vec::new();
    for name in template::names(&operation.path.key) {
        if seen.contains(&name) {
            let message = format!("path `{}` has the parameter `{name}` twice", operation.path.key);
            found.push(
                Diagnostic::new("path-template", message)
                    .label(operation.path.key_span, "both places would get the same value")
                    .help("give each a different name"),
            );
        }
        seen.push(name);
    }
}

fn not_in_path(operation: &Operation<'_>, parameter: &Parameter<'_>, names: &[&str]) -> Diagnostic {
    let help = match closest(parameter.name, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if names.is_empty() => "remove it, or write `in: query`".to_owned(),
        None => format!("remove it, or write {}", quoted(names.iter().copied())),
    };
    let message =
        format!("path parameter `{}` is not in the path `{}`", parameter.name, operation.path.key);
    Diagnostic::new("unused-path-parameter", message)
        .label(parameter.span(), "defined here")
        .label(operation.path.key_span, "not used here")
        .help(help)
}
