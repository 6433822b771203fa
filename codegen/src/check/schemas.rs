//! Schemas, wherever they stand: only what becomes a type that says the same.
//!
//! typify drops some keywords, makes types that refuse what a server may send from others, and asks for foreign
//! crates for yet others; `keywords` and `formats` are the tables of what is let through. Every struct and enum has the
//! name of a schema under `components`, since a name that typify invents changes when its surroundings do.

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

/// The rules for a document as it is written. What the normal form says in another way is fine.
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

/// The rules for the normal form. Those that `WRITTEN` lacks find what the stage `normalise` should have rewritten, so no document
/// should ever break them. If one does, progenitor or typify would make something else of it, or panic.
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

/// The keys that have a meaning beside a `$ref`. `x-expected` is about the property and not about what the `$ref` leads to; where
/// else it stands has its own message.
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
