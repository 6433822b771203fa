//! Checks each `$ref`: it must refer to a definition of the right kind in `components` of the same
//! document, and have no keys next to it.

use super::api::{Api, Operation, list, reference_name};
use crate::{Diagnostic, Entry, Node, normalise};

/// The sections of `components` that a `$ref` can refer to, each with the phrase that messages use
/// for one of its definitions. References to security schemes are checked together with the
/// schemes.
const SECTIONS: &[(&str, &str)] = &[
    ("schemas", "a schema"),
    ("parameters", "a parameter"),
    ("responses", "a response"),
    ("requestBodies", "a request body"),
    ("headers", "a header"),
    (SCHEMES, "a security scheme"),
];
const SCHEMES: &str = "securitySchemes";

/// Checks all references except those to schemas and security schemes, which other rules check.
pub(super) fn resolve(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for path in api.paths() {
        for parameter in list(&path.value, "parameters") {
            found.extend(reference(api, parameter, "parameters", None));
        }
    }
    for operation in &api.operations {
        let node = operation.node();
        let parameters = list(node, "parameters").iter().map(|node| (node, "parameters"));
        let body = node.get("requestBody").into_iter().map(|node| (node, "requestBodies"));
        let responses = node.get("responses").map_or(&[][..], Node::entries).iter();
        let responses = responses.map(|entry| (&entry.value, "responses"));
        for (node, section) in parameters.chain(body).chain(responses) {
            found.extend(reference(api, node, section, Some(operation)));
        }
    }
    for response in api.responses() {
        for header in response.node.get("headers").map_or(&[][..], Node::entries) {
            found.extend(reference(api, &header.value, "headers", response.operation.as_ref()));
        }
    }
    for (section, what) in SECTIONS.iter().filter(|(section, _)| *section != SCHEMES) {
        found.extend(api.section(section).iter().filter_map(|entry| {
            let reference = entry.value.entry("$ref")?;
            let message =
                format!("`components.{section}.{}` is only another name for {what}", entry.key);
            Some(
                Diagnostic::new("reference-alias", message)
                    .label(reference.key_span, "a definition that is a `$ref`")
                    .help("refer to the original definition directly, and remove this one"),
            )
        }));
    }
}

/// Reports errors in the `$ref` of a node, if it has one. Aliases are reported at their definition.
pub(super) fn reference(
    api: &Api<'_>,
    node: &Node,
    section: &str,
    operation: Option<&Operation<'_>>,
) -> Option<Diagnostic> {
    reference_beside(api, node, section, operation, &[])
}

/// Does the same as `reference`, but allows these keys next to the `$ref`.
pub(super) fn reference_beside(
    api: &Api<'_>,
    node: &Node,
    section: &str,
    operation: Option<&Operation<'_>>,
    keys: &[&str],
) -> Option<Diagnostic> {
    let entry = node.entry("$ref")?;
    let id = operation.and_then(|operation| operation.id());
    let Some(text) = entry.value.as_str() else {
        let message = format!("`$ref` is {}", entry.value.kind());
        let mistake = Diagnostic::new("reference", message).operation(id);
        return Some(
            mistake.label(entry.value.span, "a string was expected").help(one_of(api, section)),
        );
    };
    let mistake = target(api, text, section);
    mistake
        .map(|(code, message, label, help)| {
            Diagnostic::new(code, message).operation(id).label(entry.value.span, label).help(help)
        })
        .or_else(|| siblings(api, node, section, keys).map(|mistake| mistake.operation(id)))
}

type Parts = (&'static str, String, &'static str, String);

fn target(api: &Api<'_>, text: &str, section: &str) -> Option<Parts> {
    let what = SECTIONS.iter().find(|(name, _)| *name == section).map_or("a definition", |it| it.1);
    if !text.starts_with('#') {
        let help = format!(
            "copy the definition to `components.{section}` of this document, and write \
             `#/components/{section}/` and its name here"
        );
        let message = format!("`$ref` to `{text}` refers to another document");
        return Some((
            "external-reference",
            message,
            "references to other documents are not supported",
            help,
        ));
    }
    let names = || api.section(section).iter().map(|entry| entry.key.as_str());
    let Some(name) = reference_name(text, section) else {
        let message = format!("`$ref` to `{text}` doesn't refer to {what}");
        let last = text.rsplit('/').next().unwrap_or_default();
        let help = match api.closest(last, names()) {
            Some(meant) => format!("write `#/components/{section}/{meant}`"),
            None => one_of(api, section),
        };
        return Some(("reference", message, "not the right section of `components`", help));
    };
    if api.definition(section, name).is_some() {
        return None;
    }
    let help = match api.closest(name, names()) {
        _ if is_escaped(name) => format!(
            "rename the definition under `components.{section}`, and refer to the new name: a name \
             can contain only letters, digits, `.`, `-` and `_`"
        ),
        Some(meant) => format!("did you mean `#/components/{section}/{meant}`?"),
        None => format!("define `{name}` under `components.{section}`"),
    };
    let message = format!("the target of `$ref` `{text}` doesn't exist");
    Some(("unresolved-reference", message, "not defined", help))
}

/// Returns whether a name is written with escapes (`%5B`, `~1`). Names that OpenAPI 3.0 allows
/// never need them.
fn is_escaped(name: &str) -> bool {
    name.contains(['%', '~'])
}

/// Returns a help message that suggests a reference to one of the definitions.
fn one_of(api: &Api<'_>, section: &str) -> String {
    match api.section(section).first() {
        Some(first) => {
            format!("for example, write `$ref: \"#/components/{section}/{}\"`", first.key)
        }
        None => format!("write `#/components/{section}/` and a name, and define it there"),
    }
}

/// Reports keys next to a `$ref`, because OpenAPI 3.0 ignores them. In the normal form, extensions
/// (`x-…`) may remain there.
fn siblings(api: &Api<'_>, node: &Node, section: &str, keys: &[&str]) -> Option<Diagnostic> {
    let ignored = if api.as_written { normalise::OWN } else { "x-" };
    let others = |entry: &&Entry| entry.key != "$ref" && !entry.key.starts_with(ignored);
    let mut siblings = node.entries().iter().filter(others);
    let sibling = siblings.find(|entry| !keys.contains(&entry.key.as_str()))?;
    let help = match (section, sibling.key.as_str()) {
        ("schemas", "nullable") => "remove it: only properties, items and values can be `null`",
        ("schemas", "description") => {
            "remove it, or move it to the schema that the `$ref` refers to"
        }
        ("schemas", _) => "remove it",
        _ => "remove it, or replace the `$ref` with the definition",
    };
    let message = format!("`{}` next to a `$ref` has no effect", sibling.key);
    Some(
        Diagnostic::new("reference-siblings", message)
            .label(sibling.key_span, "ignored by OpenAPI 3.0")
            .help(help),
    )
}
