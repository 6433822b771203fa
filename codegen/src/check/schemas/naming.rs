//! Names of schemas become names of types, each its own.

use std::collections::BTreeMap;

use super::super::api::{Api, list};
use super::super::names::pascal;
use crate::normalise::schemas::names::PRELUDE;
use crate::{Diagnostic, Span};

/// A name for a schema that has none: the one that is wanted, or a longer one that is free.
pub(super) fn free(api: &Api<'_>, wanted: &str) -> String {
    let is_name = wanted.starts_with(|first: char| first.is_ascii_uppercase());
    let wanted = if is_name { wanted.to_owned() } else { format!("Named{wanted}") };
    let taken = |name: &String| {
        let rust = pascal(name);
        PRELUDE.contains(&rust.as_str()) || api.schema_types.contains(&rust)
    };
    let others = (2..).map(|number| format!("{wanted}{number}"));
    let free = std::iter::once(wanted.clone()).chain(others).find(|name| !taken(name));
    free.unwrap_or(wanted)
}

pub(super) fn types(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for entry in api.section("schemas") {
        let rust = pascal(&entry.key);
        if !rust.starts_with(|first: char| first.is_ascii_uppercase()) {
            let message = format!("schema `{}` cannot be the name of a type", entry.key);
            found.push(
                Diagnostic::new("schema-name", message)
                    .label(entry.key_span, "an ASCII letter must come first")
                    .help("rename the schema, also where it is referred to"),
            );
            continue;
        }
        if PRELUDE.contains(&rust.as_str()) {
            let message = format!("schema `{}` is called like `{rust}` of Rust", entry.key);
            found.push(
                Diagnostic::new("schema-taken", message)
                    .label(entry.key_span, "generated code needs both")
                    .help("rename the schema, also where it is referred to; the wire does not show its name"),
            );
            continue;
        }
        let mut names = vec![(rust.clone(), format!("schema `{}`", entry.key))];
        // Those with several required fields may get a second struct to give them by name.
        if list(&entry.value, "required").len() > 1 {
            let title = format!("the struct of the required fields of schema `{}`", entry.key);
            names.push((format!("{rust}Required"), title));
        }
        for (rust, title) in names {
            if let Some((first, span)) = seen.get(&rust) {
                found.push(
                    Diagnostic::new(
                        "schema-collision",
                        format!("{first} and {title} are both `{rust}` in Rust"),
                    )
                    .label(entry.key_span, "the second one")
                    .label(*span, "the first one")
                    .help("rename one of the two, also where it is referred to"),
                );
            } else {
                seen.insert(rust, (title, entry.key_span));
            }
        }
    }
}
