//! Checks the names of schemas, which must become unique type names.

use std::collections::BTreeMap;

use super::super::api::{Api, list};
use super::super::names::pascal;
use crate::normalise::schemas::names::PRELUDE;
use crate::{Diagnostic, Span};

/// Returns a name for an unnamed schema: the wanted name if it is free, or else the wanted name
/// with a number.
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
            let message = format!("schema `{}` has a name that can't be a type name", entry.key);
            found.push(
                Diagnostic::new("schema-name", message)
                    .label(entry.key_span, "it must start with an ASCII letter")
                    .help("rename the schema and the references to it"),
            );
            continue;
        }
        if PRELUDE.contains(&rust.as_str()) {
            let message = format!("schema `{}` has the same name as Rust's `{rust}`", entry.key);
            found.push(
                Diagnostic::new("schema-taken", message)
                    .label(entry.key_span, "generated code needs both")
                    .help(
                        "rename the schema and the references to it; its name isn't part of \
                           requests or responses",
                    ),
            );
            continue;
        }
        let mut names = vec![(rust.clone(), format!("schema `{}`", entry.key))];
        // A schema with several required fields may get a second struct, through which callers pass
        // these fields by name.
        if list(&entry.value, "required").len() > 1 {
            let title = format!("the struct for the required fields of schema `{}`", entry.key);
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
                    .help("rename one of the two and the references to it"),
                );
            } else {
                seen.insert(rust, (title, entry.key_span));
            }
        }
    }
}
