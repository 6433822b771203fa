//! Security requirements in the settings, and what a missing one means.

use std::collections::BTreeSet;

/// The alternatives of a `security`, each a set of schemes that are required together: OR of ANDs.
pub type Requirement = BTreeSet<BTreeSet<RequiredScheme>>;

/// A security scheme that a requirement names, and the scopes that it requires of it.
///
/// ```
/// use codegen::RequiredScheme;
///
/// let token = RequiredScheme::from("token: [books.read, books.write]");
/// assert_eq!((token.name.as_str(), token.scopes.len()), ("token", 2));
/// assert_eq!(token.to_string(), "token: [books.read, books.write]");
/// assert_eq!(RequiredScheme::from("reader").to_string(), "reader: []");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct RequiredScheme {
    /// The name of the scheme in the document.
    pub name: String,
    /// The required scopes. Empty for schemes without scopes.
    pub scopes: BTreeSet<String>,
}

impl RequiredScheme {
    /// Returns a required scheme with these scopes.
    pub fn new<T: Into<String>>(name: &str, scopes: impl IntoIterator<Item = T>) -> Self {
        let scopes = scopes.into_iter().map(Into::into).collect();
        RequiredScheme { name: name.to_owned(), scopes }
    }
}

/// Reads a scheme as it is written in `security`: its name, or `name: [scope, scope]`. Any other text is a name.
impl From<&str> for RequiredScheme {
    fn from(text: &str) -> Self {
        let listed = text.split_once(": [").and_then(|(name, list)| {
            let scopes = list.strip_suffix(']')?.split(',').map(str::trim);
            Some(RequiredScheme::new(name, scopes.filter(|scope| !scope.is_empty())))
        });
        listed.unwrap_or_else(|| RequiredScheme::new(text, [] as [&str; 0]))
    }
}

/// Writes it as in `security`.
impl std::fmt::Display for RequiredScheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scopes = self.scopes.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        write!(f, "{}: [{scopes}]", self.name)
    }
}

/// What an operation without `security` means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingSecurity {
    /// The `security` at the top level of the document applies, as OpenAPI has it. If there is none either, it is a mistake: the
    /// operation would be open to anyone by accident.
    #[default]
    Inherited,
    /// It is always a mistake, so that adding an operation is a decision about who may call it.
    Refused,
    /// As `Inherited`, but without a `security` at the top level the operation is open to anyone.
    Open,
}
