//! What is known of an operation before it is called: a row of the catalogue.
//!
//! The rows are built by `const fn` constructors and chained setters, so that a new fact about an operation is a new
//! setter and breaks no generated file.

use http::Method;

/// An operation of an OpenAPI document: who may call it, and how it looks on the wire.
///
/// Generated code has a row for each (`catalogue::OPERATIONS`); documentation, tests, servers and the transport read them.
///
/// ```
/// use openapi_keys_runtime::{Method, Operation, RequiredScheme, SecurityRequirement};
///
/// static LIST: Operation = Operation::new("listBooks", Method::GET, "/books")
///     .servers(&["https://library.example"])
///     .security(&[SecurityRequirement::new(&[RequiredScheme::new("reader")])]);
/// assert!(LIST.is_idempotent());
/// assert_eq!(LIST.security[0].to_string(), "reader");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`, e.g. `createBook`.
    pub id: &'static str,
    /// The tag that groups it, e.g. `books`.
    pub tag: &'static str,
    /// The method of the client that leads to the group, e.g. `books`.
    pub accessor: &'static str,
    /// The method of the group, e.g. `create`.
    pub function: &'static str,
    /// The method of HTTP.
    pub method: Method,
    /// The path as in the document, with `{names}` for its parameters.
    pub path: &'static str,
    /// Where the operation is served in production: URLs without a slash at the end.
    pub servers: &'static [&'static str],
    /// The alternatives of `security`. Empty: open to anyone.
    pub security: &'static [SecurityRequirement],
    /// The trait that `security` was lowered to, e.g. `Staff`. `None`: open to anyone.
    pub scope: Option<&'static str>,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// The arguments of [`function`](Operation::function), in their order: what is required.
    pub arguments: &'static [&'static str],
    /// Path, query and header parameters, in the order of the document.
    pub parameters: &'static [Parameter],
    /// The type of the JSON body, if it takes one.
    pub body: Option<&'static str>,
    /// The type of a successful response, if it has a body.
    pub answer: Option<&'static str>,
    /// One line on what it does.
    pub summary: &'static str,
    /// Where it is known from.
    pub evidence: &'static str,
    /// Whether it is in no document, so that only its caller knows what its response holds.
    pub undescribed: bool,
}

/// Setters are `const` and take `self`, for rows are statics.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $type:ty => $value:expr;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $field(mut self, $field: $type) -> Self {
            self.$field = $value;
            self
        }
    )*};
}

impl Operation {
    /// An operation that is open to anyone and takes and returns nothing, until a setter says more.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Operation {
            id,
            tag: "",
            accessor: "",
            function: "",
            method,
            path,
            servers: &[],
            security: &[],
            scope: None,
            deprecated: false,
            arguments: &[],
            parameters: &[],
            body: None,
            answer: None,
            summary: "",
            evidence: "",
            undescribed: false,
        }
    }

    setters! {
        /// Sets the tag.
        tag: &'static str => tag;
        /// Sets the method of the client that leads to the group.
        accessor: &'static str => accessor;
        /// Sets the method of the group.
        function: &'static str => function;
        /// Sets the servers: URLs without a slash at the end.
        servers: &'static [&'static str] => servers;
        /// Sets the alternatives of `security`.
        security: &'static [SecurityRequirement] => security;
        /// Sets the trait that `security` was lowered to.
        scope: &'static str => Some(scope);
        /// Sets the names of the required arguments.
        arguments: &'static [&'static str] => arguments;
        /// Sets the parameters outside the body.
        parameters: &'static [Parameter] => parameters;
        /// Sets the type of the body.
        body: &'static str => Some(body);
        /// Sets the type of a successful response.
        answer: &'static str => Some(answer);
        /// Sets the line on what it does.
        summary: &'static str => summary;
        /// Sets where it is known from.
        evidence: &'static str => evidence;
    }

    /// Marks it as deprecated.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// Marks it as one that no document has.
    #[must_use]
    pub const fn undescribed(mut self) -> Self {
        self.undescribed = true;
        self
    }

    /// Whether sending it twice does what sending it once does (RFC 9110, section 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.method.is_idempotent()
    }
}

/// One alternative of an operation's `security`: schemes that are needed together.
///
/// OpenAPI calls it a security requirement object. `Display` writes `appKey and apiKey`.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityRequirement {
    /// The schemes, each with the scopes that are needed. Empty: nothing is needed.
    pub schemes: &'static [RequiredScheme],
}

impl SecurityRequirement {
    /// These schemes together.
    #[must_use]
    pub const fn new(schemes: &'static [RequiredScheme]) -> Self {
        SecurityRequirement { schemes }
    }

    /// Returns the names of the schemes.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.schemes.iter().map(|scheme| scheme.name)
    }

    /// Whether it asks for this scheme.
    #[must_use]
    pub fn asks_for(&self, scheme: &str) -> bool {
        self.names().any(|name| name == scheme)
    }
}

impl std::fmt::Display for SecurityRequirement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut separator = "";
        for name in self.names() {
            write!(f, "{separator}{name}")?;
            separator = " and ";
        }
        Ok(())
    }
}

/// A security scheme that a requirement asks for.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequiredScheme {
    /// Its name in the document, e.g. `apiKey`.
    pub name: &'static str,
    /// The scopes that are needed, for OAuth 2 and OpenID Connect.
    pub scopes: &'static [&'static str],
}

impl RequiredScheme {
    /// A scheme without scopes.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        RequiredScheme { name, scopes: &[] }
    }

    setters! {
        /// Sets the scopes that are needed.
        scopes: &'static [&'static str] => scopes;
    }
}

/// A parameter of an operation, outside the body.
#[derive(Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub location: Location,
    /// Whether the call must have it.
    pub required: bool,
    /// The values that the document knows, if it is an enum. The server may know more.
    pub values: &'static [&'static str],
}

impl Parameter {
    /// A parameter that may be left out and takes any value.
    #[must_use]
    pub const fn new(name: &'static str, location: Location) -> Self {
        Parameter { name, location, required: false, values: &[] }
    }

    setters! {
        /// Sets the values that the document knows.
        values: &'static [&'static str] => values;
    }

    /// Marks it as required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// Where a parameter or a credential goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// A security scheme of the document: a kind of credential, and where it goes.
///
/// ```
/// use openapi_keys_runtime::{Location, SecurityScheme};
///
/// static KEY: SecurityScheme = SecurityScheme::api_key("readerKey", Location::Header, "x-reader");
/// assert_eq!(KEY.header(), Some("x-reader"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// Its name in the document, e.g. `apiKey`.
    pub name: &'static str,
    /// What it is.
    pub kind: SchemeKind,
}

/// What a security scheme is: the `type` of OpenAPI.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    // Not `ApiKey`: rustc writes the whole path of a name that occurs twice, so its messages about a trait `ApiKey` of a
    // client's crate would be harder to read.
    /// `apiKey`: a text in a header, the query or a cookie.
    #[non_exhaustive]
    Key {
        /// Where it goes.
        location: Location,
        /// The name of the header (in lower case), parameter or cookie.
        name: &'static str,
    },
    /// `http`: the header `Authorization` with this scheme, e.g. `basic` or `bearer`.
    #[non_exhaustive]
    Http {
        /// The scheme, in lower case.
        scheme: &'static str,
    },
    /// `oauth2`: a token in the header `Authorization`.
    OAuth2,
    /// `openIdConnect`: a token in the header `Authorization`.
    OpenIdConnect,
    /// `mutualTLS`: a certificate of the client.
    MutualTls,
}

impl SecurityScheme {
    /// An `apiKey`. The name of a header is in lower case.
    #[must_use]
    pub const fn api_key(name: &'static str, location: Location, wire_name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::Key { location, name: wire_name } }
    }

    /// An `http` scheme such as `bearer`, in lower case.
    #[must_use]
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::Http { scheme } }
    }

    /// An `oauth2` scheme.
    #[must_use]
    pub const fn oauth2(name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::OAuth2 }
    }

    /// An `openIdConnect` scheme.
    #[must_use]
    pub const fn open_id_connect(name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::OpenIdConnect }
    }

    /// A `mutualTLS` scheme.
    #[must_use]
    pub const fn mutual_tls(name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::MutualTls }
    }

    /// Returns the header that carries it, in lower case, if one does.
    #[must_use]
    pub const fn header(&self) -> Option<&'static str> {
        match self.kind {
            SchemeKind::Key { location: Location::Header, name } => Some(name),
            SchemeKind::Key { location: Location::Cookie, .. } => Some("cookie"),
            SchemeKind::Key { .. } | SchemeKind::MutualTls => None,
            SchemeKind::Http { .. } | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
                Some("authorization")
            }
        }
    }
}
