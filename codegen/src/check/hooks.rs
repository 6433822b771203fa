//! Checks hand-written hooks: each name that the settings refer to must exist, and each value that
//! the client fills in must have a function that provides it.

use std::collections::BTreeSet;

use super::api::Api;
use super::names::quoted;
use crate::{Diagnostic, Document, Entry, Hooks, Node, Settings, Span};

/// The extension that marks a value that the client fills in.
const FILLED: &str = "x-filled-by-client";

pub(super) fn sound(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let bodies = api.bodies();
    hooked_names(api, &bodies, found);
    for parameter in api.parameters() {
        if let Some(word) = parameter.node.get(FILLED) {
            let mistake = value(api, word, word.span);
            found.extend(mistake.map(|mistake| {
                mistake.operation(parameter.operation.and_then(|operation| operation.id()))
            }));
        }
    }
    for schema in api.section("schemas") {
        let Some(filled) = schema.value.entry(FILLED) else { continue };
        for property in filled.value.entries() {
            found.extend(value(api, &property.value, property.value.span));
            found.extend(no_property(api, schema, property));
        }
        if !bodies.contains(schema.key.as_str()) {
            found.push(
                Diagnostic::new(
                    "filled-nowhere",
                    format!("schema `{}` has `{FILLED}`, but isn't a body", schema.key),
                )
                .label(filled.key_span, "it is never filled in")
                .help("only the properties of a request body are filled in: move `x-filled-by-client` to a body's schema, or remove it"),
            );
        }
    }
}

pub(super) fn used(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(unused(api.document, api.settings));
}

/// Returns an error for each value in the settings that a document, as its author wrote it, doesn't
/// mention. In the normal form, the operation that mentions the value may have been left out.
pub(crate) fn unused(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let values = &settings.hooks.values;
    let mut words = BTreeSet::new();
    for node in document.root().nodes() {
        let Some(filled) = node.get(FILLED) else { continue };
        match filled.is_mapping() {
            true => words.extend(filled.entries().iter().map(|property| property.value.as_str())),
            false => words.extend([filled.as_str()]),
        }
    }
    // Another rule reports a word that isn't in the settings. The word may be a misspelling of one
    // of the values, so no value is reported as unused.
    if words.iter().any(|word| word.is_none_or(|word| !values.contains_key(word))) {
        return Vec::new();
    }
    let unused = values.keys().filter(|name| !words.contains(&Some(name.as_str())));
    let what = format!("an `{FILLED}`");
    unused.map(|name| missing(&format!("values[{name}]"), &what)).collect()
}

/// Checks that the schema of each hook exists. Otherwise a hook would silently have no effect after
/// its schema was renamed.
fn hooked_names(api: &Api<'_>, bodies: &BTreeSet<&str>, found: &mut Vec<Diagnostic>) {
    let Hooks { types, checks, .. } = &api.settings.hooks;
    for name in types.keys() {
        if !api.section("schemas").iter().any(|schema| schema.key == *name) {
            found.push(missing(&format!("types[{name}]"), "a schema"));
        }
    }
    for name in checks.keys() {
        if !bodies.contains(name.as_str()) {
            found.push(missing(&format!("checks[{name}]"), "a body schema"));
        }
    }
}

fn missing(setting: &str, what: &str) -> Diagnostic {
    let message = format!("`Settings::hooks.{setting}` is for {what} that isn't in the document");
    let help = "correct the name in the settings, or remove the hook";
    Diagnostic::new("settings", message).help(help)
}

fn value(api: &Api<'_>, word: &Node, span: Span) -> Option<Diagnostic> {
    let values = &api.settings.hooks.values;
    let mistake = |message: String, help: String| {
        let label = "the client has no function for it";
        Some(Diagnostic::new("filled-unknown", message).label(span, label).help(help))
    };
    let known = || values.keys().map(String::as_str);
    match word.as_str() {
        Some(text) if values.contains_key(text) => None,
        Some(text) => mistake(
            format!("`{FILLED}` is `{text}`"),
            match api.closest(text, known()) {
                Some(close) => format!("write `{close}`"),
                None if values.is_empty() => format!(
                    "remove it, or add `(\"{text}\", \"path::of::function\")` to `Settings::hooks.values`"
                ),
                None => format!("write one of the values in the settings: {}", quoted(known())),
            },
        ),
        None => mistake(
            format!("`{FILLED}` is {}", word.kind()),
            match values.is_empty() {
                true => "remove it".to_owned(),
                false => format!("write one of the values in the settings: {}", quoted(known())),
            },
        ),
    }
}

fn no_property(api: &Api<'_>, schema: &Entry, property: &Entry) -> Option<Diagnostic> {
    let properties = schema.value.get("properties").map_or(&[][..], Node::entries);
    if properties.iter().any(|each| each.key == property.key) {
        return None;
    }
    Some(
        Diagnostic::new(
            "filled-nowhere",
            format!("schema `{}` has no property `{}`", schema.key, property.key),
        )
        .label(property.key_span, "there is no property to fill in")
        .help(
            match api.closest(&property.key, properties.iter().map(|each| each.key.as_str())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "remove it".to_owned(),
            },
        ),
    )
}
