//! Decides who can call operations without `security`. No operation becomes open to anyone
//! by accident.

mod doubt;

use super::{OMIT, Operation, for_each, omit};
use crate::normalise::Record;
use crate::{MissingSecurity, Node, Settings, Span, Value, lower};
use doubt::{Doubt, Doubts};

pub(in crate::normalise) use doubt::of_document as doubt_about;

/// Marks each operation without `security` as left out, unless it is open or inherits the top-level
/// `security`. `doubt` applies to all operations. Returns the settings with the value of
/// `missing_security` for this document.
pub(in crate::normalise) fn decide(
    root: &mut Node,
    settings: &Settings,
    doubt: Option<Doubt>,
    record: &mut Record,
) -> Settings {
    let policy = Policy::of(root, settings.missing_security);
    let doubts = Doubts::of(root, doubt);
    for_each(root, |operation| {
        if operation.node.has(OMIT) {
            return;
        }
        let callers = policy.callers(&operation, &doubts);
        if operation.node.get("security").is_some_and(is_empty) {
            operation.node.remove("security");
        }
        match callers {
            Callers::Declared => {}
            Callers::Anyone => {
                let warning = policy.warning(&operation.title());
                record.note("no-security", operation.key_span, warning);
            }
            Callers::Unknown { code, span, reason } => omit(operation.node, code, span, reason),
        }
    });
    Settings { missing_security: policy.missing, ..settings.clone() }
}

/// Who can call an operation.
enum Callers {
    /// The callers that `security` declares, in the operation or at the top level.
    Declared,
    /// Anyone, because there is no `security`.
    Anyone,
    /// Unknown, so the operation must be left out.
    Unknown { code: &'static str, span: Span, reason: String },
}

/// How a document's operations without `security` are treated.
struct Policy {
    /// Never [`MissingSecurity::Declared`], which [`Policy::of`] replaces with the value for the
    /// document.
    missing: MissingSecurity,
    /// The setting that `missing` was derived from.
    setting: MissingSecurity,
    /// Who can call operations that inherit the top-level `security`, or `None` if operations don't
    /// inherit it.
    inherited: Option<Inherited>,
    /// Whether the document has a top-level `security` that the settings ignore.
    is_ignored: bool,
}

/// Who can call an operation that inherits the top-level `security`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inherited {
    /// Anyone.
    Open,
    /// Only callers with credentials.
    Secured,
}

impl Policy {
    fn of(root: &Node, setting: MissingSecurity) -> Self {
        let missing = match setting {
            MissingSecurity::Declared if requires_credentials(root) => MissingSecurity::Open,
            MissingSecurity::Declared => MissingSecurity::Inherited,
            other => other,
        };
        let default = root.get("security").filter(|default| is_list(default));
        let is_ignored = default.is_some() && missing == MissingSecurity::Refused;
        let inherited = default.filter(|_| !is_ignored).map(|default| match requires(default) {
            true => Inherited::Secured,
            false => Inherited::Open,
        });
        Policy { missing, setting, inherited, is_ignored }
    }

    /// Decides who can call an operation.
    fn callers(&self, operation: &Operation<'_>, doubts: &Doubts) -> Callers {
        let title = operation.title();
        let unknown = |code, span, reason| Callers::Unknown { code, span, reason };
        match operation.node.get("security") {
            Some(own) if is_list(own) => return Callers::Declared,
            Some(own) if !is_empty(own) => {
                let reason = format!(
                    "`security` of {title} is {}, not a list, so it isn't known who can call the operation",
                    own.kind()
                );
                return unknown("security-shape", own.span, reason);
            }
            _ => {}
        }
        if self.is_ignored {
            let reason = format!(
                "{title} has no `security`, and the settings don't let it inherit the document's. Write its `security`, or \
                 use `MissingSecurity::Inherited`"
            );
            return unknown("no-security", operation.key_span, reason);
        }
        if self.inherited.is_none() && self.missing != MissingSecurity::Open {
            let reason = format!(
                "neither {title} nor the document has `security`, so the operation would be open to anyone. If that is \
                 intended, use `--unsecured open` or `MissingSecurity::Open`"
            );
            return unknown("no-security", operation.key_span, reason);
        }
        let doubt = doubts.about(operation).filter(|doubt| match self.inherited {
            // The operation inherits the top-level `security`, so it isn't open to anyone. It is
            // left out only if the author certainly meant a separate `security`, because that may
            // require different credentials.
            Some(Inherited::Secured) => doubt.is_certain,
            // With `Open`, the user has decided that operations without `security` are open.
            Some(Inherited::Open) | None => self.setting != MissingSecurity::Open,
        });
        match (doubt, self.inherited) {
            (Some(Doubt { span, what, .. }), _) => {
                let reason = format!(
                    "{what}, so it isn't known who can call {title}. Correct this, or write `security: []` if anyone can"
                );
                unknown("no-security", span, reason)
            }
            (None, Some(_)) => Callers::Declared,
            (None, None) => Callers::Anyone,
        }
    }

    /// Returns the warning about an operation that is open to anyone.
    fn warning(&self, title: &str) -> String {
        let advice = match self.setting == MissingSecurity::Declared {
            true => "; to leave it out, use `--unsecured refuse` or `MissingSecurity::Inherited`",
            false => "",
        };
        format!("without `security`, anyone can call {title}{advice}")
    }
}

fn is_empty(node: &Node) -> bool {
    matches!(node.value, Value::Null)
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::Sequence(_))
}

/// Returns whether any operation requires credentials.
fn requires_credentials(root: &Node) -> bool {
    lower::nodes_of_operations(root).filter_map(|operation| operation.get("security")).any(requires)
}

/// Returns whether a `security` requires credentials. It doesn't if it is empty or has an empty
/// alternative.
fn requires(security: &Node) -> bool {
    let alternatives = security.items();
    !alternatives.is_empty() && alternatives.iter().all(|it| !it.entries().is_empty())
}
