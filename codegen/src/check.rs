//! Checks everything that must be true of a document before code is generated from it.
//!
//! The rules read the tree with its positions rather than `openapiv3`'s types, which drop unknown
//! keys. Each rule reports everything that it finds, and no rule relies on another rule having
//! passed.

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
mod reserved;
mod response_headers;
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

/// A rule: a function that examines the document and reports what it finds.
type Rule = fn(&Api<'_>, &mut Vec<Diagnostic>);

/// The form of a document when it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The document as its author wrote it. It is checked in this form only under
    /// [`Strictness::Strict`](crate::Strictness::Strict), where ambiguities are errors.
    Written,
    /// The normal form of the document. Code can't be generated for parts that break a rule.
    Normal,
}

/// The stage to which a rule applies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Both,
    /// Only a document as written. The normal form no longer contains what the rule reports.
    Written,
}

const RULES: &[(Rule, For)] = &[
    (settings::sound, For::Both),
    (hooks::sound, For::Both),
    (hooks::used, For::Written),
    (characters::visible, For::Both),
    (keys::known, For::Written),
    (reserved::unused, For::Written),
    (references::resolve, For::Both),
    (paths::items, For::Both),
    (paths::same_shape, For::Written),
    (methods::supported, For::Both),
    (templates::syntax, For::Both),
    (servers::on_paths, For::Both),
    (servers::elsewhere, For::Written),
    (choices::same_everywhere, For::Both),
    (choices::values, For::Both),
    (choices::arguments, For::Both),
    (identifiers::operation_ids, For::Both),
    (identifiers::taken_by_generated, For::Both),
    (identifiers::methods, For::Written),
    (tags::on_operations, For::Written),
    (tags::declared, For::Both),
    (operation_types::distinct, For::Both),
    (security::requirements, For::Both),
    (security::definitions, For::Both),
    (generated_names::distinct, For::Both),
    (identities::distinct, For::Both),
    (parameters::definitions, For::Both),
    (parameters::in_operations, For::Both),
    (bodies::in_operations, For::Written),
    (bodies::definitions, For::Both),
    (statuses::in_operations, For::Both),
    (responses::in_operations, For::Both),
    (responses::definitions, For::Both),
    (response_headers::definitions, For::Written),
    (schemas::all, For::Both),
    (evidence::is_text, For::Written),
];

pub(crate) use characters::is_hidden;
pub(crate) use headers::{is_own as is_own_header, is_token};
pub(crate) use hooks::unused as unused_hooks;
pub(crate) use identifiers::{is_taken as is_taken_id, suggested as suggested_id};
pub(crate) use names::closest as closest_name;
pub(crate) use servers::host as is_host;
pub(crate) use statuses::{Class, class, has_no_body};
pub(crate) use tags::problem as tag_problem;

/// Returns all errors in a document.
///
/// If the document's OpenAPI version isn't supported, returns only the error about the version,
/// because most other errors would just follow from it.
pub(crate) fn check(document: &Document, settings: &Settings, stage: Stage) -> Vec<Diagnostic> {
    let found = rules(document, settings, stage);
    match document.is_json() {
        true => found.into_iter().map(Diagnostic::in_json).collect(),
        false => found,
    }
}

fn rules(document: &Document, settings: &Settings, stage: Stage) -> Vec<Diagnostic> {
    let api = Api::new(document, settings, stage);
    let mut found = Vec::new();
    if let Some(mistake) = document.version() {
        // An `openapi` key with a hidden character looks correct, but isn't found.
        characters::visible(&api, &mut found);
        return if found.is_empty() { vec![mistake] } else { found };
    }
    for (rule, scope) in RULES {
        if api.as_written || *scope == For::Both {
            rule(&api, &mut found);
        }
    }
    if found.is_empty() && api.as_written {
        // The rules don't check every value, e.g. that a `description` is a string. `to_openapi`
        // finds the remaining errors.
        found.extend(document.to_openapi().err().unwrap_or_default());
    }
    found
}
