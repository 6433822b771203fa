//! Defines the constructors of the settings types, which take the required values, and chained
//! methods for the other values.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Bound, Constructor, Conversion, Examples, Hooks, MissingSecurity, Pagination, RequiredScheme,
    Server, Settings, SharedPlaces, Strictness,
};

/// The path to the runtime crate, unless [`Settings::with_runtime`] sets a different one.
const RUNTIME: &str = "::openapi_keys_runtime";

/// The module of the generated files, unless [`Settings::with_module`] sets a different one.
const MODULE: &str = "crate::generated";

impl Settings {
    /// Creates settings with generated credentials and without a server.
    ///
    /// `command` is the command that writes the files, and `source` is the name of the document. The headers of the
    /// files show both, and diagnostics show `source`.
    ///
    /// ```
    /// use openapi_keys::Settings;
    ///
    /// let settings = Settings::new("cargo run -p my-codegen", "openapi.yaml")
    ///     .with_formats([("date-time", "crate::Timestamp")]);
    /// assert_eq!(settings.runtime, "::openapi_keys_runtime");
    /// assert!(settings.credential.is_none() && settings.server.is_none());
    /// ```
    pub fn new(command: &str, source: &str) -> Self {
        Settings {
            command: command.to_owned(),
            source: source.to_owned(),
            credential: None,
            bounds: Vec::new(),
            strictness: Strictness::default(),
            missing_security: MissingSecurity::default(),
            shared_places: SharedPlaces::default(),
            scoped_schemes: BTreeSet::new(),
            check_constraints: false,
            names: BTreeMap::new(),
            authenticator: None,
            constructors: Vec::new(),
            profile: None,
            module: MODULE.to_owned(),
            runtime: RUNTIME.to_owned(),
            client_methods: BTreeSet::new(),
            examples: None,
            formats: BTreeMap::new(),
            conversions: BTreeMap::new(),
            hooks: Hooks::new(),
            pagination: Vec::new(),
            server: None,
        }
    }

    /// Returns the path of the trait, hand-written or generated, that every credential implements.
    pub(crate) fn credential_path(&self) -> String {
        let generated = || format!("{}::credentials::Credential", self.module);
        self.credential.clone().unwrap_or_else(generated)
    }

    /// Sets the module of the generated files. The default is `crate::generated`.
    pub fn with_module(self, path: &str) -> Self {
        Settings { module: path.to_owned(), ..self }
    }

    /// Sets the path to the runtime crate, for a crate that depends on the runtime under a different name.
    pub fn with_runtime(self, runtime: &str) -> Self {
        Settings { runtime: runtime.to_owned(), ..self }
    }

    /// Uses hand-written credentials. `path` names the trait that all of them implement.
    ///
    /// ```
    /// use openapi_keys::{Bound, Settings};
    ///
    /// let settings = Settings::new("cargo run -p my-codegen", "openapi.yaml")
    ///     .with_credential("crate::Credential")
    ///     .with_bounds([Bound::new("Reader", "crate::Reader", "a reader's token", &[&["reader"]])]);
    /// assert_eq!(settings.credential.as_deref(), Some("crate::Credential"));
    /// ```
    pub fn with_credential(self, path: &str) -> Self {
        Settings { credential: Some(path.to_owned()), ..self }
    }

    /// Sets the traits that hand-written credentials implement, one for each security requirement.
    pub fn with_bounds(self, bounds: impl IntoIterator<Item = Bound>) -> Self {
        Settings { bounds: bounds.into_iter().collect(), ..self }
    }

    /// Sets how strictly the document is checked. The default is [`Strictness::Lenient`].
    pub fn with_strictness(self, strictness: Strictness) -> Self {
        Settings { strictness, ..self }
    }

    /// Sets how operations without `security` are treated. The default is
    /// [`MissingSecurity::Inherited`].
    pub fn with_missing_security(self, missing_security: MissingSecurity) -> Self {
        Settings { missing_security, ..self }
    }

    /// Sets how an alternative with two credentials in the same place is treated. The default is
    /// [`SharedPlaces::Refused`].
    pub fn with_shared_places(self, shared_places: SharedPlaces) -> Self {
        Settings { shared_places, ..self }
    }

    /// Sets whether the client checks the document's constraints before it sends a request. By default it doesn't.
    pub fn with_check_constraints(self, check_constraints: bool) -> Self {
        Settings { check_constraints, ..self }
    }

    /// Accepts scopes for these security schemes, although they are neither OAuth 2 nor OpenID Connect,
    /// and generates types for the scopes.
    pub fn with_scoped_schemes<T: Into<String>>(self, names: impl IntoIterator<Item = T>) -> Self {
        Settings { scoped_schemes: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// Sets Rust names for security schemes, scopes and requirements. They replace the names that are made from the
    /// document.
    ///
    /// A scope that has a name here is accepted even if it looks misspelt. A security scheme that has a name here is
    /// accepted even if its HTTP authentication scheme looks misspelt. Use `token: [read]` to name the scope of one
    /// scheme only, e.g. if several schemes have a `read` scope, or if a scheme is called `read`.
    ///
    /// ```
    /// let settings = openapi_keys::Settings::new("cargo run -p my-codegen", "openapi.yaml")
    ///     .with_names([("AuthZ", "Token"), ("read:user", "ReadUser")]);
    /// assert_eq!(settings.names["AuthZ"], "Token");
    /// ```
    pub fn with_names<N: Into<String>, R: Into<String>>(
        self,
        names: impl IntoIterator<Item = (N, R)>,
    ) -> Self {
        Settings { names: paths(names), ..self }
    }

    /// Sets the type that holds a credential and authenticates requests. By default, the credential itself
    /// authenticates requests.
    pub fn with_authenticator(self, path: &str) -> Self {
        Settings { authenticator: Some(path.to_owned()), ..self }
    }

    /// Sets the constructors of a client that has an authenticator.
    pub fn with_constructors(self, constructors: impl IntoIterator<Item = Constructor>) -> Self {
        Settings { constructors: constructors.into_iter().collect(), ..self }
    }

    /// Sets the client's profile.
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

    /// Sets the Rust types of string formats.
    pub fn with_formats<N: Into<String>, P: Into<String>>(
        self,
        formats: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Settings { formats: paths(formats), ..self }
    }

    /// Sets the conversions to hand-written types. With a conversion, callers can pass a string, for example.
    pub fn with_conversions(self, conversions: impl IntoIterator<Item = Conversion>) -> Self {
        let conversions = conversions.into_iter().map(|it| (it.ty.clone(), it)).collect();
        Settings { conversions, ..self }
    }

    /// Sets the hand-written code that generated code calls or uses.
    pub fn with_hooks(self, hooks: Hooks) -> Self {
        Settings { hooks, ..self }
    }

    /// Sets the operations whose responses are pages of a list.
    pub fn with_pagination(self, pagination: impl IntoIterator<Item = Pagination>) -> Self {
        Settings { pagination: pagination.into_iter().collect(), ..self }
    }

    /// Generates a server in addition to the client.
    pub fn with_server(self, server: Server) -> Self {
        Settings { server: Some(server), ..self }
    }
}

impl Hooks {
    /// Creates an empty set of hooks.
    ///
    /// ```
    /// let hooks = openapi_keys::Hooks::new().with_checks([("Book", "crate::checks::book")]);
    /// assert_eq!(hooks.checks["Book"], "crate::checks::book");
    /// ```
    pub fn new() -> Self {
        Hooks::default()
    }

    /// Sets the hand-written types, by the names of their schemas.
    pub fn with_types<N: Into<String>, P: Into<String>>(
        self,
        types: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Hooks { types: paths(types), ..self }
    }

    /// Sets the checks, by the names of the bodies' schemas.
    pub fn with_checks<N: Into<String>, P: Into<String>>(
        self,
        checks: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Hooks { checks: paths(checks), ..self }
    }

    /// Sets the functions that provide values, by the words in the document's `x-filled-by-client`.
    pub fn with_values<N: Into<String>, P: Into<String>>(
        self,
        values: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        Hooks { values: paths(values), ..self }
    }
}

impl Bound {
    /// Creates a bound. `requirement` lists the security schemes of each alternative.
    ///
    /// ```
    /// let bound = openapi_keys::Bound::new(
    ///     "Normal",
    ///     "::mileston_keys::scope::Normal",
    ///     "a Normal key",
    ///     &[&["normalKey", "businessId"]],
    /// );
    /// assert_eq!(bound.requirement.len(), 1);
    /// ```
    pub fn new(name: &str, path: &str, needs: &str, requirement: &[&[&str]]) -> Self {
        let alternative =
            |schemes: &&[&str]| schemes.iter().map(|&text| RequiredScheme::from(text)).collect();
        Bound {
            name: name.to_owned(),
            path: path.to_owned(),
            requirement: requirement.iter().map(alternative).collect(),
            needs: needs.to_owned(),
            client: String::new(),
        }
    }

    /// Sets the client type that generated examples use.
    pub fn with_client(self, client: &str) -> Self {
        Bound { client: client.to_owned(), ..self }
    }
}

impl Examples {
    /// Creates settings for examples that use the `krate` crate. `open_client` is the type of a client without a
    /// credential.
    ///
    /// ```
    /// let examples = openapi_keys::Examples::new("library", "Client<Visitor>").with_imports(["Client", "Visitor"]);
    /// assert_eq!(examples.imports, ["Client", "Visitor"]);
    /// ```
    pub fn new(krate: &str, open_client: &str) -> Self {
        Examples {
            krate: krate.to_owned(),
            imports: Vec::new(),
            open_client: open_client.to_owned(),
        }
    }

    /// Sets the names that examples import from the crate for client types.
    pub fn with_imports<T: Into<String>>(self, imports: impl IntoIterator<Item = T>) -> Self {
        Examples { imports: imports.into_iter().map(Into::into).collect(), ..self }
    }
}

impl Server {
    /// Creates settings for a server that calls the `runtime` module, and takes the types and the
    /// catalogue from the `client` crate.
    ///
    /// ```
    /// let server = openapi_keys::Server::new("crate::runtime", "::library");
    /// assert_eq!(server.client, "::library");
    /// ```
    pub fn new(runtime: &str, client: &str) -> Self {
        Server {
            runtime: runtime.to_owned(),
            client: client.to_owned(),
            json: None,
            identities: true,
        }
    }

    /// Sets the type of JSON bodies in responses. The type must be generic over the type of the schema. With its own
    /// type, a server can, for example, serialise a body while sending it.
    pub fn with_json(self, path: &str) -> Self {
        Server { json: Some(path.to_owned()), ..self }
    }

    /// Gives every operation the runtime's `Identity`, for a server whose `Identity` already shows
    /// which credential was used.
    pub fn without_identities(self) -> Self {
        Server { identities: false, ..self }
    }
}

fn paths<N: Into<String>, P: Into<String>>(
    list: impl IntoIterator<Item = (N, P)>,
) -> BTreeMap<String, String> {
    list.into_iter().map(|(name, path)| (name.into(), path.into())).collect()
}
