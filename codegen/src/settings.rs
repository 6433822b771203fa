//! What the generator is told besides the document: which security requirement is which scope, and where things are.
//!
//! Each type is built by its constructor and chained `with_…` methods, so that a new setting breaks no caller.

use std::collections::{BTreeMap, BTreeSet};

/// The path of the runtime crate, unless [`Settings::with_runtime`] sets another one.
const RUNTIME: &str = "::openapi_keys_runtime";

/// Everything that the generator cannot know from the document.
///
/// Paths are Rust paths as written in source, e.g. `::mileston_keys::scope::Normal`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The command that makes the files; stands in their headers, and in what a failed check tells to type.
    pub command: String,
    /// The name of the document as shown in headers and diagnostics, e.g. `openapi/mileston.yaml`.
    pub source: String,
    /// Scopes by the security requirement that they stand for. A requirement that is not here is refused.
    pub scopes: Vec<Scope>,
    /// The trait that every credential implements: the bound of the client's type parameter.
    pub credential: String,
    /// A type of the client's crate with one type parameter, e.g. `crate::credentials::Held`: it holds a credential and
    /// implements the runtime's `Authenticate`. The client's crate then writes how a client is built. `None`: the
    /// credential implements `Authenticate` itself, and `new`, `builder` and `credential` are generated.
    pub authenticator: Option<String>,
    /// A `static` of the client's crate of the runtime's type `Profile`, e.g. `crate::profile::PROFILE`. `None`: a
    /// profile that names the client's crate and its version.
    pub profile: Option<String>,
    /// The runtime crate that generated client code calls.
    pub runtime: String,
    /// Methods that the client's crate adds to the generated client by hand, also those of its traits: no tag can be
    /// called so, since its accessor would then not compile, or hide the method. What the generator writes itself is known
    /// to it.
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
#[non_exhaustive]
pub struct Hooks {
    /// Hand-written types in place of generated ones, by the name of the schema, e.g. `Batch` -> `crate::Batch`. Each
    /// must serialise as the schema says; the module `types` exports it under the name of the schema.
    pub types: BTreeMap<String, String>,
    /// Functions that look at a body before its request is built, by the name of the body's schema. Each is
    /// `fn(&types::Schema) -> Result<(), Error>` with the runtime's `Error`; on an error nothing is sent.
    pub checks: BTreeMap<String, String>,
    /// Functions that make a value which users don't give, by the word that the document has in
    /// `x-filled-by-client`. Each is `fn<K: Credential>(&Client<K>) -> T` with the generated `Client`.
    pub values: BTreeMap<String, String>,
}

/// A scope: what the document calls a security requirement, as a bound in Rust.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
#[non_exhaustive]
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
#[non_exhaustive]
pub struct Server {
    /// The module that generated server code calls, e.g. `crate::runtime`.
    pub runtime: String,
    /// The crate of the generated client, for its types and its catalogue, e.g. `::mileston_api`.
    pub client: String,
    /// The name of the trait, e.g. `Platform`.
    pub name: String,
}

impl Settings {
    /// Returns settings for a document whose operations are all open to anyone, with no server half.
    ///
    /// `command` makes the files, `source` is the name of the document, `credential` is the trait that every credential
    /// implements.
    ///
    /// ```
    /// use codegen::{Scope, Settings};
    ///
    /// let settings = Settings::new("cargo run -p my-codegen", "openapi.yaml", "crate::Credential")
    ///     .with_scopes([Scope::new("Reader", "crate::Reader", "a reader's token", &[&["reader"]])])
    ///     .with_formats([("date-time", "crate::Timestamp")]);
    /// assert_eq!(settings.runtime, "::openapi_keys_runtime");
    /// assert!(settings.server.is_none());
    /// ```
    pub fn new(command: &str, source: &str, credential: &str) -> Self {
        Settings {
            command: command.to_owned(),
            source: source.to_owned(),
            scopes: Vec::new(),
            credential: credential.to_owned(),
            authenticator: None,
            profile: None,
            runtime: RUNTIME.to_owned(),
            client_methods: BTreeSet::new(),
            examples: None,
            formats: BTreeMap::new(),
            hooks: Hooks::new(),
            server: None,
        }
    }

    /// Sets the path of the runtime crate, for a client's crate that depends on it by another name.
    pub fn with_runtime(self, runtime: &str) -> Self {
        Settings { runtime: runtime.to_owned(), ..self }
    }

    /// Sets the scopes.
    pub fn with_scopes(self, scopes: impl IntoIterator<Item = Scope>) -> Self {
        Settings { scopes: scopes.into_iter().collect(), ..self }
    }

    /// Sets the type that holds a credential and authenticates with it, in place of the credential itself.
    pub fn with_authenticator(self, path: &str) -> Self {
        Settings { authenticator: Some(path.to_owned()), ..self }
    }

    /// Sets the profile of the client.
    pub fn with_profile(self, path: &str) -> Self {
        Settings { profile: Some(path.to_owned()), ..self }
    }

    /// Sets the names of the client's hand-written methods.
    pub fn with_client_methods<T: Into<String>>(self, names: impl IntoIterator<Item = T>) -> Self {
        Settings { client_methods: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Adds compiled examples to the generated documentation.
    pub fn with_examples(self, examples: Examples) -> Self {
        Settings { examples: Some(examples), ..self }
    }

    /// Sets the types of formats.
    pub fn with_formats<N: Into<String>, P: Into<String>>(
        self,
        formats: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Settings { formats: paths(formats), ..self }
    }

    /// Sets where hand-written code takes part.
    pub fn with_hooks(self, hooks: Hooks) -> Self {
        Settings { hooks, ..self }
    }

    /// Generates the server half, too.
    pub fn with_server(self, server: Server) -> Self {
        Settings { server: Some(server), ..self }
    }
}

impl Hooks {
    /// Returns no hooks.
    ///
    /// ```
    /// let hooks = codegen::Hooks::new().with_checks([("Book", "crate::checks::book")]);
    /// assert_eq!(hooks.checks["Book"], "crate::checks::book");
    /// ```
    pub fn new() -> Self {
        Hooks::default()
    }

    /// Sets the hand-written types by the names of their schemas.
    pub fn with_types<N: Into<String>, P: Into<String>>(
        self,
        types: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Hooks { types: paths(types), ..self }
    }

    /// Sets the checks by the names of the bodies' schemas.
    pub fn with_checks<N: Into<String>, P: Into<String>>(
        self,
        checks: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Hooks { checks: paths(checks), ..self }
    }

    /// Sets the functions that make values by the words of the document.
    pub fn with_values<N: Into<String>, P: Into<String>>(
        self,
        values: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Hooks { values: paths(values), ..self }
    }
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

impl Examples {
    /// Returns examples for the crate `krate`, with `open_client` as the type of a client without a credential.
    ///
    /// ```
    /// let examples = codegen::Examples::new("library", "Client<Visitor>").with_imports(["Client", "Visitor"]);
    /// assert_eq!(examples.imports, ["Client", "Visitor"]);
    /// ```
    pub fn new(krate: &str, open_client: &str) -> Self {
        Examples {
            krate: krate.to_owned(),
            imports: Vec::new(),
            open_client: open_client.to_owned(),
        }
    }

    /// Sets the names of the crate that the types of clients use.
    pub fn with_imports<T: Into<String>>(self, imports: impl IntoIterator<Item = T>) -> Self {
        Examples { imports: imports.into_iter().map(Into::into).collect(), ..self }
    }
}

impl Server {
    /// Returns a server half that calls the module `runtime`, takes types and catalogue from the crate `client`, and is
    /// a trait called `name`.
    ///
    /// ```
    /// let server = codegen::Server::new("crate::runtime", "::library", "Library");
    /// assert_eq!(server.client, "::library");
    /// ```
    pub fn new(runtime: &str, client: &str, name: &str) -> Self {
        Server { runtime: runtime.to_owned(), client: client.to_owned(), name: name.to_owned() }
    }
}

fn paths<N: Into<String>, P: Into<String>>(
    list: impl IntoIterator<Item = (N, P)>,
) -> BTreeMap<String, String> {
    list.into_iter().map(|(name, path)| (name.into(), path.into())).collect()
}
