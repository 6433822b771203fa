//! Checks schemas wherever they occur: each must have an equivalent Rust type.
//!
//! typify drops some keywords. For other keywords, it generates types that reject valid responses
//! or that need other crates. The tables of accepted keywords and formats are in `keywords` and
//! `formats`. Every struct and enum has the name of a schema under `components`, because the names
//! that typify invents depend on where a schema occurs.

mod enums;
mod expected;
mod formats;
mod inline;
mod keywords;
mod naming;
mod objects;
mod one_of;
mod parts;
mod sites;
mod types;

use super::api::Api;
use super::references;
use crate::Diagnostic;
use crate::lower::schemas::EXPECTED;

use sites::{Position, Site};

type Rule = fn(&Api<'_>, &Site<'_>, &mut Vec<Diagnostic>);

/// The rules for a document as its author wrote it. Anything that the normal form can represent is
/// accepted.
const WRITTEN: &[Rule] = &[
    types::known,
    keywords::carried,
    keywords::exclusive,
    formats::known,
    enums::usable,
    enums::open_or_not,
    objects::properties,
    objects::required,
    expected::accessors,
];

/// The rules for the normal form. The rules that aren't in `WRITTEN` find what the `normalise`
/// stage should have rewritten, so no document should ever break these rules. If a document did,
/// progenitor or typify would panic, or generate code that doesn't match the document.
const NORMAL: &[Rule] = &[
    types::known,
    keywords::carried,
    keywords::exclusive,
    keywords::nullable,
    formats::known,
    enums::usable,
    enums::open_or_not,
    objects::properties,
    objects::required,
    objects::additional,
    expected::accessors,
    one_of::alternatives,
    one_of::discriminated,
    inline::named,
];

pub(super) fn all(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    naming::types(api, found);
    let rules = if api.as_written { WRITTEN } else { NORMAL };
    for site in sites::all(api) {
        expected::misplaced(&site, found);
        if site.node.get("$ref").is_some() {
            let (operation, keys) = (site.operation.as_ref(), beside_references(api, &site));
            found.extend(references::reference_beside(api, site.node, "schemas", operation, &keys));
        } else {
            rules.iter().for_each(|rule| rule(api, &site, found));
        }
    }
}

/// Returns the keys that are allowed next to a `$ref`. `x-expected` applies to the property, not to
/// the target of the `$ref`. A different rule reports `x-expected` in other places.
fn beside_references(api: &Api<'_>, site: &Site<'_>) -> Vec<&'static str> {
    let mut keys = vec![EXPECTED];
    if api.as_written || matches!(site.position, Position::Property | Position::Item) {
        keys.push("nullable");
    }
    if api.as_written || site.position == Position::Property {
        keys.extend(["deprecated", "description", "example"]);
    }
    if site.position == Position::Property && !api.as_written {
        keys.extend(["readOnly", "writeOnly"]);
    }
    keys
}
