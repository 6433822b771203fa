//! A security scheme as a Rust type.

use std::collections::BTreeSet;

use crate::lower::security::{definition, kind};
use crate::lower::text;
use crate::model::SchemeKind;
use crate::{Document, Node, RequiredScheme, Settings, names};

/// A security scheme, and the type of its credential.
#[derive(Clone, Debug)]
pub(crate) struct GeneratedScheme {
    /// As in the document.
    pub name: String,
    /// The type, e.g. `ApiKey`.
    pub ident: String,
    /// The method of the builder, e.g. `api_key`.
    pub field: String,
    pub kind: SchemeKind,
    pub description: String,
    /// The scopes that operations require, in the order of their texts. Empty: the type has no scopes.
    pub scopes: Vec<ScopeType>,
    /// Where a token is requested by client credentials.
    pub token_url: Option<String>,
    /// Where a token is renewed.
    pub refresh_url: Option<String>,
}

/// A scope as a type.
#[derive(Clone, Debug)]
pub(crate) struct ScopeType {
    /// As in the document.
    pub text: String,
    pub ident: String,
    pub description: String,
}

impl GeneratedScheme {
    pub(super) fn of(
        document: &Document,
        settings: &Settings,
        name: &str,
        used: &BTreeSet<&RequiredScheme>,
    ) -> Option<Self> {
        let definition = definition(document, name)?;
        let ident = renamed(settings, name);
        let scopes: BTreeSet<&str> = used
            .iter()
            .filter(|required| required.name == name)
            .flat_map(|required| required.scopes.iter().map(String::as_str))
            .collect();
        let scope = |text: &str| ScopeType {
            text: text.to_owned(),
            ident: renamed(settings, text),
            description: scope_description(definition, text),
        };
        Some(GeneratedScheme {
            name: name.to_owned(),
            field: names::field(&ident),
            ident,
            kind: kind(definition)?,
            description: text(Some(definition), "description"),
            scopes: scopes.into_iter().map(scope).collect(),
            token_url: url(definition, &["clientCredentials", "application"], &["tokenUrl"]),
            refresh_url: url(
                definition,
                &["authorizationCode", "accessCode", "password", "deviceAuthorization"],
                &["refreshUrl", "tokenUrl"],
            ),
        })
    }

    /// The module that has the types of its scopes.
    pub(crate) fn module(&self) -> String {
        names::module(&self.ident)
    }

    pub(crate) fn scope(&self, text: &str) -> Option<&ScopeType> {
        self.scopes.iter().find(|scope| scope.text == text)
    }
}

/// The type for a name of the document, unless the settings have another one.
pub(crate) fn renamed(settings: &Settings, name: &str) -> String {
    settings.names.get(name).cloned().unwrap_or_else(|| names::pascal(name))
}

fn flows(definition: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let flows = definition.get("flows").map(Node::entries).unwrap_or_default();
    flows.iter().map(|entry| (entry.key.as_str(), &entry.value))
}

fn scope_description(definition: &Node, scope: &str) -> String {
    let mut found = flows(definition).map(|(_, flow)| text(flow.get("scopes"), scope));
    found.find(|text| !text.is_empty()).unwrap_or_default()
}

/// The first absolute URL of a flow. What a relative one is relative to differs between servers.
fn url(definition: &Node, kinds: &[&str], keys: &[&str]) -> Option<String> {
    let mut flows = flows(definition).filter(|(kind, _)| kinds.contains(kind));
    flows.find_map(|(_, flow)| {
        let mut urls = keys.iter().map(|key| text(Some(flow), key));
        urls.find(|url| url.starts_with("https://"))
    })
}
