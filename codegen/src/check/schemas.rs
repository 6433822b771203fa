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

use sites::Site;

type Rule = fn(&Api<'_>, &Site<'_>, &mut Vec<Diagnostic>);

const RULES: &[Rule] = &[
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
    one_of::distinct,
    inline::named,
];

pub(super) fn all(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    naming::types(api, found);
    for site in sites::all(api) {
        expected::misplaced(&site, found);
        if site.node.get("$ref").is_some() {
            found.extend(references::reference(api, site.node, "schemas", site.operation.as_ref()));
        } else {
            RULES.iter().for_each(|rule| rule(api, &site, found));
        }
    }
}
