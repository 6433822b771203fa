//! Lowers security requirements, and every kind of security scheme in OpenAPI 3.0 and 3.1.

use std::collections::{BTreeMap, BTreeSet};

use super::name;
use crate::model::{KeyLocation, Operation, SchemeKind, SecurityScheme};
use crate::{Document, Entry, Node, RequiredScheme, Settings, SharedPlaces};

/// Returns the schemes that the operations use, sorted by name.
pub(super) fn schemes<'a>(
    document: &Document,
    operations: impl Iterator<Item = &'a Operation>,
) -> Vec<SecurityScheme> {
    let used: BTreeSet<&str> = operations
        .flat_map(|operation| operation.security.iter().flatten())
        .map(|scheme| scheme.name.as_str())
        .collect();
    let scheme = |name: &str| {
        let definition = definition(document, name)?;
        Some(SecurityScheme { name: name.to_owned(), kind: kind(definition)? })
    };
    used.into_iter().filter_map(scheme).collect()
}

/// Returns the scheme with this name. If the scheme is a `$ref`, returns its target.
pub(super) fn definition<'a>(document: &'a Document, name: &str) -> Option<&'a Node> {
    let schemes = document.get(&["components", "securitySchemes"])?;
    let node = schemes.get(name)?;
    let Some(reference) = node.get("$ref") else { return Some(node) };
    schemes.get(reference.as_str()?.strip_prefix("#/components/securitySchemes/")?)
}

/// Returns the kind of a scheme, or `None` if its definition is incomplete or has an unknown type.
pub(crate) fn kind(definition: &Node) -> Option<SchemeKind> {
    let text = |key: &str| name(Some(definition), key);
    Some(match text("type").as_str() {
        "apiKey" => {
            let name = Some(text("name")).filter(|name| !name.is_empty())?;
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
        "http" => {
            let scheme = Some(text("scheme")).filter(|scheme| !scheme.is_empty())?;
            SchemeKind::Http { scheme: scheme.to_ascii_lowercase() }
        }
        "oauth2" => SchemeKind::OAuth2,
        "openIdConnect" => SchemeKind::OpenIdConnect,
        "mutualTLS" => SchemeKind::MutualTls,
        _ => return None,
    })
}

/// Returns the operation's own `security`, or the document's if the operation has none.
pub(crate) fn of<'a>(document: &'a Document, operation: &'a Node) -> Option<&'a Node> {
    operation.get("security").or_else(|| document.root().get("security"))
}

/// Returns the alternatives that `security` lists, in document order.
pub(crate) fn alternatives(security: &Node) -> Vec<BTreeSet<RequiredScheme>> {
    security.items().iter().map(|it| schemes_of(it).into_iter().collect()).collect()
}

/// Returns the alternatives for the model. Depending on the settings, an alternative with several
/// credentials in the same place is split into several alternatives.
pub(crate) fn lowered(
    document: &Document,
    settings: &Settings,
    security: &Node,
) -> Vec<BTreeSet<RequiredScheme>> {
    let read = alternatives(security);
    match settings.shared_places {
        SharedPlaces::Refused => read,
        SharedPlaces::Alternatives => {
            read.iter().flat_map(|alternative| split(document, alternative)).collect()
        }
    }
}

/// Splits an alternative so that each result has only one scheme per place. Returns all such
/// combinations.
fn split(
    document: &Document,
    alternative: &BTreeSet<RequiredScheme>,
) -> Vec<BTreeSet<RequiredScheme>> {
    let mut parts = vec![BTreeSet::new()];
    for shared in by_place(document, alternative) {
        parts = parts
            .iter()
            .flat_map(|part| {
                shared.iter().map(move |scheme| {
                    let mut part: BTreeSet<RequiredScheme> = part.clone();
                    part.insert((*scheme).clone());
                    part
                })
            })
            .collect();
    }
    parts
}

/// Returns whether an alternative has two credentials in the same place, according to the
/// document's security schemes.
pub(crate) fn share_a_place(schemes: Option<&Node>, alternative: &Node) -> bool {
    let mut seen = BTreeSet::new();
    let places = alternative.entries().iter().filter_map(|entry| {
        let definition = schemes?.get(&entry.key)?;
        place(kind(definition)?)
    });
    places.into_iter().any(|place| !seen.insert(place))
}

/// Returns how many alternatives an alternative is split into.
pub(crate) fn ways(document: &Document, alternative: &BTreeSet<RequiredScheme>) -> usize {
    let sizes = by_place(document, alternative).into_iter().map(|shared| shared.len());
    sizes.fold(1, usize::saturating_mul)
}

/// Groups the schemes by place. Each scheme without a place forms a separate group.
fn by_place<'a>(
    document: &Document,
    alternative: &'a BTreeSet<RequiredScheme>,
) -> Vec<Vec<&'a RequiredScheme>> {
    let mut places: BTreeMap<Place, Vec<&RequiredScheme>> = BTreeMap::new();
    let mut alone = Vec::new();
    for scheme in alternative {
        match definition(document, &scheme.name).and_then(kind).and_then(place) {
            Some(place) => places.entry(place).or_default().push(scheme),
            None => alone.push(vec![scheme]),
        }
    }
    places.into_values().chain(alone).collect()
}

/// A place in a request that carries one credential. Header names are in lower case.
pub(crate) type Place = (KeyLocation, String);

/// Returns the place where a credential is sent, or `None` if it belongs to the connection.
pub(crate) fn place(kind: SchemeKind) -> Option<Place> {
    match kind {
        SchemeKind::ApiKey { location, name } => Some((location, name)),
        SchemeKind::Http { .. } | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            Some((KeyLocation::Header, "authorization".to_owned()))
        }
        SchemeKind::MutualTls => None,
    }
}

/// Returns the schemes of an alternative, in document order.
pub(crate) fn schemes_of(alternative: &Node) -> Vec<RequiredScheme> {
    let scheme = |entry: &Entry| {
        let scopes = entry.value.items().iter().filter_map(Node::as_str);
        RequiredScheme::new(&entry.key, scopes)
    };
    alternative.entries().iter().map(scheme).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "
openapi: 3.0.3
tags: [{ name: books }]
paths:
  /books:
    get:
      operationId: listBooks
      tags: [books]
      security:
        - { token: [write, read], header: [] }
        - { cookie: [], query: [], http: [], open: [read], tls: [], other: [] }
        - {}
components:
  securitySchemes:
    header: { type: apiKey, in: header, name: X-Reader }
    query: { type: apiKey, in: query, name: readerKey }
    cookie: { type: apiKey, in: cookie, name: Reader }
    http: { type: http, scheme: Bearer }
    token: { type: oauth2, flows: {} }
    open: { type: openIdConnect, openIdConnectUrl: 'https://library.example' }
    tls: { type: mutualTLS }
    other: { $ref: '#/components/securitySchemes/header' }
    unused: { type: http, scheme: basic }
";

    fn model() -> crate::model::Model {
        let document = Document::parse("a.yaml", DOCUMENT).unwrap();
        crate::lower::lower(
            &document,
            &crate::Settings::new("", "a.yaml").with_credential("crate::Credential"),
        )
    }

    #[test]
    fn each_kind_of_scheme_keeps_its_place() {
        let key = |location, name: &str| SchemeKind::ApiKey { location, name: name.to_owned() };
        let expected = [
            ("cookie", key(KeyLocation::Cookie, "Reader")),
            ("header", key(KeyLocation::Header, "x-reader")),
            ("http", SchemeKind::Http { scheme: "bearer".to_owned() }),
            ("open", SchemeKind::OpenIdConnect),
            ("other", key(KeyLocation::Header, "x-reader")),
            ("query", key(KeyLocation::Query, "readerKey")),
            ("tls", SchemeKind::MutualTls),
            ("token", SchemeKind::OAuth2),
        ];
        let expected =
            expected.map(|(name, kind)| SecurityScheme { name: name.to_owned(), kind }).to_vec();
        assert_eq!(model().schemes, expected);
    }

    #[test]
    fn alternatives_keep_their_order() {
        let model = model();
        let operation = model.operations().next().unwrap();
        let alternatives = operation.security.iter();
        let found: Vec<Vec<String>> =
            alternatives.map(|schemes| schemes.iter().map(ToString::to_string).collect()).collect();
        let expected: [&[&str]; 3] = [
            &["header: []", "token: [read, write]"],
            &["cookie: []", "http: []", "open: [read]", "other: []", "query: []", "tls: []"],
            &[],
        ];
        assert_eq!(found, expected);
    }
}
