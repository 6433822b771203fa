//! Checks server variables, which become enums. A variable must have the same definition for all
//! servers. Each value must be a valid variant name and must make the server URL a valid origin.

use std::collections::BTreeMap;

use super::api::{Api, list};
use super::servers::origin;
use crate::names::{field, pascal};
use crate::{Diagnostic, Entry, Node, Span};

/// A server with a variable.
pub(super) struct Choice<'a> {
    server: &'a Node,
    pub(super) variable: &'a Entry,
}

/// Returns the choice of each path that has a variable in its server URL.
pub(super) fn all<'a>(api: &Api<'a>) -> Vec<Choice<'a>> {
    api.paths().filter_map(of_path).collect()
}

/// Returns the variable in the URL of a path's server. A different rule reports a URL with several
/// variables.
fn of_path(path: &Entry) -> Option<Choice<'_>> {
    let server = list(&path.value, "servers").first()?;
    match server.get("variables")?.entries() {
        [variable] => Some(Choice { server, variable }),
        _ => None,
    }
}

impl Choice<'_> {
    fn url(&self) -> &str {
        self.server.get("url").and_then(Node::as_str).unwrap_or("")
    }

    /// Returns the parts of the document that the enum is generated from.
    fn content(&self) -> (&str, serde_json::Value, Option<&str>) {
        let values = self.variable.value.get("enum").map(Node::to_json).unwrap_or_default();
        let description = self.variable.value.get("description").and_then(Node::as_str);
        (self.url(), values, description)
    }
}

/// Checks that a variable is the same wherever it occurs, because it becomes a single enum for all
/// operations that use it.
pub(super) fn same_everywhere(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Choice<'_>> = BTreeMap::new();
    for choice in all(api) {
        let rust = pascal(&choice.variable.key);
        let Some(first) = seen.get(&rust) else {
            seen.insert(rust, choice);
            continue;
        };
        let same_name = first.variable.key == choice.variable.key;
        if same_name && first.content() == choice.content() {
            continue;
        }
        let message = match same_name {
            true => {
                format!("server variable `{}` is defined in different ways", choice.variable.key)
            }
            false => format!(
                "server variables `{}` and `{}` are both `{rust}` in Rust",
                first.variable.key, choice.variable.key
            ),
        };
        found.push(
            Diagnostic::new("server-variable-collision", message)
                .label(choice.variable.key_span, "the second one")
                .label(first.variable.key_span, "the first one")
                .help("rename one of the two, here and in its URL, or give both the same URL, values and description"),
        );
    }
}

pub(super) fn values(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for choice in all(api) {
        let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
        for node in list(&choice.variable.value, "enum") {
            // A different rule reports values that aren't strings.
            let Some(value) = node.as_str() else { continue };
            let rust = pascal(value);
            if let Some(&(first, span)) = seen.get(&rust) {
                found.push(same_in_rust(&choice, (first, span), (value, node.span), &rust));
                continue;
            }
            seen.insert(rust, (value, node.span));
            found.extend(unusable(&choice, value, node.span));
        }
    }
}

fn same_in_rust(
    choice: &Choice<'_>,
    first: (&str, Span),
    second: (&str, Span),
    rust: &str,
) -> Diagnostic {
    let message = format!(
        "server variable `{}` has the values `{}` and `{}`, both `{rust}` in Rust",
        choice.variable.key, first.0, second.0
    );
    Diagnostic::new("server-variable", message)
        .label(second.1, "the second one")
        .label(first.1, "the first one")
        .help("remove one of the two")
}

/// Reports a value that can't be the name of a variant, or that would change the host, such as
/// `evil.example/`.
fn unusable(choice: &Choice<'_>, value: &str, span: Span) -> Option<Diagnostic> {
    let placeholder = format!("{{{}}}", choice.variable.key);
    let is_host = |each: char| each.is_ascii_alphanumeric() || matches!(each, '-' | '.');
    let plain =
        value.chars().all(is_host) && value.starts_with(|it: char| it.is_ascii_alphanumeric());
    // If no value makes the URL an origin, a different rule reports the URL.
    let usable = || origin(&choice.url().replace(&placeholder, value)).is_ok();
    if plain && (origin(choice.url()).is_err() || usable()) {
        return None;
    }
    let message =
        format!("server variable `{}` has the unusable value `{value}`", choice.variable.key);
    Some(
        Diagnostic::new("server-variable", message)
            .label(span, "can't be both part of a host and the name of a variant")
            .help("use letters, digits, `-` and `.`, starting with a letter or digit"),
    )
}

/// Checks the names of variables. Variables become arguments, followed by the arguments for the
/// parameters.
pub(super) fn arguments(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for choice in all(api) {
        let rust = field(&choice.variable.key);
        let usable = rust.starts_with(|first: char| first.is_ascii_lowercase()) && rust.is_ascii();
        if !usable {
            let message = format!(
                "server variable `{}` has a name that generated code can't use",
                choice.variable.key
            );
            found.push(
                Diagnostic::new("server-variable", message)
                    .label(choice.variable.key_span, "it becomes an argument and an enum")
                    .help("rename it here and in the URL, e.g. to `region`"),
            );
        }
    }
    for operation in &api.operations {
        let Some(variable) = of_path(operation.path).map(|choice| choice.variable) else {
            continue;
        };
        let parameters = operation.parameters(api);
        let Some(parameter) = parameters.iter().find(|it| field(it.name) == field(&variable.key))
        else {
            continue;
        };
        let message = format!(
            "server variable `{}` and parameter `{}` of {} are both `{}` in Rust",
            variable.key,
            parameter.name,
            operation.title(),
            field(parameter.name)
        );
        found.push(
            operation
                .mistake("parameter-collision", message)
                .label(variable.key_span, "the variable")
                .label(parameter.span(), "the parameter")
                .help("rename the variable here and in the URL"),
        );
    }
}
