//! Parameters: each operation has its own list, of what the client can write; the others are left out or to the caller.

use std::collections::BTreeSet;

use super::{Operation, omit, resolve};
use crate::check::{is_own_header, is_token};
use crate::normalise::Record;
use crate::normalise::tree::METHODS;
use crate::{Node, Span, template};

/// The key of a parameter that is a list, with what is between its values: `form` repeats the name, others are a character.
pub(crate) const LIST: &str = "x-openapi-keys-list";

pub(in crate::normalise) fn own(root: &mut Node, components: &Node, record: &mut Record) {
    let Some(paths) = root.get_mut("paths") else { return };
    for path in paths.entries_mut() {
        let shared = path.value.remove("parameters").map(|entry| entry.value);
        let shared = shared.as_ref().map_or(&[][..], Node::items);
        let key_span = path.key_span;
        for method in path.value.entries_mut() {
            if !METHODS.contains(&method.key.as_str()) || !method.value.is_mapping() {
                continue;
            }
            let mut operation = Operation {
                path: &path.key,
                method: &method.key,
                key_span: method.key_span,
                node: &mut method.value,
            };
            let given = merged(components, shared, &mut operation);
            let mut kept = Vec::new();
            for parameter in given {
                match normal(components, parameter, &operation, record) {
                    Fate::Kept(parameter) => kept.push(*parameter),
                    Fate::Left => {}
                    Fate::Needed { code, span, reason } => {
                        omit(operation.node, code, span, reason);
                    }
                }
            }
            undeclared(&mut kept, &operation, key_span, record);
            let span = operation.node.span;
            operation.node.set("parameters", Node::list_at(span, kept));
        }
    }
}

/// Those of the path and the operation's own, which replace them; references are followed.
fn merged(components: &Node, shared: &[Node], operation: &mut Operation<'_>) -> Vec<Node> {
    let own = operation.node.remove("parameters").map(|entry| entry.value);
    let own = own.as_ref().map_or(&[][..], Node::items);
    let mut all: Vec<Node> = Vec::new();
    for node in shared.iter().chain(own) {
        let Some(definition) = resolve(components, "parameters", node) else {
            let reason =
                format!("a parameter of {} is a reference that leads nowhere", operation.title());
            omit(operation.node, "unresolved-reference", node.span, reason);
            continue;
        };
        if !definition.is_mapping() {
            continue;
        }
        let same = |other: &Node| {
            other.text("name") == definition.text("name")
                && other.text("in") == definition.text("in")
        };
        match all.iter_mut().find(|other| same(other)) {
            Some(other) => *other = definition.clone(),
            None => all.push(definition.clone()),
        }
    }
    all
}

/// What becomes of a parameter.
enum Fate {
    Kept(Box<Node>),
    /// Recorded, and not an argument of the call.
    Left,
    /// Without it the operation can't be called.
    Needed {
        code: &'static str,
        span: Span,
        reason: String,
    },
}

/// Whether the client writes a header itself. OpenAPI says to ignore some of them as parameters.
fn is_of_client(name: &str) -> bool {
    is_own_header(name) || name.eq_ignore_ascii_case("authorization")
}

fn normal(
    components: &Node,
    mut parameter: Node,
    operation: &Operation<'_>,
    record: &mut Record,
) -> Fate {
    let title = operation.title();
    let name = parameter.text("name").unwrap_or_default().to_owned();
    let place = parameter.text("in").unwrap_or_default().to_owned();
    let span = parameter.get("name").map_or(parameter.span, |node| node.span);
    let is_named = template::names(operation.path).any(|it| it == name);
    let required = parameter.is_true("required") || place == "path";
    let left = |record: &mut Record, code, why: &str| {
        let how = match place.as_str() {
            "query" => "; set it with `query` on the call",
            "header" => "; set it with `header` on the call",
            _ => "",
        };
        if required {
            let reason = format!("{title} requires the parameter `{name}`, {why}");
            return Fate::Needed { code, span, reason };
        }
        let message =
            format!("the parameter `{name}` of {title} is not an argument: it is {why}{how}");
        record.note(code, span, message);
        Fate::Left
    };
    if name.is_empty() {
        record.note(
            "parameter-shape",
            span,
            format!("a parameter of {title} has no name, so it is left out"),
        );
        return Fate::Left;
    }
    match place.as_str() {
        "path" if !is_named => {
            let message =
                format!("the parameter `{name}` of {title} is not in its path, so it is left out");
            record.note("unused-path-parameter", span, message);
            return Fate::Left;
        }
        "query" | "header" | "cookie" if is_credential(components, &place, &name) => {
            let message =
                format!("the parameter `{name}` of {title} is not an argument: it is a credential");
            record.note("credential-parameter", span, message);
            return Fate::Left;
        }
        "header" if is_of_client(&name) => {
            let message =
                format!("the header `{name}` of {title} is not an argument: the client writes it");
            record.note("header-parameter", span, message);
            return Fate::Left;
        }
        "header" if !is_token(&name) => {
            return left(record, "header-parameter", "not a name of a header");
        }
        "path" | "query" | "header" => {}
        "cookie" => return left(record, "cookie-parameter", "a cookie"),
        _ => {
            let message =
                format!("the parameter `{name}` of {title} is in `{place}`, so it is left out");
            record.note("parameter-shape", span, message);
            return Fate::Left;
        }
    }
    if let Some(content) = parameter.remove("content") {
        // Its text is JSON or something else that only the caller can write.
        let schema = Node::mapping_at(
            content.key_span,
            [("type", Node::text_at(content.key_span, "string"))],
        );
        parameter.set("schema", schema);
        let message = format!(
            "the parameter `{name}` of {title} has its own media type, so its argument is the text to send"
        );
        record.note("parameter-content", content.key_span, message);
    }
    let kind = kind(components, parameter.get("schema"));
    match (kind, place.as_str()) {
        (Kind::Scalar, _) => {}
        (Kind::List(items), "query") => match separator(&parameter) {
            Some(separator) => {
                parameter.set(LIST, Node::text_at(span, separator));
                let list = Node::mapping_at(
                    span,
                    [("type", Node::text_at(span, "array")), ("items", items)],
                );
                parameter.set("schema", list);
            }
            None => return left(record, "parameter-style", "a list in a style of its own"),
        },
        (Kind::List(_), _) => {
            let message = format!(
                "the parameter `{name}` of {title} is a list in a {place}, so its argument is the text to send: the values \
                 with a comma between them"
            );
            record.note("parameter-type", span, message);
            let text = Node::mapping_at(span, [("type", Node::text_at(span, "string"))]);
            parameter.set("schema", text);
        }
        (Kind::Object, _) => return left(record, "parameter-type", "an object"),
        (Kind::Unknown, _) => {
            let message = format!(
                "nothing says what type the parameter `{name}` of {title} has, so it is text"
            );
            record.note("parameter-type", span, message);
            let text = Node::mapping_at(span, [("type", Node::text_at(span, "string"))]);
            parameter.set("schema", text);
        }
    }
    parameter.set("required", Node::bool_at(span, required));
    let keep = ["name", "in", "description", "required", "deprecated", "schema", "example"];
    parameter.retain(|entry| keep.contains(&entry.key.as_str()) || entry.key.starts_with("x-"));
    Fate::Kept(Box::new(parameter))
}

/// What a parameter is, as far as its text is concerned.
enum Kind {
    Scalar,
    /// With the schema of its items.
    List(Node),
    Object,
    Unknown,
}

/// Schemas inside of each other that are looked through.
const DEEPEST: usize = 16;

fn kind(components: &Node, schema: Option<&Node>) -> Kind {
    schema.map_or(Kind::Unknown, |schema| kind_of(components, schema, DEEPEST))
}

fn kind_of(components: &Node, schema: &Node, depth: usize) -> Kind {
    let Some(schema) = resolve(components, "schemas", schema).filter(|_| depth > 0) else {
        return Kind::Unknown;
    };
    let types = match schema.get("type") {
        Some(node) if node.as_str().is_some() => node.as_str().into_iter().collect(),
        Some(node) => {
            node.items().iter().filter_map(Node::as_str).filter(|it| *it != "null").collect()
        }
        None => Vec::new(),
    };
    match types[..] {
        ["string" | "integer" | "number" | "boolean"] => Kind::Scalar,
        ["array"] => {
            let items = schema.get("items");
            match items.map_or(Kind::Unknown, |items| kind_of(components, items, depth - 1)) {
                Kind::Scalar => items.map_or(Kind::Unknown, |items| Kind::List(items.clone())),
                Kind::Unknown => {
                    let text = Node::text_at(schema.span, "string");
                    Kind::List(Node::mapping_at(schema.span, [("type", text)]))
                }
                Kind::List(_) | Kind::Object => Kind::Object,
            }
        }
        ["object"] => Kind::Object,
        [] if schema.has("properties") => Kind::Object,
        [] if schema.has("enum") => Kind::Scalar,
        [] => composed(components, schema, depth),
        // Text is what all of them have in common.
        _ => Kind::Unknown,
    }
}

/// The kind that all parts have; for alternatives of different kinds, the list if one of them is one.
fn composed(components: &Node, schema: &Node, depth: usize) -> Kind {
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
    let mut scalar = false;
    let mut list = None;
    for part in parts.flat_map(Node::items) {
        match kind_of(components, part, depth - 1) {
            Kind::Object => return Kind::Object,
            Kind::List(items) => list = Some(items),
            Kind::Scalar => scalar = true,
            Kind::Unknown => {}
        }
    }
    match (list, scalar) {
        (Some(items), _) => Kind::List(items),
        (None, true) if schema.has("allOf") => Kind::Scalar,
        _ => Kind::Unknown,
    }
}

/// What is between the values of a list in a query; `form` where each has the name of its own.
fn separator(parameter: &Node) -> Option<&'static str> {
    let style = parameter.text("style").unwrap_or("form");
    let explode = parameter.get("explode").and_then(Node::as_bool).unwrap_or(style == "form");
    match (style, explode) {
        ("form" | "spaceDelimited" | "pipeDelimited", true) => Some("form"),
        ("form", false) => Some(","),
        ("spaceDelimited", false) => Some(" "),
        ("pipeDelimited", false) => Some("|"),
        _ => None,
    }
}

/// Whether a security scheme is sent in this place.
fn is_credential(components: &Node, place: &str, name: &str) -> bool {
    let schemes = components.get("securitySchemes").map_or(&[][..], Node::entries);
    schemes.iter().any(|scheme| {
        let text = |key: &str| scheme.value.text(key).unwrap_or_default();
        let same = match place {
            "header" => text("name").eq_ignore_ascii_case(name),
            _ => text("name") == name,
        };
        text("type") == "apiKey" && text("in") == place && same
    })
}

/// Adds the parameters that the path has in braces and nothing declares: a text each.
fn undeclared(kept: &mut Vec<Node>, operation: &Operation<'_>, span: Span, record: &mut Record) {
    let mut seen = BTreeSet::new();
    for name in template::names(operation.path).filter(|name| seen.insert(*name)) {
        let is_declared =
            |node: &Node| node.text("name") == Some(name) && node.text("in") == Some("path");
        if kept.iter().any(is_declared) {
            continue;
        }
        let message = format!(
            "nothing declares the parameter `{name}` in the path of {}, so it is text",
            operation.title()
        );
        record.note("undefined-path-parameter", span, message);
        let text = |text: &str| Node::text_at(span, text);
        let schema = Node::mapping_at(span, [("type", text("string"))]);
        kept.push(Node::mapping_at(
            span,
            [
                ("name", text(name)),
                ("in", text("path")),
                ("required", Node::bool_at(span, true)),
                ("schema", schema),
            ],
        ));
    }
}
