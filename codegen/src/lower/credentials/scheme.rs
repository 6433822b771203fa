//! Represents a security scheme as a Rust type.

use std::collections::BTreeSet;

use crate::lower::security::{definition, kind};
use crate::lower::text;
use crate::model::SchemeKind;
use crate::{Document, Node, RequiredScheme, Settings, names};

/// A security scheme, and the type of its credential.
#[derive(Clone, Debug)]
pub(crate) struct GeneratedScheme {
    /// The name in the document.
    pub name: String,
    /// The type, e.g. `ApiKey`.
    pub ident: String,
    /// The method of the builder, e.g. `api_key`.
    pub field: String,
    pub kind: SchemeKind,
    pub description: String,
    /// The scopes that operations require and other scopes that the flows declare, sorted by text.
    /// The list is empty if no operation requires a scope.
    pub scopes: Vec<ScopeType>,
    /// The URL at which a token is requested with client credentials.
    pub token_url: Option<String>,
    /// The URL at which a token is renewed.
    pub refresh_url: Option<String>,
}

/// A scope as a type.
#[derive(Clone, Debug)]
pub(crate) struct ScopeType {
    /// The name in the document.
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
        let required: BTreeSet<&str> = used
            .iter()
            .filter(|required| required.name == name)
            .flat_map(|required| required.scopes.iter().map(String::as_str))
            .collect();
        Some(GeneratedScheme {
            name: name.to_owned(),
            field: names::accessor(&ident),
            ident,
            kind: kind(definition)?,
            description: text(Some(definition), "description"),
            scopes: scopes(settings, definition, name, &required),
            token_url: url(definition, &["clientCredentials", "application"], &["tokenUrl"]),
            refresh_url: url(
                definition,
                &["authorizationCode", "accessCode", "password", "deviceAuthorization"],
                &["refreshUrl", "tokenUrl"],
            ),
        })
    }

    /// Returns the name of the module with the types of the scheme's scopes.
    pub(crate) fn module(&self) -> String {
        names::module(&names::accessor(&self.ident))
    }

    pub(crate) fn scope(&self, text: &str) -> Option<&ScopeType> {
        self.scopes.iter().find(|scope| scope.text == text)
    }
}

/// Returns the type name for a name in the document. The settings can define a different one.
pub(crate) fn renamed(settings: &Settings, name: &str) -> String {
    settings.names.get(name).cloned().unwrap_or_else(|| names::pascal(name))
}

/// Returns the type name for a scope. In the settings, a key such as `token: [read]` defines the
/// name of a scope for only one scheme.
pub(super) fn renamed_scope(settings: &Settings, scheme: &str, scope: &str) -> String {
    let own = RequiredScheme::new(scheme, [scope]).to_string();
    settings.names.get(&own).cloned().unwrap_or_else(|| renamed(settings, scope))
}

fn flows(definition: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let flows = definition.get("flows").map(Node::entries).unwrap_or_default();
    flows.iter().map(|entry| (entry.key.as_str(), &entry.value))
}

/// Returns the types of the required scopes, and of other declared scopes that a token request can
/// contain. No operation requires these other scopes, so those whose Rust name is taken or unusable
/// are left out.
fn scopes(
    settings: &Settings,
    definition: &Node,
    scheme: &str,
    required: &BTreeSet<&str>,
) -> Vec<ScopeType> {
    let scope = |text: &str| ScopeType {
        text: text.to_owned(),
        ident: renamed_scope(settings, scheme, text),
        description: scope_description(definition, text),
    };
    let mut scopes: Vec<ScopeType> = required.iter().copied().map(scope).collect();
    if scopes.is_empty() {
        return scopes;
    }
    let mut taken: BTreeSet<String> = scopes.iter().map(|it| it.ident.clone()).collect();
    let declared = flows(definition).filter_map(|(_, flow)| flow.get("scopes"));
    for entry in declared.flat_map(Node::entries) {
        let new = scope(&entry.key);
        // RFC 6749, section 3.3, allows these characters in a scope.
        let can_be_requested = |each: char| each.is_ascii_graphic() && !['"', '\\'].contains(&each);
        if new.text.chars().all(can_be_requested)
            && names::is_type(&new.ident)
            && taken.insert(new.ident.clone())
        {
            scopes.push(new);
        }
    }
    scopes.sort_by(|one, other| one.text.cmp(&other.text));
    scopes
}

fn scope_description(definition: &Node, scope: &str) -> String {
    let mut found = flows(definition).map(|(_, flow)| text(flow.get("scopes"), scope));
    found.find(|text| !text.is_empty()).unwrap_or_default()
}

/// Returns whether tokens can be requested at this URL. The URL must use https, unless its host is
/// this machine.
fn is_absolute(url: &str) -> bool {
    const HERE: [&str; 3] = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
    let is_here = |origin: &&str| {
        url.strip_prefix(*origin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    };
    let host = url.strip_prefix("https://").unwrap_or_default();
    let is_elsewhere =
        host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    !url.contains(['{', '}']) && (is_elsewhere || HERE.iter().any(is_here))
}

/// Returns the first URL in these flows at which tokens can be requested. Relative URLs are
/// skipped, because their base depends on the server.
fn url(definition: &Node, kinds: &[&str], keys: &[&str]) -> Option<String> {
    let mut flows = flows(definition).filter(|(kind, _)| kinds.contains(kind));
    flows.find_map(|(_, flow)| {
        let mut urls = keys.iter().map(|key| text(Some(flow), key));
        urls.find(|url| is_absolute(url))
    })
}

/// Returns the name of the type alias for a client that holds these credentials, e.g.
/// `ApiKeyAndTokenClient`.
pub(crate) fn alias_name(schemes: &[&GeneratedScheme]) -> String {
    let names: Vec<&str> = schemes.iter().map(|scheme| scheme.ident.as_str()).collect();
    format!("{}Client", names.join("And"))
}

#[cfg(test)]
mod tests {
    use crate::lower::credentials::Generated;
    use crate::{Document, Settings};

    #[test]
    fn a_declared_scope_has_a_type_if_its_name_is_usable() {
        let document = r##"
openapi: 3.0.3
paths:
  /books:
    get:
      security: [{ token: ["books:read"] }, { other: [] }]
components:
  securitySchemes:
    token:
      type: oauth2
      flows:
        clientCredentials:
          scopes: { "books:read": Read., "books.read": Clashes., "*": Unnamed., offline: Renew. }
    other:
      type: oauth2
      flows: { clientCredentials: { scopes: { "books:read": Read. } } }
"##;
        let document = Document::parse("a.yaml", document).unwrap();
        let generated = Generated::of(&document, &Settings::new("", "a.yaml")).unwrap();
        let scopes = |name: &str| -> Vec<(String, String, String)> {
            let scopes = &generated.scheme(name).unwrap().scopes;
            let all = scopes.iter().cloned();
            all.map(|it| (it.text, it.ident, it.description)).collect()
        };
        let expected = [("books:read", "BooksRead", "Read."), ("offline", "Offline", "Renew.")];
        let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(scopes("token"), expected);
        assert_eq!(scopes("other"), [], "no operation requires one of its scopes");
    }
}
