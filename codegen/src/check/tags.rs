//! Checks tags: each operation needs exactly one tag, which must be declared at the top level. A
//! tag becomes a module and an accessor.

use std::collections::{BTreeMap, BTreeSet};

use super::api::{Api, Operation, list};
use super::names::{quoted, snake};
use crate::emit::client;
use crate::{Diagnostic, Node, Settings, Span};

/// The modules of generated code. A tag with one of these names would create a second module with
/// that name, next to the first or inside it.
const MODULES: &[&str] = &["catalogue", "error", "operations", "shared", "standalone", "types"];

pub(super) fn on_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let declared: Vec<&str> = declared_names(api).filter_map(Node::as_str).collect();
    let names: BTreeSet<&str> = declared.iter().copied().collect();
    for operation in &api.operations {
        match list(operation.node(), "tags") {
            [] => found.push(missing(api, operation, &declared)),
            [tag] if tag.as_str().is_some_and(|tag| names.contains(tag)) => {}
            [tag] => found.push(undeclared(api, operation, tag, &declared)),
            [_, second, ..] => {
                let message = format!("{} has more than one tag", operation.title());
                found.push(
                    operation
                        .mistake("several-tags", message)
                        .label(second.span, "the second one")
                        .help("keep the tag for the accessor that should have this operation"),
                );
            }
        }
    }
}

fn declared_names<'a>(api: &Api<'a>) -> impl Iterator<Item = &'a Node> + use<'a> {
    list(api.document.root(), "tags").iter().filter_map(|tag| tag.get("name"))
}

/// Returns the tag of an operation that has exactly one tag.
pub(super) fn tag<'a>(operation: &Operation<'a>) -> Option<&'a str> {
    match list(operation.node(), "tags") {
        [tag] => tag.as_str(),
        _ => None,
    }
}

/// Returns the first path segment that can be a tag, in snake case. If there is none, returns `api`
/// or `group`.
fn suggestion(api: &Api<'_>, operation: &Operation<'_>) -> String {
    let words = operation.path.key.split('/').map(snake);
    let usable = |word: &String| problem(api.settings, word).is_none();
    words.chain(["api".to_owned()]).find(usable).unwrap_or_else(|| "group".to_owned())
}

fn missing(api: &Api<'_>, operation: &Operation<'_>, declared: &[&str]) -> Diagnostic {
    let message = format!("{} has no tag", operation.title());
    let help = match declared.first() {
        Some(first) => {
            format!(
                "write `tags: [{first}]`; the declared tags are {}",
                quoted(declared.iter().copied())
            )
        }
        None => {
            let name = suggestion(api, operation);
            format!("write `tags: [{name}]`, and at the top level `tags: [{{ name: {name} }}]`")
        }
    };
    operation
        .mistake("missing-tag", message)
        .label(operation.method.key_span, "the tag selects the accessor")
        .help(help)
}

fn undeclared(
    api: &Api<'_>,
    operation: &Operation<'_>,
    tag: &Node,
    declared: &[&str],
) -> Diagnostic {
    let name = tag.as_str().unwrap_or("");
    let message = format!("{} has an undeclared tag `{name}`", operation.title());
    let help = match api.closest(name, declared.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if problem(api.settings, name).is_some() => {
            let name =
                declared.first().map_or_else(|| suggestion(api, operation), |it| (*it).to_owned());
            format!(
                "write a valid module name, e.g. `tags: [{name}]`, and declare it at the top level"
            )
        }
        None if declared.is_empty() => {
            format!("write `tags: [{{ name: {name} }}]` at the top level")
        }
        None => format!("add `- name: {name}` to `tags` at the top level"),
    };
    operation
        .mistake("undeclared-tag", message)
        .label(tag.span, "not in `tags` at the top level")
        .help(help)
}

/// Checks that declared tags have usable names that are unique in Rust.
pub(super) fn declared(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for node in declared_names(api) {
        let name = node.as_str().unwrap_or("");
        let rust = snake(name);
        if !is_module(&rust) {
            found.push(
                Diagnostic::new("tag-name", format!("tag `{name}` can't be the name of a module"))
                    .label(node.span, "only ASCII letters and digits, starting with a letter")
                    .help("rename the tag here and in its operations"),
            );
            continue;
        }
        if let Some((first, span)) = seen.get(&rust) {
            found.push(
                Diagnostic::new(
                    "tag-collision",
                    format!("tags `{first}` and `{name}` are both `{rust}` in Rust"),
                )
                .label(node.span, "the second one")
                .label(*span, "the first one")
                .help("rename or remove one of the two"),
            );
            continue;
        }
        found.extend(taken(api, name, node.span));
        seen.insert(rust, (name, node.span));
    }
}

/// Reports a tag whose name is already used. A tag becomes a method of the client and a module of
/// generated code.
fn taken(api: &Api<'_>, name: &str, span: Span) -> Option<Diagnostic> {
    let label = problem(api.settings, name)?;
    Some(
        Diagnostic::new("tag-taken", format!("the name of tag `{name}` is already used"))
            .label(span, label)
            .help("rename the tag here and in its operations"),
    )
}

fn is_module(rust: &str) -> bool {
    rust.starts_with(|first: char| first.is_ascii_lowercase()) && rust.is_ascii()
}

/// Returns the reason why a tag can't have this name, or `None` if it can.
pub(crate) fn problem(settings: &Settings, name: &str) -> Option<String> {
    let rust = snake(name);
    if !is_module(&rust) {
        Some("no module can have this name".to_owned())
    } else if is_method(settings, &rust) {
        Some(format!("the client already has a method `{rust}`"))
    } else if MODULES.contains(&&*rust) {
        Some(format!("generated code already has a module `{rust}`"))
    } else {
        None
    }
}

/// Returns whether the client has a method with that name, generated or hand-written.
fn is_method(settings: &Settings, name: &str) -> bool {
    client::methods(settings).any(|method| method == name) || settings.client_methods.contains(name)
}
