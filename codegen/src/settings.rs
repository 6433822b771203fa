//! What the generator is told besides the document: which security requirement is which scope, and where things are.

use std::collections::{BTreeMap, BTreeSet};

/// Everything that the generator cannot know from the document.
///
/// Paths are Rust paths as written in source, e.g. `::mileston_keys::scope::Normal`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The command that makes the files; stands in their headers, and in what a failed check tells to type.
    pub command: String,
    /// The name of the document as shown in headers and diagnostics, e.g. `openapi/mileston.yaml`.
    pub source: String,
    /// Scopes by the security requirement that they stand for. A requirement that is not here is refused.
    pub scopes: Vec<Scope>,
    /// The trait that every credential implements: the bound of the client's type parameter.
    pub credential: String,
    /// The module that generated client code calls, e.g. `crate::runtime`.
    pub runtime: String,
    /// Methods that the hand-written client has, also those of its traits, e.g. `clone`: no tag can be called so, since
    /// `client.clone()` would then lead to the operations of the tag, or not compile.
    pub client_methods: BTreeSet<String>,
    /// For compiled examples in the generated documentation. `None`: no examples.
    pub examples: Option<Examples>,
    /// Types to use in place of a JSON string of a format, e.g. `date-time` -> `crate::Timestamp`.
    pub formats: BTreeMap<String, String>,
    /// Where hand-written code of the client's crate takes part.
    pub hooks: Hooks,
    /// For the server half. `None`: only the client is generated.
    pub server: Option<Server>,
}

/// Where hand-written code takes part in what is generated for the client. By default, nowhere.
///
/// A name that the document does not have is a mistake and reported: what it was to guard would be unguarded.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// Hand-written types in place of generated ones, by the name of the schema, e.g. `Batch` -> `crate::Batch`. Each
    /// must serialise as the schema says; the module `types` exports it under the name of the schema.
    pub types: BTreeMap<String, String>,
    /// Functions that look at a body before its request is built, by the name of the body's schema. Each is
    /// `fn(&types::Schema) -> Result<(), runtime::Error>`; on an error nothing is sent.
    pub checks: BTreeMap<String, String>,
    /// Functions that make a value which users don't give, by the word that the document has in
    /// `x-filled-by-client`. Each is `fn<K: Credential>(&runtime::Client<K>) -> T`.
    pub values: BTreeMap<String, String>,
}

/// A scope: what the document calls a security requirement, as a bound in Rust.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Its name in the catalogue and in documentation, e.g. `Normal`.
    pub name: String,
    /// The trait, e.g. `::mileston_keys::scope::Normal`.
    pub path: String,
    /// The alternatives of the requirement, each a set of security schemes: OR of ANDs, order without meaning.
    pub requirement: BTreeSet<BTreeSet<String>>,
    /// What the caller needs, for documentation: "a Normal key".
    pub needs: String,
    /// The type of a client that has the scope, as an example names it, e.g. `NormalClient<Test>`.
    pub client: String,
}

/// What compiled examples in the generated documentation need to know.
#[derive(Clone, Debug)]
pub struct Examples {
    /// The client's crate as users name it, e.g. `mileston_api`. It has `types`, `operations` and `Error`.
    pub krate: String,
    /// Names of the crate that the types of clients use, e.g. `NormalClient` and `Test`.
    pub imports: Vec<String>,
    /// The type of a client without a credential, e.g. `OpenClient`.
    pub open_client: String,
}

/// Where the generated server finds what it needs.
#[derive(Clone, Debug)]
pub struct Server {
    /// The module that generated server code calls, e.g. `crate::runtime`.
    pub runtime: String,
    /// The crate of the generated client, for its types and its catalogue, e.g. `::mileston_api`.
    pub client: String,
    /// The name of the trait, e.g. `Platform`.
    pub name: String,
}

impl Scope {
    /// A scope from plain names.
    ///
    /// ```
    /// let scope = codegen::Scope::new(
    ///     "Normal",
    ///     "::mileston_keys::scope::Normal",
    ///     "a Normal key",
    ///     &[&["normalKey", "businessId"]],
    /// );
    /// assert_eq!(scope.requirement.len(), 1);
    /// ```
    pub fn new(name: &str, path: &str, needs: &str, requirement: &[&[&str]]) -> Self {
        let alternative = |schemes: &&[&str]| schemes.iter().map(|&name| name.to_owned()).collect();
        Scope {
            name: name.to_owned(),
            path: path.to_owned(),
            requirement: requirement.iter().map(alternative).collect(),
            needs: needs.to_owned(),
            client: String::new(),
        }
    }

    /// The same scope with a client for examples.
    pub fn with_client(self, client: &str) -> Self {
        Scope { client: client.to_owned(), ..self }
    }
}
