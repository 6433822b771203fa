//! Everything that must hold of a document before anything is generated from it.
//!
//! The rules read the tree with its places, not `openapiv3`, which drops what it does not know. Each rule reports all
//! that it finds; none relies on another having passed.

mod api;
mod bodies;
mod characters;
mod choices;
mod evidence;
mod generated_names;
mod headers;
mod hooks;
mod identifiers;
mod identities;
mod keys;
mod media;
mod methods;
mod names;
mod operation_types;
mod parameters;
mod paths;
mod references;
mod responses;
mod schemas;
mod security;
mod servers;
mod settings;
mod statuses;
mod tags;
mod templates;

use crate::{Diagnostic, Document, Settings};

use api::Api;

/// What a rule is: it looks at the document and adds what it finds.
type Rule = fn(&Api<'_>, &mut Vec<Diagnostic>);

const RULES: &[Rule] = &[
    settings::sound,
    hooks::sound,
    characters::visible,
    keys::known,
    references::resolve,
    paths::items,
    paths::same_shape,
    methods::supported,
    templates::syntax,
    servers::on_paths,
    servers::elsewhere,
    choices::same_everywhere,
    choices::values,
    choices::arguments,
    identifiers::operation_ids,
    identifiers::taken_by_generated,
    identifiers::methods,
    tags::on_operations,
    tags::declared,
    operation_types::distinct,
    security::requirements,
    security::definitions,
    generated_names::distinct,
    identities::distinct,
    parameters::definitions,
    parameters::in_operations,
    bodies::in_operations,
    bodies::definitions,
    statuses::in_operations,
    responses::in_operations,
    responses::definitions,
    schemas::all,
    evidence::is_text,
];

/// Everything that is wrong with a document.
///
/// A document of another version of OpenAPI gets that one answer: its other mistakes would follow from it.
pub(crate) fn check(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let found = rules(document, settings);
    match document.is_json() {
        true => found.into_iter().map(Diagnostic::in_json).collect(),
        false => found,
    }
}

fn rules(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let api = Api::new(document, settings);
    let mut found = Vec::new();
    if let Some(mistake) = document.version() {
        // `openapi` with a hidden character in it looks as if it were there.
        characters::visible(&api, &mut found);
        return if found.is_empty() { vec![mistake] } else { found };
    }
    for rule in RULES {
        rule(&api, &mut found);
    }
    if found.is_empty() {
        // What no rule knows: the shapes of all that is only carried along.
        found.extend(document.to_openapi().err().unwrap_or_default());
    }
    found
}
