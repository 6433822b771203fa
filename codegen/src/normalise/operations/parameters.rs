//! Normalises parameters: each operation gets its own list of the parameters that the client can
//! write. Other parameters are left out, or left to the caller.

mod kind;
pub(crate) mod style;

use std::collections::BTreeSet;

use self::kind::Kind;
use self::style::{Unwritable, Written};
use super::{Operation, omit, resolve};
use crate::check::{is_own_header, is_token};
use crate::model::{Form, Style, StyleName};
use crate::normalise::Record;
use crate::normalise::tree::METHODS;
use crate::{Node, Span, template};

/// The key that contains a parameter's style, as the text of a [`Style`](crate::model::Style).
pub(crate) const STYLE: &str = "x-openapi-keys-style";

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

/// Returns the parameters of the path and of the operation, with references followed. Parameters of
/// the operation override those of the path.
fn merged(components: &Node, shared: &[Node], operation: &mut Operation<'_>) -> Vec<Node> {
    let own = operation.node.remove("parameters").map(|entry| entry.value);
    let own = own.as_ref().map_or(&[][..], Node::items);
    let mut all: Vec<Node> = Vec::new();
    for node in shared.iter().chain(own) {
        let Some(definition) = resolve(components, "parameters", node) else {
            let reason = format!(
                "a parameter of {} is a reference whose target doesn't exist",
                operation.title()
            );
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

/// The decision about a parameter.
enum Fate {
    Kept(Box<Node>),
    /// The parameter is recorded, but isn't an argument of the call.
    Left,
    /// The parameter is required but not supported, so the operation can't be called.
    Needed {
        code: &'static str,
        span: Span,
        reason: String,
    },
}

/// Returns whether the client sets a header itself. OpenAPI requires tools to ignore some of these
/// headers if they are declared as parameters.
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
    if let Some((code, message)) = ignored(components, operation, &name, &place) {
        record.note(code, span, message);
        return Fate::Left;
    }
    let required = parameter.is_true("required") || place == "path";
    let left = |record: &mut Record, code, why: &str| {
        let how = match place.as_str() {
            "query" => "; set it with `query` on the call",
            "header" => "; set it with `header` on the call",
            _ => "",
        };
        if required {
            let reason = format!("{title} requires the `{name}` parameter, which is {why}");
            return Fate::Needed { code, span, reason };
        }
        let message =
            format!("the `{name}` parameter of {title} is not an argument: it is {why}{how}");
        record.note(code, span, message);
        Fate::Left
    };
    match place.as_str() {
        "header" if !is_token(&name) => {
            return left(record, "header-parameter", "not a valid header name");
        }
        "cookie" if !is_token(&name) => {
            return left(record, "cookie-parameter", "not a valid cookie name");
        }
        _ => {}
    }
    let written = match style::of(components, &parameter, &place) {
        Ok(written) => written,
        Err(Unwritable { code, what, .. }) => return left(record, code, &what),
    };
    parameter.set(STYLE, Node::text_at(span, written.style.to_string()));
    let subject = format!("the `{name}` parameter of {title}");
    with_schema(&mut parameter, written, &subject, record);
    parameter.set("required", Node::bool_at(span, required));
    let keep = ["name", "in", "description", "required", "deprecated", "schema", "example"];
    parameter.retain(|entry| keep.contains(&entry.key.as_str()) || entry.key.starts_with("x-"));
    Fate::Kept(Box::new(parameter))
}

/// Whether a parameter can be written exactly as the document declares it.
pub(crate) enum Examined {
    Fine,
    /// The type isn't declared, so the parameter would be text.
    Untyped,
    Unwritable(Unwritable),
}

/// Returns whether a parameter can be written exactly as the document declares it.
pub(crate) fn examined(components: &Node, parameter: &Node, place: &str) -> Examined {
    match style::of(components, parameter, place) {
        Err(why) | Ok(Written { ignored: Some(why), .. }) => Examined::Unwritable(why),
        Ok(Written { kind: Kind::Unknown, style: Style { form: Form::Single, .. }, .. }) => {
            Examined::Untyped
        }
        Ok(_) => Examined::Fine,
    }
}

/// Returns the reason why a parameter isn't an argument of the call, as a code and a message.
/// Returns `None` if the parameter is an argument.
fn ignored(
    components: &Node,
    operation: &Operation<'_>,
    name: &str,
    place: &str,
) -> Option<(&'static str, String)> {
    let title = operation.title();
    if name.is_empty() {
        let message = format!("a parameter of {title} has no name, so it is left out");
        return Some(("parameter-shape", message));
    }
    match place {
        "path" if !template::names(operation.path).any(|it| it == name) => {
            let message =
                format!("the `{name}` parameter of {title} is not in the path, so it is left out");
            Some(("unused-path-parameter", message))
        }
        "query" | "header" | "cookie" if is_credential(components, place, name) => {
            let message =
                format!("the `{name}` parameter of {title} is not an argument: it is a credential");
            Some(("credential-parameter", message))
        }
        "header" if is_of_client(name) => {
            let message =
                format!("the `{name}` header of {title} is not an argument: the client sets it");
            Some(("header-parameter", message))
        }
        "path" | "query" | "header" | "cookie" => None,
        _ => {
            let message =
                format!("the `{name}` parameter of {title} is in `{place}`, so it is left out");
            Some(("parameter-shape", message))
        }
    }
}

/// Sets the schema of a parameter's argument. The argument is text if no other type is known.
fn with_schema(parameter: &mut Node, written: Written, subject: &str, record: &mut Record) {
    let span = parameter.get("name").map_or(parameter.span, |node| node.span);
    let text = Node::mapping_at(span, [("type", Node::text_at(span, "string"))]);
    if let Some(Unwritable { code, span, what, .. }) = written.ignored {
        record.note(code, span, format!("{subject} is {what}, so the style is ignored"));
    }
    if written.style.way == StyleName::DeepObject && !parameter.has("explode") {
        let message =
            format!("{subject} is written with `explode: true`, which `deepObject` requires");
        record.note("parameter-style", span, message);
    }
    if let Some(media) = written.media {
        // The client can't write this media type, so the caller passes the text.
        let message =
            format!("{subject} has its own media type, so its argument is the text to send");
        record.note("parameter-content", media, message);
        return parameter.set("schema", text);
    }
    if written.style.form == Form::Json {
        let schema = parameter.get("content").and_then(|content| {
            let media = content.entries().iter().find(|media| !media.key.starts_with("x-"))?;
            media.value.get("schema").cloned()
        });
        return parameter.set("schema", schema.unwrap_or_else(|| Node::mapping_at(span, [])));
    }
    match written.kind {
        Kind::Scalar | Kind::Object | Kind::Deep => {}
        Kind::List(schema) => parameter.set("schema", schema),
        Kind::Unknown => {
            let message = format!("the type of {subject} is not declared, so it is text");
            record.note("parameter-type", span, message);
            parameter.set("schema", text);
        }
    }
}

/// Returns whether a parameter with this place and name is a security scheme's credential.
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

/// Adds a string parameter for each undeclared name in braces in the path.
fn undeclared(kept: &mut Vec<Node>, operation: &Operation<'_>, span: Span, record: &mut Record) {
    let mut seen = BTreeSet::new();
    for name in template::names(operation.path).filter(|name| seen.insert(*name)) {
        let is_declared =
            |node: &Node| node.text("name") == Some(name) && node.text("in") == Some("path");
        if kept.iter().any(is_declared) {
            continue;
        }
        let message = format!(
            "the `{name}` parameter in the path of {} is not declared, so it is text",
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
                (STYLE, text(&Style::single(StyleName::Simple).to_string())),
            ],
        ));
    }
}
