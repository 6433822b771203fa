//! Checks the names of the types that are generated for operations: groups, calls, argument structs
//! and server variable enums. All of these types are in one module.

use std::collections::BTreeMap;

use super::api::{Api, list};
use super::choices;
use super::names::is_identifier;
use crate::names::pascal;
use crate::{Diagnostic, Span};

/// The type parameter of the generated types, as in `Books<'c, K>`.
const TAKEN: &[&str] = &["K"];

/// A name in the document, and the type that is generated from it.
struct Named {
    title: String,
    rust: String,
    span: Span,
}

pub(super) fn distinct(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Named> = BTreeMap::new();
    for named in all(api) {
        if TAKEN.contains(&named.rust.as_str()) {
            let message = format!(
                "the Rust name of {} is `{}`, which is already used",
                named.title, named.rust
            );
            found.push(
                Diagnostic::new("type-collision", message)
                    .label(named.span, "the name of a type parameter")
                    .help("give it a longer name"),
            );
        } else if let Some(first) = seen.get(&named.rust) {
            let message =
                format!("{} and {} are both `{}` in Rust", first.title, named.title, named.rust);
            found.push(
                Diagnostic::new("type-collision", message)
                    .label(named.span, "the second one")
                    .label(first.span, "the first one")
                    .help("rename one of the two"),
            );
        } else {
            seen.insert(named.rust.clone(), named);
        }
    }
}

/// Returns all names. If several names of the same kind have the same Rust name, returns only the
/// first of them, because other rules report duplicates of the same kind.
fn all(api: &Api<'_>) -> impl Iterator<Item = Named> {
    let tags = list(api.document.root(), "tags").iter().filter_map(|tag| {
        let node = tag.get("name")?;
        Some((node.as_str()?.to_owned(), "", "tag", node.span))
    });
    let requests = api.operations.iter().filter_map(|operation| {
        let node = operation.node().get("operationId")?;
        let id = node.as_str().filter(|id| is_identifier(id))?;
        Some((id, node.span))
    });
    let calls =
        requests.clone().map(|(id, span)| (id.to_owned(), "Call", "the call of operation", span));
    let arguments =
        requests.map(|(id, span)| (id.to_owned(), "Arguments", "the arguments of operation", span));
    let choices = choices::all(api).into_iter().map(|choice| {
        (choice.variable.key.clone(), "", "server variable", choice.variable.key_span)
    });
    let mut names: BTreeMap<(&str, String), Named> = BTreeMap::new();
    for (name, suffix, kind, span) in tags.chain(calls).chain(arguments).chain(choices) {
        let rust = pascal(&format!("{name}{suffix}"));
        let title = format!("{kind} `{name}`");
        names.entry((kind, rust.clone())).or_insert(Named { title, rust, span });
    }
    names.into_values()
}
