//! Tags: one for each operation, declared at the top level, since it becomes a module and an accessor.

use std::collections::BTreeMap;

use super::api::{Api, Operation, list};
use super::names::{closest, quoted, snake};
use crate::{Diagnostic, Node, Span};

/// Methods of the client that every runtime has, since generated code calls them.
const CALLED: &[&str] = &["call", "call_at"];

/// Modules of generated code: a tag of that name would make a second one, or one inside of itself.
const MODULES: &[&str] =
    &["catalogue", "error", "operations", "raw", "shared", "standalone", "types"];

pub(super) fn on_operations(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let declared: Vec<&str> = declared_names(api).filter_map(Node::as_str).collect();
    for operation in &api.operations {
        match list(operation.node(), "tags") {
            [] => found.push(missing(operation, &declared)),
            [tag] => found.extend(undeclared(operation, tag, &declared)),
            [_, second, ..] => {
                let message = format!("{} has more than one tag", operation.title());
                found.push(
                    operation
                        .mistake("several-tags", message)
                        .label(second.span, "the second one")
                        .help("keep the tag of the accessor that the operation should be under"),
                );
            }
        }
    }
}

fn declared_names<'a>(api: &Api<'a>) -> impl Iterator<Item = &'a Node> + use<'a> {
    list(api.document.root(), "tags").iter().filter_map(|tag| tag.get("name"))
}

/// The tag of an operation that has just one.
pub(super) fn tag<'a>(operation: &Operation<'a>) -> Option<&'a str> {
    match list(operation.node(), "tags") {
        [tag] => tag.as_str(),
        _ => None,
    }
}

fn missing(operation: &Operation<'_>, declared: &[&str]) -> Diagnostic {
    let message = format!("{} has no tag", operation.title());
    let help = match declared.first() {
        Some(first) => {
            format!("write `tags: [{first}]`; declared are {}", quoted(declared.iter().copied()))
        }
        None => {
            "declare a tag at the top level (`tags: [{ name: … }]`) and name it here".to_owned()
        }
    };
    operation
        .mistake("missing-tag", message)
        .label(operation.method.key_span, "nothing says which accessor it is under")
        .help(help)
}

fn undeclared(operation: &Operation<'_>, tag: &Node, declared: &[&str]) -> Option<Diagnostic> {
    let name = tag.as_str().unwrap_or("");
    if declared.contains(&name) {
        return None;
    }
    let message = format!("{} has an undeclared tag `{name}`", operation.title());
    let help = match closest(name, declared.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add `- name: {name}` to `tags` at the top level"),
    };
    Some(
        operation
            .mistake("undeclared-tag", message)
            .label(tag.span, "not in `tags` at the top level")
            .help(help),
    )
}

/// Declared tags are usable names, and different ones in Rust.
pub(super) fn declared(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for node in declared_names(api) {
        let name = node.as_str().unwrap_or("");
        let rust = snake(name);
        if !rust.starts_with(|first: char| first.is_ascii_lowercase()) || !rust.is_ascii() {
            found.push(
                Diagnostic::new("tag-name", format!("tag `{name}` cannot be the name of a module"))
                    .label(node.span, "ASCII letters and digits, a letter first")
                    .help("rename the tag, also on its operations"),
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
        found.extend(taken(api, name, &rust, node.span));
        seen.insert(rust, (name, node.span));
    }
}

/// A tag becomes a method of the client and a module of generated code: both may have one of that name already.
fn taken(api: &Api<'_>, name: &str, rust: &str, span: Span) -> Option<Diagnostic> {
    let label = if CALLED.contains(&rust) || api.settings.client_methods.contains(rust) {
        format!("the client has a method `{rust}`")
    } else if MODULES.contains(&rust) {
        format!("generated code has a module `{rust}`")
    } else {
        return None;
    };
    Some(
        Diagnostic::new("tag-taken", format!("tag `{name}` has a name that is taken"))
            .label(span, label)
            .help("rename the tag, also on its operations"),
    )
}
