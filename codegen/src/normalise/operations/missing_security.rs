//! Decides who can call operations without `security`. No operation is opened by accident.

use std::collections::BTreeMap;

use super::{OMIT, Operation, for_each, omit};
use crate::check::closest_name;
use crate::normalise::Record;
use crate::{MissingSecurity, Node, Settings, Span, Value, lower};

/// Marks operations without `security` to be left out, unless they are open or inherit the
/// top-level `security`. Returns the settings with the decision for this document.
pub(in crate::normalise) fn decide(
    root: &mut Node,
    settings: &Settings,
    record: &mut Record,
) -> Settings {
    let policy = Policy::of(root, settings.missing_security);
    let doubtful = doubtful_paths(root);
    for_each(root, |operation| {
        if operation.node.has(OMIT) {
            return;
        }
        let callers = policy.callers(&operation, doubtful.get(operation.path));
        if operation.node.get("security").is_some_and(is_empty) {
            operation.node.remove("security");
        }
        match callers {
            Callers::Declared => {}
            Callers::Anyone => record.note("no-security", operation.key_span, policy.warning()),
            Callers::Unknown { code, span, reason } => omit(operation.node, code, span, reason),
        }
    });
    Settings { missing_security: policy.missing, ..settings.clone() }
}

/// Who can call an operation.
enum Callers {
    /// Those that `security` declares, in the operation or at the top level.
    Declared,
    /// Anyone, because there is no `security`.
    Anyone,
    /// That isn't known, so the operation must be left out.
    Unknown { code: &'static str, span: Span, reason: String },
}

/// How a document's operations without `security` are treated.
struct Policy {
    /// Never [`MissingSecurity::Declared`], because that is decided for each document.
    missing: MissingSecurity,
    /// Whether the document decided that. Then an operation isn't opened if there is any doubt.
    is_declared: bool,
    /// Whether operations inherit the top-level `security`.
    is_inherited: bool,
}

/// A reason to assume that an operation without `security` requires credentials after all.
struct Doubt {
    span: Span,
    what: String,
}

impl Policy {
    fn of(root: &Node, setting: MissingSecurity) -> Self {
        let is_declared = setting == MissingSecurity::Declared;
        let missing = match is_declared {
            true if requires_credentials(root) => MissingSecurity::Open,
            true => MissingSecurity::Inherited,
            false => setting,
        };
        let has_default = root.get("security").is_some_and(is_list);
        let is_inherited = has_default && missing != MissingSecurity::Refused;
        Policy { missing, is_declared, is_inherited }
    }

    /// Decides who can call an operation. `doubtful` is a doubt about all operations of its path.
    fn callers(&self, operation: &Operation<'_>, doubtful: Option<&Doubt>) -> Callers {
        let title = operation.title();
        let own = operation.node.entry("security");
        match own {
            Some(own) if is_list(&own.value) => return Callers::Declared,
            Some(own) if !is_empty(&own.value) => {
                let reason = format!(
                    "`security` of {title} is {}, not a list, so it isn't known who can call the operation",
                    own.value.kind()
                );
                return Callers::Unknown { code: "security-shape", span: own.value.span, reason };
            }
            _ if self.is_inherited => return Callers::Declared,
            _ => {}
        }
        let unknown = |span, reason| Callers::Unknown { code: "no-security", span, reason };
        if self.missing != MissingSecurity::Open {
            let reason = format!(
                "neither {title} nor the document has `security`, so the operation would be open to anyone. If that is \
                 intended, use `--unsecured open` or `MissingSecurity::Open`"
            );
            return unknown(operation.key_span, reason);
        }
        if !self.is_declared {
            return Callers::Anyone;
        }
        let empty =
            own.map(|own| Doubt { span: own.key_span, what: "its `security` is empty".to_owned() });
        let of_operation = empty.or_else(|| similar(operation.node));
        match of_operation.as_ref().or(doubtful) {
            Some(Doubt { span, what }) => {
                let reason = format!(
                    "{what}, so it isn't known who can call {title}. If anyone can, write `security: []`"
                );
                unknown(*span, reason)
            }
            None => Callers::Anyone,
        }
    }

    /// Returns the warning about an operation that is open to anyone.
    fn warning(&self) -> String {
        let advice = match self.is_declared {
            true => "; to leave it out, use `--unsecured refuse` or `MissingSecurity::Inherited`",
            false => "",
        };
        format!("without `security`, anyone can call this operation{advice}")
    }
}

fn is_empty(node: &Node) -> bool {
    matches!(node.value, Value::Null)
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
