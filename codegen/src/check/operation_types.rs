//! Types beside the operations: groups, requests with optional parameters, enums of servers. All stand in one module.

use std::collections::BTreeMap;

use super::api::{Api, Operation, list};
use super::choices;
use super::names::is_identifier;
use crate::names::pascal;
use crate::{Diagnostic, Node, Span};

/// The parameter of the generated types: `Books<'c, K>`.
const TAKEN: &[&str] = &["K"];

/// A name of the document and what becomes a type of it.
struct Named {
    title: String,
    rust: String,
    span: Span,
}

pub(super) fn distinct(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, Named> = BTreeMap::new();
    for named in all(api) {
        if TAKEN.contains(&named.rust.as_str()) {
            let message = format!("{} is `{}` in Rust, which is taken", named.title, named.rust);
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

/// Two of one kind have their own messages; here each kind has each name once.
fn all(api: &Api<'_>) -> impl Iterator<Item = Named> {
    let tags = list(api.document.root(), "tags").iter().filter_map(|tag| {
        let node = tag.get("name")?;
        Some((node.as_str()?.to_owned(), "tag", node.span))
    });
    let requests = api.operations.iter().filter_map(|operation| {
        let node = operation.node().get("operationId")?;
        let id = node.as_str().filter(|id| is_identifier(id))?;
        is_request(api, operation).then(|| (id.to_owned(), "the request of operation", node.span))
    });
    let choices = choices::all(api)
        .into_iter()
        .map(|choice| (choice.variable.key.clone(), "server variable", choice.variable.key_span));
    let mut names: BTreeMap<(&str, String), Named> = BTreeMap::new();
    for (name, kind, span) in tags.chain(requests).chain(choices) {
        let rust = pascal(&name);
        let title = format!("{kind} `{name}`");
        names.entry((kind, rust.clone())).or_insert(Named { title, rust, span });
    }
    names.into_values()
}

/// Whether an operation has optional parameters, which are chained on a type of its own.
fn is_request(api: &Api<'_>, operation: &Operation<'_>) -> bool {
    operation.parameters(api).iter().any(|parameter| {
        let node = api.resolve(parameter.site, "parameters").unwrap_or(parameter.site);
        let required = node.get("required").and_then(Node::as_bool).unwrap_or(false);
        !required && node.get("x-filled-by-client").is_none()
    })
}
