//! Defines security requirements in the settings, and how a missing `security` is treated.

use std::collections::BTreeSet;

/// The alternatives of `security`. Each is a set of schemes that are required together (OR of
/// ANDs).
pub type Requirement = BTreeSet<BTreeSet<RequiredScheme>>;

/// A security scheme in a requirement, with the required scopes.
///
/// ```
/// use openapi_keys::RequiredScheme;
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
    /// The required scopes, or an empty set for a scheme without scopes.
    pub scopes: BTreeSet<String>,
}

impl RequiredScheme {
    /// Creates a required scheme with these scopes.
    pub fn new<T: Into<String>>(name: &str, scopes: impl IntoIterator<Item = T>) -> Self {
        let scopes = scopes.into_iter().map(Into::into).collect();
        RequiredScheme { name: name.to_owned(), scopes }
    }
}

/// Reads a scheme in the form that is used in `security`: its name, or `name: [scope, scope]`.
/// Double quotes are required around a scope that contains a comma. A string that isn't in the
/// second form is treated as a name.
impl From<&str> for RequiredScheme {
    fn from(text: &str) -> Self {
        read(text).unwrap_or_else(|| RequiredScheme::new(text, [] as [&str; 0]))
    }
}

/// Writes the scheme in the form that is used in `security`, with quotes if YAML requires them.
impl std::fmt::Display for RequiredScheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scopes: Vec<String> = self.scopes.iter().map(|scope| written(scope)).collect();
        write!(f, "{}: [{}]", written(&self.name), scopes.join(", "))
    }
}

fn read(text: &str) -> Option<RequiredScheme> {
    let (name, list) = match quoted(text) {
        Some((name, rest)) => (name, rest.strip_prefix(": [")?),
        None => text.split_once(": [").map(|(name, list)| (name.to_owned(), list))?,
    };
    let mut rest = list.strip_suffix(']')?.trim_start();
    let mut scopes = BTreeSet::new();
    while !rest.is_empty() {
        let (scope, after) = quoted(rest).unwrap_or_else(|| {
            let (scope, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
            (scope.trim_end().to_owned(), after)
        });
        scopes.insert(scope);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return None,
        };
    }
    scopes.remove("");
    Some(RequiredScheme { name, scopes })
}

/// Reads the string in double quotes at the start. Returns the string, and the text after its
/// closing quote.
fn quoted(text: &str) -> Option<(String, &str)> {
    if !text.starts_with('"') {
        return None;
    }
    let mut texts = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let first = texts.next()?.ok()?;
    Some((first, &text[texts.byte_offset()..]))
}

/// Returns a string as YAML that is also valid inside a list such as `[a, b]`.
fn written(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|each| each.is_alphanumeric() || "_-./:*+@~".contains(each))
        && !text.ends_with(':')
        && !["null", "true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

/// How an alternative with two credentials in the same place is treated, e.g. both in the
/// `Authorization` header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SharedPlaces {
    /// The alternative is rejected as an error, because one credential would overwrite the other.
    /// Under [`Strictness::Lenient`](crate::Strictness::Lenient), this is the same as
    /// `Alternatives`, and the report contains a decision for each such operation.
    #[default]
    Refused,
    /// The credentials are alternatives, so any one of them is enough. Some documents require
    /// several credentials together, although they only make sense as alternatives.
    Alternatives,
}

/// How an operation without `security` is treated.
///
/// Under [`Strictness::Lenient`](crate::Strictness::Lenient), an error doesn't prevent generation:
/// the operation is left out of the client, and the report contains the reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissingSecurity {
    /// The operation inherits the document's top-level `security`. This is the rule that OpenAPI
    /// defines. If the top level has no `security` either, an error is reported, so that no
    /// operation is open to anyone by accident.
    #[default]
    Inherited,
    /// A missing `security` is always an error, so each new operation requires a decision about who
    /// may call it.
    Refused,
    /// The operation inherits the `security` at the top level. If the top level has none, the
    /// operation is open to anyone.
    Open,
    /// The treatment depends on the document's other operations.
    ///
    /// If any other operation requires credentials, this is like [`Open`](MissingSecurity::Open):
    /// the authors use `security`, so an operation without it is meant for anyone. But an operation
    /// is left out of the client if its `security` has no value, or is misspelt or misplaced.
    ///
    /// If no operation requires credentials, this is like
    /// [`Inherited`](MissingSecurity::Inherited), because the authors may not have described
    /// `security` at all.
    ///
    /// The `openapi-keys` command uses this by default. With
    /// [`Strictness::Strict`](crate::Strictness::Strict), this is the same as `Inherited`.
    Declared,
}

#[cfg(test)]
mod tests {
    use super::RequiredScheme;
    use crate::Document;

    #[test]
    fn written_schemes_can_be_read_back() {
        for (name, scopes) in [
            ("reader", &[][..]),
            ("token", &["books.read", "books:write"]),
            ("AuthZ", &["https://library.example/auth/books", "repo"]),
            ("a: [b]", &["a, b", "c]", "\"", "\\", " ", "#"]),
            ("\"", &["1", "true", "null", "-", "*", "a:", "ß", "\u{7}"]),
            ("", &["x"]),
        ] {
            let scheme = RequiredScheme::new(name, scopes.iter().copied());
            let text = scheme.to_string();
            assert_eq!(RequiredScheme::from(text.as_str()), scheme, "{text}");
            let document = Document::parse("a.yaml", &format!("security: [{{ {text} }}]")).unwrap();
            let security = document.get(&["security"]).unwrap();
            let read = crate::lower::security::alternatives(security);
            assert_eq!(read, [[scheme].into()], "{text}");
        }
    }

    #[test]
    fn other_strings_are_names() {
        for text in ["", "a", "a: [", "a: b]", "a:[b]", "a: [\"b\" c]", "\"a\"b: [c]", "größe"] {
            let scheme = RequiredScheme::from(text);
            assert_eq!((scheme.name.as_str(), scheme.scopes.len()), (text, 0));
        }
        assert_eq!(RequiredScheme::from("a: [ b ,c, ]").to_string(), "a: [b, c]");
    }
}
