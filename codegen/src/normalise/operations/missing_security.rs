//! Decides who can call operations without `security`. No operation is opened by accident.

use std::collections::BTreeMap;

use super::{OMIT, for_each, omit};
use crate::check::closest_name;
use crate::normalise::Record;
use crate::{MissingSecurity, Node, Settings, Span, Value, lower};

/// A reason to assume that an operation without `security` requires credentials after all.
struct Doubt {
    span: Span,
    what: String,
}

/// Marks operations without `security` to be left out, unless they are open or inherit the
/// top-level `security`. Returns the settings with the decision for this document.
pub(in crate::normalise) fn decide(
    root: &mut Node,
    settings: &Settings,
    record: &mut Record,
) -> Settings {
    let is_declared = settings.missing_security == MissingSecurity::Declared;
    let missing = match settings.missing_security {
        MissingSecurity::Declared if requires_credentials(root) => MissingSecurity::Open,
        MissingSecurity::Declared => MissingSecurity::Inherited,
        other => other,
    };
    let inherited =
        root.get("security").is_some_and(is_list) && missing != MissingSecurity::Refused;
    let mut doubtful = if is_declared { doubtful_paths(root) } else { BTreeMap::new() };
    for_each(root, |operation| {
        if operation.node.has(OMIT) {
            return;
        }
        let title = operation.title();
        let written = operation.node.get("security");
        if let Some(own) = written.filter(|own| !matches!(own.value, Value::Null)) {
            if !is_list(own) {
                let reason = format!(
                    "`security` of {title} is {}, not a list, so it isn't known who can call the operation",
                    own.kind()
                );
                let span = own.span;
                omit(operation.node, "security-shape", span, reason);
            }
            return;
        }
        let empty = operation.node.remove("security");
        if inherited {
            return;
        }
        if missing != MissingSecurity::Open {
            let reason = format!(
                "neither {title} nor the document has `security`, so the operation would be open to anyone. If that is \
                 intended, use `--unsecured open` or `MissingSecurity::Open`"
            );
            let span = operation.key_span;
            omit(operation.node, "no-security", span, reason);
            return;
        }
        let doubt = match empty {
            Some(empty) if is_declared => {
                Some(Doubt { span: empty.key_span, what: "its `security` is empty".to_owned() })
            }
            _ if is_declared => similar(operation.node).or_else(|| doubtful.remove(operation.path)),
            _ => None,
        };
        if let Some(Doubt { span, what }) = doubt {
            let reason = format!(
                "{what}, so it isn't known who can call {title}. If anyone can, write `security: []`"
            );
            omit(operation.node, "no-security", span, reason);
            return;
        }
        let advice = match is_declared {
            true => "; to leave it out, use `--unsecured refuse` or `MissingSecurity::Inherited`",
            false => "",
        };
        let message = format!("without `security`, anyone can call this operation{advice}");
        record.note("no-security", operation.key_span, message);
    });
    Settings { missing_security: missing, ..settings.clone() }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::Sequence(_))
}

/// Returns whether any operation requires credentials. An operation with an empty alternative
/// doesn't.
fn requires_credentials(root: &Node) -> bool {
    lower::nodes_of_operations(root).filter_map(|operation| operation.get("security")).any(
        |security| {
            let alternatives = security.items();
            !alternatives.is_empty() && alternatives.iter().all(|it| !it.entries().is_empty())
        },
    )
}

/// Returns the paths with keys that may be the `security` of their operations. OpenAPI defines no
/// `security` for paths.
fn doubtful_paths(root: &Node) -> BTreeMap<String, Doubt> {
    let paths = root.get("paths").map_or(&[][..], Node::entries);
    let doubt = |path: &Node| {
        let own = path.entry("security").map(|own| Doubt {
            span: own.key_span,
            what: "the path has `security`, which only operations and the document can have"
                .to_owned(),
        });
        own.or_else(|| similar(path))
    };
    paths.iter().filter_map(|path| Some((path.key.clone(), doubt(&path.value)?))).collect()
}

/// Finds a key that is probably a misspelt `security`.
fn similar(holder: &Node) -> Option<Doubt> {
    let is_similar = |key: &str| key != "security" && closest_name(key, ["security"]).is_some();
    let entry = holder.entries().iter().find(|entry| is_similar(&entry.key))?;
    Some(Doubt { span: entry.key_span, what: format!("`{}` may mean `security`", entry.key) })
}
