//! Defines the constructors of a client that has an authenticator. Each comes with a function that returns a builder.

/// Two functions of the client that take the same arguments. One builds a client with the default settings, and the
/// other returns a builder, which can change the settings.
///
/// ```
/// use openapi_keys::{Constructor, Credentials, Settings};
///
/// let new = Constructor::new("new", "builder", "crate::credentials::held")
///     .with_bound("crate::ApiKey")
///     .with_arguments([("key", "K"), ("account", "crate::AccountId")]);
/// assert_eq!(new.credentials, Credentials::Bound("crate::ApiKey".to_owned()));
/// let settings = Settings::new("cargo run -p my-codegen", "openapi.yaml").with_credential("crate::Credential")
///     .with_authenticator("crate::credentials::Held")
///     .with_constructors([new]);
/// assert_eq!(settings.constructors[0].arguments[0].0, "key");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Constructor {
    /// The name of the function that builds a client, e.g. `new`.
    pub name: String,
    /// The name of the function that returns a builder, e.g. `builder`.
    pub builder: String,
    /// The clients that get the two functions.
    pub credentials: Credentials,
    /// The names and types of the arguments, in order. A type is written with absolute paths, e.g.
    /// `::std::string::String`. The type may be `K`, contain `K`, or be `impl Trait`.
    pub arguments: Vec<(String, String)>,
    /// A function in the client's crate that takes the arguments and returns the authenticator, e.g.
    /// `crate::credentials::held`: `fn held<K: crate::ApiKey>(key: K, account: AccountId) -> Held<K>`.
    pub authenticator: String,
    /// Whether `authenticator` returns `Result<Held<K>, Error>` with the runtime's `Error`, e.g. because an argument may
    /// be invalid. If `authenticator` fails, both functions return its error.
    pub fallible: bool,
    /// The documentation of the function that builds a client, in Markdown. Its examples are
    /// compiled. If this string is empty, a default sentence is used.
    pub documentation: String,
    /// The documentation of the function that returns a builder, in the same form.
    pub builder_documentation: String,
}

/// The `Client<K>` types that get the functions of a [`Constructor`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credentials {
    /// Clients with any credential.
    #[default]
    Any,
    /// Clients whose credential implements this trait, which must be a subtrait of the trait in `Settings::credential`.
    Bound(String),
    /// The client with this type of credential, e.g. `crate::NoKey`.
    Type(String),
}

impl Constructor {
    /// Creates a pair of functions without arguments, for every credential. `name` builds a client, `builder` returns a
    /// builder, and the `authenticator` function creates the authenticator.
    pub fn new(name: &str, builder: &str, authenticator: &str) -> Self {
        Constructor {
            name: name.to_owned(),
            builder: builder.to_owned(),
            credentials: Credentials::Any,
            arguments: Vec::new(),
            authenticator: authenticator.to_owned(),
            fallible: false,
            documentation: String::new(),
            builder_documentation: String::new(),
        }
    }

    /// Restricts the constructor to credentials that implement this trait.
    pub fn with_bound(self, path: &str) -> Self {
        Constructor { credentials: Credentials::Bound(path.to_owned()), ..self }
    }

    /// Restricts the constructor to this type of credential.
    pub fn with_credential(self, ty: &str) -> Self {
        Constructor { credentials: Credentials::Type(ty.to_owned()), ..self }
    }

    /// Sets the arguments: their names and types.
    pub fn with_arguments<N: Into<String>, T: Into<String>>(
        self,
        arguments: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let arguments = arguments.into_iter().map(|(name, ty)| (name.into(), ty.into()));
        Constructor { arguments: arguments.collect(), ..self }
    }

    /// Declares that the `authenticator` function may fail. The function must then return `Result<Held<K>, Error>`,
    /// and `builder` returns `Result<ClientBuilder<K>, Error>`.
    ///
    /// ```
    /// use openapi_keys::Constructor;
    ///
    /// // pub(crate) fn held<K: ApiKey>(key: K, account: impl IntoAccountId) -> Result<Held<K>, Error>
    /// let new = Constructor::new("new", "builder", "crate::credentials::held")
    ///     .with_bound("crate::ApiKey")
    ///     .with_arguments([("key", "K"), ("account", "impl crate::IntoAccountId")])
    ///     .fallible();
    /// assert!(new.fallible);
    /// ```
    pub fn fallible(self) -> Self {
        Constructor { fallible: true, ..self }
    }

    /// Sets the documentation of the function that builds a client, and of the function that returns a builder.
    pub fn with_documentation(self, client: &str, builder: &str) -> Self {
        Constructor {
            documentation: client.to_owned(),
            builder_documentation: builder.to_owned(),
            ..self
        }
    }
}
