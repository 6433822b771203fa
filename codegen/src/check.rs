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

use crate::{Diagnostic, Document, Settings, Strictness};

use api::Api;

/// What a rule is: it looks at the document and adds what it finds.
type Rule = fn(&Api<'_>, &mut Vec<Diagnostic>);

/// Which documents a rule is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// All: what breaks it can't be generated.
    All,
    /// Those under [`Strictness::House`]: in others it is decided instead.
    House,
}

const RULES: &[(Rule, For)] = &[
    (settings::sound, For::All),
    (hooks::sound, For::All),
    (characters::visible, For::All),
    (keys::known, For::House),
    (references::resolve, For::All),
    (paths::items, For::All),
    (paths::same_shape, For::House),
    (methods::supported, For::All),
    (templates::syntax, For::All),
    (servers::on_paths, For::All),
    (servers::elsewhere, For::House),
    (choices::same_everywhere, For::All),
    (choices::values, For::All),
    (choices::arguments, For::All),
    (identifiers::operation_ids, For::All),
    (identifiers::taken_by_generated, For::All),
    (identifiers::methods, For::House),
    (tags::on_operations, For::House),
    (tags::declared, For::All),
    (operation_types::distinct, For::All),
    (security::requirements, For::All),
    (security::definitions, For::All),
    (generated_names::distinct, For::All),
    (identities::distinct, For::All),
    (parameters::definitions, For::All),
    (parameters::in_operations, For::All),
    (bodies::in_operations, For::House),
    (bodies::definitions, For::All),
    (statuses::in_operations, For::All),
    (responses::in_operations, For::All),
    (responses::definitions, For::All),
    (schemas::all, For::All),
    (evidence::is_text, For::House),
];

pub(crate) use characters::is_hidden;
/// Names that are taken by generated code, and names for operations without one.
pub(crate) use identifiers::{is_taken as is_taken_id, suggested as suggested_id};
pub(crate) use servers::host as is_host;
pub(crate) use statuses::{Class, class, has_no_body};
pub(crate) use tags::problem as tag_problem;

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
    let house = settings.strictness == Strictness::House;
    for (rule, scope) in RULES {
        if house || *scope == For::All {
            rule(&api, &mut found);
        }
    }
    if found.is_empty() && house {
        // What no rule knows: the shapes of all that is only carried along.
        found.extend(document.to_openapi().err().unwrap_or_default());
    }
    found
}
