//! Normalises security: no operation is open by accident, and unusual notations are interpreted in
//! the way their authors meant.

use super::{for_each, omit};
use crate::normalise::Record;
use crate::{MissingSecurity, Node, Settings, SharedPlaces, Value, lower};

/// Marks operations without `security` to be left out, unless they are open. Returns the settings
/// with the decision for this document.
pub(in crate::normalise) fn unsecured(
    root: &mut Node,
    settings: &Settings,
    record: &mut Record,
) -> Settings {
    let is_declared =
        settings.missing_security == MissingSecurity::Declared && requires_credentials(root);
    let missing = if is_declared { MissingSecurity::Open } else { settings.missing_security };
    let top = root.get("security").filter(|node| matches!(node.value, Value::Sequence(_)));
    let inherited = top.is_some() && missing != MissingSecurity::Refused;
    let mut open = 0_usize;
    let mut first = None;
    for_each(root, |operation| {
        if operation
            .node
            .get("security")
            .is_some_and(|node| !matches!(node.value, Value::Sequence(_)))
        {
            operation.node.remove("security");
        }
        if operation.node.has("security") || inherited {
            return;
        }
        if missing == MissingSecurity::Open {
            open += 1;
            first.get_or_insert(operation.key_span);
            return;
        }
        let reason = format!(
            "neither {} nor the document has `security`, so the operation would be open to anyone. If that is intended, \
                   use `--unsecured open` or `MissingSecurity::Open`",
            operation.title()
        );
        let span = operation.key_span;
        omit(operation.node, "no-security", span, reason);
    });
    if let Some(span) = first {
        let (have, them) = match open {
            1 => ("1 operation has".to_owned(), "it"),
            _ => (format!("{open} operations have"), "them"),
        };
        let advice = match is_declared {
            true => format!(
                "; to leave {them} out, use `--unsecured refuse` or `MissingSecurity::Inherited`"
            ),
            false => String::new(),
        };
        let message = format!("{have} no `security`, so anyone can call {them}{advice}");
        record.note("no-security", span, message);
    }
    Settings { missing_security: missing, ..settings.clone() }
}

/// Returns whether any operation requires credentials.
fn requires_credentials(root: &mut Node) -> bool {
    let mut requires = false;
    for_each(root, |operation| {
        let Some(Value::Sequence(alternatives)) =
            operation.node.get("security").map(|it| &it.value)
        else {
            return;
        };
        requires |= alternatives.iter().any(|alternative| !alternative.entries().is_empty());
    });
    requires
}

/// Returns the settings, adapted to the document. If operations list scopes for a scheme that isn't
/// OAuth, the scheme gets scopes. If operations require several credentials together, but the
/// credentials are sent in the same place, the credentials become alternatives.
pub(in crate::normalise) fn adapted(
    root: &Node,
    settings: &Settings,
    record: &mut Record,
) -> Settings {
    let mut settings = settings.clone();
    let schemes = root.get("components").and_then(|it| it.get("securitySchemes"));
    let kind = |name: &str| schemes?.get(name)?.text("type");
    let mut shared = None;
    let mut scoped = Vec::new();
    let operations = crate::lower::nodes_of_operations(root);
    let all = operations.filter_map(|node| node.get("security")).chain(root.get("security"));
    for alternative in all.flat_map(Node::items) {
        for scheme in alternative.entries() {
            let has_scopes = !scheme.value.items().is_empty();
            let may = matches!(kind(&scheme.key), Some("oauth2" | "openIdConnect") | None);
            if has_scopes && !may && settings.scoped_schemes.insert(scheme.key.clone()) {
                scoped.push((scheme.key.clone(), scheme.key_span));
            }
        }
        if shared.is_none() && lower::security::share_a_place(schemes, alternative) {
            shared = Some(alternative.span);
        }
    }
    for (name, span) in scoped {
        let message = format!(
            "operations list permissions for `{name}`, which isn't OAuth: the permissions become \
             scopes of the credential's type"
        );
        record.note("scopes-of-a-key", span, message);
    }
    if let (Some(span), SharedPlaces::Refused) = (shared, settings.shared_places) {
        settings.shared_places = SharedPlaces::Alternatives;
        let message = "credentials that are sent in the same place are listed together, so any \
                       one of them is enough";
        record.note("shared-places", span, message);
    }
    settings
}
