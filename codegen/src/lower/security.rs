//! Security schemes and requirements. All kinds of OpenAPI 3.0 are read; which of them may be used is for the rules to say.

use std::collections::{BTreeMap, BTreeSet};

use super::name;
use crate::model::{KeyLocation, Operation, RequiredScheme, SchemeKind, SecurityScheme};
use crate::{Document, Node};

/// The schemes that the operations use, in the order of names.
pub(super) fn schemes<'a>(
    document: &Document,
    operations: impl Iterator<Item = &'a Operation>,
) -> Vec<SecurityScheme> {
    let used: BTreeSet<&str> = operations
        .flat_map(|operation| operation.security.iter().flatten())
        .map(|scheme| scheme.name.as_str())
        .collect();
    let scheme = |name: &str| {
        let definition = document.get(&["components", "securitySchemes", name])?;
        Some(SecurityScheme { name: name.to_owned(), kind: kind(definition)? })
    };
    used.into_iter().filter_map(scheme).collect()
}

fn kind(definition: &Node) -> Option<SchemeKind> {
    let text = |key: &str| name(Some(definition), key);
    Some(match text("type").as_str() {
        "apiKey" => {
            let name = text("name");
            match text("in").as_str() {
                "header" => SchemeKind::ApiKey {
                    location: KeyLocation::Header,
                    name: name.to_ascii_lowercase(),
                },
                "query" => SchemeKind::ApiKey { location: KeyLocation::Query, name },
                "cookie" => SchemeKind::ApiKey { location: KeyLocation::Cookie, name },
                _ => return None,
            }
        }
        "http" => SchemeKind::Http { scheme: text("scheme").to_ascii_lowercase() },
        "oauth2" => SchemeKind::OAuth2,
        "openIdConnect" => SchemeKind::OpenIdConnect,
        "mutualTLS" => SchemeKind::MutualTls,
        _ => return None,
    })
}

/// The alternatives of an operation's `security`, each with its schemes in the order of names.
pub(super) fn required(operation: &Node) -> Vec<Vec<RequiredScheme>> {
    let alternatives = operation.get("security").map(Node::items).unwrap_or_default();
    let schemes = |alternative: &Node| {
        let schemes: BTreeMap<String, Vec<String>> = alternative
            .entries()
            .iter()
            .map(|entry| {
                let scopes = entry.value.items().iter().filter_map(Node::as_str);
                (entry.key.clone(), scopes.map(str::to_owned).collect())
            })
            .collect();
        schemes.into_iter().map(|(name, scopes)| RequiredScheme { name, scopes }).collect()
    };
    alternatives.iter().map(schemes).collect()
}
