//! Every `$ref`: it leads to a definition of this document, directly, and stands alone.

use super::api::Api;
use super::names::closest;
use crate::{Diagnostic, Entry, Node, Value};

pub(super) fn resolve(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    walk(api, api.document.root(), found);
}

/// The depth of a document is bounded by its parser.
fn walk(api: &Api<'_>, node: &Node, found: &mut Vec<Diagnostic>) {
    if let Some(reference) = node.entry("$ref") {
        check(api, node, reference, found);
        return;
    }
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| walk(api, item, found)),
        Value::Mapping(entries) => {
            for entry in entries.iter().filter(|entry| !is_data(&entry.key)) {
                walk(api, &entry.value, found);
            }
        }
        _ => {}
    }
}

/// What is not part of the description: a `$ref` there is a text like any other.
fn is_data(key: &str) -> bool {
    key.starts_with("x-") || key == "example" || key == "examples" || key == "enum"
}

fn check(api: &Api<'_>, holder: &Node, entry: &Entry, found: &mut Vec<Diagnostic>) {
    for sibling in holder.entries().iter().filter(|sibling| sibling.key != "$ref") {
        if !sibling.key.starts_with("x-") {
            found.push(
                Diagnostic::new(
                    "reference-sibling",
                    format!("`{}` stands beside a `$ref`", sibling.key),
                )
                .label(sibling.key_span, "OpenAPI 3.0 ignores it")
                .label(entry.key_span, "because of this")
                .help("remove it, or write it where the `$ref` leads to"),
            );
        }
    }
    let Some(reference) = entry.value.as_str() else {
        found.push(
            Diagnostic::new("reference", format!("`$ref` is {}", entry.value.kind()))
                .label(entry.value.span, "a text such as `#/components/schemas/Name` was expected"),
        );
        return;
    };
    if let Some((label, help)) = problem(api, reference) {
        found.push(
            Diagnostic::new("reference", format!("`{reference}` does not lead to a definition"))
                .label(entry.value.span, label)
                .help(help),
        );
    }
}

fn problem(api: &Api<'_>, reference: &str) -> Option<(&'static str, String)> {
    let help = "write `#/components/<section>/<name>`, e.g. `#/components/schemas/Name`".to_owned();
    let Some(pointer) = reference.strip_prefix("#/components/") else {
        return Some(("not a definition in `components` of this document", help));
    };
    let Some((section, name)) = pointer.split_once('/').filter(|(_, name)| !name.contains('/'))
    else {
        return Some(("neither less nor more than section and name", help));
    };
    let entries = api.section(section);
    match entries.iter().find(|entry| entry.key == name) {
        None => {
            let meant = closest(name, entries.iter().map(|entry| entry.key.as_str()));
            let help = match meant {
                Some(meant) => format!("write `#/components/{section}/{meant}`, if that is meant"),
                None => format!("define `{name}` under `components.{section}`"),
            };
            Some(("there is no such definition", help))
        }
        Some(entry) if entry.value.get("$ref").is_some() => {
            let help = "write here what that `$ref` leads to, and remove the definition in between"
                .to_owned();
            Some(("that definition is itself only a `$ref`", help))
        }
        Some(_) => None,
    }
}
