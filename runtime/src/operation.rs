//! Describes operations. Generated code lists them in a catalogue, with one row for each operation.
//!
//! Rows are built with `const fn` constructors and chained setters, so a new property of an operation only needs a
//! new setter and doesn't break generated files.

use http::Method;

/// An operation of an OpenAPI document: who may call it, and what its requests and responses look like.
///
/// Generated code contains a row for each operation (`catalogue::OPERATIONS`). Documentation, tests, servers and the
/// transport read these rows.
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
    /// The tag of the operation's group, e.g. `books`.
    pub tag: &'static str,
    /// The client method that returns the group, e.g. `books`.
    pub accessor: &'static str,
    /// The method of the group, e.g. `create`.
    pub function: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path as in the document, with `{names}` in place of the parameters.
    pub path: &'static str,
    /// The production URLs that serve the operation, without a trailing slash.
    pub servers: &'static [&'static str],
    /// The alternatives in `security`. The list is empty if anyone may call the operation.
    pub security: &'static [SecurityRequirement],
    /// The trait that was generated from `security`, e.g. `Staff`, or `None` if anyone may call the operation.
    pub bound: Option<&'static str>,
    /// Whether the document marks the operation as deprecated.
    pub deprecated: bool,
    /// The group's method that takes an existing body, e.g. `create_from`, or `None` if
    /// [`function`](Operation::function) doesn't take the body's values one by one.
    pub from_function: Option<&'static str>,
    /// The required arguments, in order, with the body last. These are the arguments of
    /// [`from_function`](Operation::from_function). If `from_function` is `None`, these are the arguments of
    /// [`function`](Operation::function).
    pub arguments: &'static [&'static str],
    /// An example value for the argument that selects the server, as a path in the generated module, e.g.
    /// `operations::Service::Payment`. It is `None` if the caller can't select the server.
    pub server: Option<&'static str>,
    /// Path, query, header and cookie parameters, in document order.
    pub parameters: &'static [Parameter],
    /// The type of the body, excluding a form's files, or `None` if there is no body.
    pub body: Option<&'static str>,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The type of a success response, or `None` if it has no body.
    pub answer: Option<&'static str>,
    /// The media types that a success response may have, as in the `Accept` header.
    pub accept: &'static str,
    /// A one-line summary. It is empty in WebAssembly.
    pub summary: &'static str,
    /// The sources of the information about the operation. The list is empty in WebAssembly.
    pub evidence: &'static [&'static str],
    /// Whether a success response may have no body even if [`answer`](Operation::answer) names a type.
    pub may_be_empty: bool,
    /// Whether 304 Not Modified counts as a success response without a body.
    pub not_modified: bool,
    /// Whether no OpenAPI document contains the operation. If so, only the caller knows the form of the response.
    pub undescribed: bool,
}

/// Defines setters. They are `const` and take `self` because generated operations are statics.
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
    /// Creates an operation that anyone may call, without parameters, body or response type. Use the setters to add the
    /// rest.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Operation {
            id,
            tag: "",
            accessor: "",
            function: "",
            from_function: None,
            method,
            path,
            servers: &[],
            security: &[],
            bound: None,
            deprecated: false,
            arguments: &[],
            server: None,
            parameters: &[],
            body: None,
            content_type: "application/json",
            answer: None,
            accept: "application/json",
            summary: "",
            evidence: &[],
            may_be_empty: false,
            not_modified: false,
            undescribed: false,
        }
    }

    setters! {
        /// Sets the tag.
        tag: &'static str => tag;
        /// Sets the client method that returns the group.
        accessor: &'static str => accessor;
        /// Sets the method of the group.
        function: &'static str => function;
        /// Sets the group's method that takes an existing body.
        from_function: &'static str => Some(from_function);
        /// Sets the servers: URLs without a trailing slash.
        servers: &'static [&'static str] => servers;
        /// Sets the alternatives in `security`.
        security: &'static [SecurityRequirement] => security;
        /// Sets the trait that was generated from `security`.
        bound: &'static str => Some(bound);
        /// Sets the names of the required arguments.
        arguments: &'static [&'static str] => arguments;
        /// Sets an example value for the argument that selects the server.
        server: &'static str => Some(server);
        /// Sets the parameters outside the body.
        parameters: &'static [Parameter] => parameters;
        /// Sets the type of the body.
        body: &'static str => Some(body);
        /// Sets the media type of the body.
        content_type: &'static str => content_type;
        /// Sets the type of a success response.
        answer: &'static str => Some(answer);
        /// Sets the media types that a success response may have.
        accept: &'static str => accept;
    }

    /// Sets the one-line summary. In WebAssembly it stays empty, because every visitor to a page would download it.
    #[must_use]
    pub const fn summary(mut self, summary: &'static str) -> Self {
        if !cfg!(target_family = "wasm") {
            self.summary = summary;
        }
        self
    }

    /// Sets the sources of the information about the operation. In WebAssembly, the list stays empty, because every
    /// visitor to a page would download it.
    #[must_use]
    pub const fn evidence(mut self, evidence: &'static [&'static str]) -> Self {
        if !cfg!(target_family = "wasm") {
            self.evidence = evidence;
        }
        self
    }

    /// Marks the operation as deprecated.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// Declares that a success response may have no body.
    #[must_use]
    pub const fn may_be_empty(mut self) -> Self {
        self.may_be_empty = true;
        self
    }

    /// Declares that 304 Not Modified counts as a success response without a body.
    #[must_use]
    pub const fn not_modified(mut self) -> Self {
        self.not_modified = true;
        self
    }

    /// Declares that no OpenAPI document contains the operation.
    #[must_use]
    pub const fn undescribed(mut self) -> Self {
        self.undescribed = true;
        self
    }

    /// Returns whether sending the request twice has the same effect as sending it once (RFC 9110, section 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.method.is_idempotent()
    }
}

/// One alternative in an operation's `security`: schemes that are required together.
///
/// OpenAPI calls this a security requirement object. The output of `Display` looks like
/// `apiKey and userToken [read, write]`.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityRequirement {
    /// The schemes, each with its required scopes, or an empty list if no credential is required.
    pub schemes: &'static [RequiredScheme],
}

impl SecurityRequirement {
    /// Creates a requirement for all of these schemes together.
    #[must_use]
    pub const fn new(schemes: &'static [RequiredScheme]) -> Self {
        SecurityRequirement { schemes }
    }

    /// Returns the names of the schemes.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.schemes.iter().map(|scheme| scheme.name)
    }

    /// Returns whether the requirement includes this scheme.
    #[must_use]
    pub fn includes(&self, scheme: &str) -> bool {
        self.names().any(|name| name == scheme)
    }
}

impl std::fmt::Display for SecurityRequirement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut separator = "";
        for scheme in self.schemes {
            write!(f, "{separator}{scheme}")?;
            separator = " and ";
        }
        Ok(())
    }
}

/// A security scheme that a requirement names. The output of `Display` looks like `userToken [read, write]`.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequiredScheme {
    /// The name in the document, e.g. `apiKey`.
    pub name: &'static str,
    /// The required scopes, for OAuth 2 and OpenID Connect.
    pub scopes: &'static [&'static str],
}

impl RequiredScheme {
    /// Creates a required scheme without scopes.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        RequiredScheme { name, scopes: &[] }
    }

    setters! {
        /// Sets the required scopes.
        scopes: &'static [&'static str] => scopes;
    }
}

impl std::fmt::Display for RequiredScheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)?;
        let mut separator = " [";
        for scope in self.scopes {
            write!(f, "{separator}{scope}")?;
            separator = ", ";
        }
        f.write_str(if self.scopes.is_empty() { "" } else { "]" })
    }
}

/// A parameter of an operation. The body isn't a parameter.
#[derive(Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// The name in the request.
    pub name: &'static str,
    /// Where the value is sent.
    pub location: Location,
    /// Whether a request must contain the parameter.
    pub required: bool,
    /// The values that the document lists for an enum, or an empty list. The server may accept other values.
    pub values: &'static [&'static str],
    /// The generated method's argument for this parameter. It is `None` if the client sets the value itself. In
    /// WebAssembly, it is always `None`.
    pub argument: Option<Argument>,
}

impl Parameter {
    /// Creates an optional parameter that accepts any value.
    #[must_use]
    pub const fn new(name: &'static str, location: Location) -> Self {
        Parameter { name, location, required: false, values: &[], argument: None }
    }

    setters! {
        /// Sets the values that the document lists.
        values: &'static [&'static str] => values;
    }

    /// Marks the parameter as required.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the argument of the generated method. This has no effect in WebAssembly, where the name would make every
    /// page's download larger.
    #[must_use]
    pub const fn argument(mut self, name: &'static str, written: Written) -> Self {
        if !cfg!(target_family = "wasm") {
            self.argument = Some(Argument { name, written });
        }
        self
    }
}

/// An argument of a generated method: its name, and how a call writes its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Argument {
    /// The name in Rust, e.g. `invoice_id`. An optional argument is set by the method with this name.
    pub name: &'static str,
    /// How Rust code writes the value.
    pub written: Written,
}

/// How Rust code writes the value of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Written {
    /// As a string literal.
    Text,
    /// As a string literal that is parsed: `"base".parse()?`.
    Parsed,
    /// As a number, `true` or `false`, written the same way as on the wire.
    Literal,
    /// As another expression, because the value isn't a single string on the wire, e.g. a list.
    Structured,
}

/// Where a parameter or a credential is sent.
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

/// A security scheme of an OpenAPI document: a kind of credential, and where the credential is sent.
///
/// ```
/// use openapi_keys_runtime::{Location, SecurityScheme};
///
/// static KEY: SecurityScheme = SecurityScheme::api_key("readerKey", Location::Header, "x-reader");
/// static SESSION: SecurityScheme = SecurityScheme::api_key("session", Location::Cookie, "sid");
/// assert_eq!((KEY.header(), KEY.cookie()), (Some("x-reader"), None));
/// assert_eq!((SESSION.header(), SESSION.cookie()), (Some("cookie"), Some("sid")));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// The name in the document, e.g. `apiKey`.
    pub name: &'static str,
    /// The kind of scheme.
    pub kind: SchemeKind,
}

/// The kind of a security scheme. In OpenAPI, this is the scheme's `type`.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    // The variant isn't called `ApiKey`, because a client's crate may contain an `ApiKey` trait. If two items have the
    // same name, rustc prints their full paths, which makes its messages harder to read.
    /// `apiKey`: text in a header, the query or a cookie.
    #[non_exhaustive]
    Key {
        /// Where the value is sent.
        location: Location,
        /// The name of the header (in lower case), parameter or cookie.
        name: &'static str,
    },
    /// `http`: the `Authorization` header with this scheme, e.g. `basic` or `bearer`.
    #[non_exhaustive]
    Http {
        /// The scheme, in lower case.
        scheme: &'static str,
    },
    /// `oauth2`: a token in the `Authorization` header.
    OAuth2,
    /// `openIdConnect`: a token in the `Authorization` header.
    OpenIdConnect,
    /// `mutualTLS`: a client certificate.
    MutualTls,
}

impl SecurityScheme {
    /// Creates an `apiKey` scheme. `wire_name` is the name of the header (in lower case), parameter or cookie.
    #[must_use]
    pub const fn api_key(name: &'static str, location: Location, wire_name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::Key { location, name: wire_name } }
    }

    /// Creates an `http` scheme. `scheme` is the authentication scheme in lower case, e.g. `bearer`.
    #[must_use]
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::Http { scheme } }
    }

    /// Creates an `oauth2` scheme.
    #[must_use]
    pub const fn oauth2(name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::OAuth2 }
    }

    /// Creates an `openIdConnect` scheme.
    #[must_use]
    pub const fn open_id_connect(name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::OpenIdConnect }
    }

    /// Creates a `mutualTLS` scheme.
    #[must_use]
    pub const fn mutual_tls(name: &'static str) -> Self {
        SecurityScheme { name, kind: SchemeKind::MutualTls }
    }

    /// Returns the header for the credential, in lower case: `cookie` for a cookie, and `authorization` for `http`,
    /// `oauth2` and `openIdConnect`. Returns `None` if the credential isn't sent in a header.
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

    /// Returns the query parameter for the credential, or `None` if it isn't sent in the query.
    #[must_use]
    pub const fn query(&self) -> Option<&'static str> {
        match self.kind {
            SchemeKind::Key { location: Location::Query, name } => Some(name),
            _ => None,
        }
    }

    /// Returns the cookie for the credential, or `None` if it isn't sent in a cookie.
    #[must_use]
    pub const fn cookie(&self) -> Option<&'static str> {
        match self.kind {
            SchemeKind::Key { location: Location::Cookie, name } => Some(name),
            _ => None,
        }
    }
}
