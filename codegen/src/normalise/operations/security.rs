//! Interprets unusual uses of `security` as their authors probably meant them.

use super::title;
use crate::normalise::Record;
use crate::{Node, Settings, SharedPlaces, lower};

/// Returns the settings, adapted to the document. If operations list scopes for a scheme that isn't
/// OAuth, the scheme gets scopes. Credentials that are required together but sent in the same place
/// become alternatives.
pub(in crate::normalise) fn adapted(
    root: &Node,
    settings: &Settings,
    record: &mut Record,
) -> Settings {
    let mut settings = settings.clone();
    let schemes = root.get("components").and_then(|it| it.get("securitySchemes"));
    let kind = |name: &str| schemes?.get(name)?.text("type");
    let mut scoped = Vec::new();
    let operations = lower::nodes_of_operations(root);
    let all = operations.filter_map(|node| node.get("security")).chain(root.get("security"));
    for alternative in all.flat_map(Node::items) {
        for scheme in alternative.entries() {
            let has_scopes = !scheme.value.items().is_empty();
            let may = matches!(kind(&scheme.key), Some("oauth2" | "openIdConnect") | None);
            if has_scopes && !may && settings.scoped_schemes.insert(scheme.key.clone()) {
                scoped.push((scheme.key.clone(), scheme.key_span));
            }
        }
    }
    for (name, span) in scoped {
        let message = format!(
            "operations list permissions for `{name}`, which isn't OAuth: the permissions become \
             scopes of the credential's type"
        );
        record.note("scopes-of-a-key", span, message);
    }
    if settings.shared_places == SharedPlaces::Refused {
        let shared = |holder: &Node| {
            let mut alternatives = holder.get("security")?.items().iter();
            let found = alternatives.find(|it| lower::security::share_a_place(schemes, it))?;
            Some(found.span)
        };
        let default = shared(root).map(|span| ("the document".to_owned(), span));
        let own = lower::entries_of_operations(root).filter_map(|(path, method)| {
            shared(&method.value).map(|span| (title(&method.key, &path.key), span))
        });
        for (title, span) in default.into_iter().chain(own) {
            settings.shared_places = SharedPlaces::Alternatives;
            let message = format!(
                "{title} requires several credentials that are sent in the same place, so any one of them is enough"
            );
            record.note("shared-places", span, message);
        }
    }
    settings
}
