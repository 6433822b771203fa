//! Defines the settings of the generator: everything that isn't in the document, such as paths to hand-written code.
//!
//! Each type has a constructor and chained `with_…` methods, so new settings don't break callers.

mod constructors;
mod conversion;
mod new_client;
mod pagination;
mod requirement;
mod strictness;

use std::collections::{BTreeMap, BTreeSet};

pub use conversion::Conversion;
pub use new_client::{Constructor, Credentials};
pub use pagination::{PageStyle, Pagination};
pub use requirement::{MissingSecurity, RequiredScheme, Requirement, SharedPlaces};
pub use strictness::Strictness;

/// The settings of the generator: everything that it can't read from the document.
///
/// Paths are Rust paths, written as in source code, e.g. `::mileston_keys::scope::Normal`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The command that writes the files. The headers of the files show this command.
    pub command: String,
    /// The name of the document, e.g. `openapi/mileston.yaml`. Headers and diagnostics show this name.
    pub source: String,
    /// The trait that all hand-written credentials implement, e.g. `::mileston_keys::Credential`. It is the bound of
    /// the client's type parameter. With `None`, credentials are generated from the document's security schemes, in the
    /// `credentials`, `requirements`, `scopes` and `clients` modules.
    pub credential: Option<String>,
    /// The hand-written trait for each security requirement. A requirement that isn't in this list is an error. The
    /// list is empty if credentials are generated, because then every requirement gets a generated trait.
    pub bounds: Vec<Bound>,
    /// Whether the document must follow the rules for documents that are written for this generator.
    pub strictness: Strictness,
    /// How operations without `security` are treated.
    pub missing_security: MissingSecurity,
    /// How an alternative with two credentials in the same place is treated.
    pub shared_places: SharedPlaces,
    /// The security schemes that may have scopes in `security`, although they are neither `oauth2` nor `openIdConnect`.
    /// Some documents list the permissions of a key there.
    pub scoped_schemes: BTreeSet<String>,
    /// Rust names, by the name of a security scheme, the text of a scope, or the generated name of a requirement. They
    /// replace the names that are made from the document. A scope in this list is accepted even if it looks misspelt.
    /// A security scheme in this list is accepted even if its HTTP authentication scheme looks misspelt.
    pub names: BTreeMap<String, String>,
    /// A type in the client's crate with one type parameter, e.g. `crate::credentials::Held`, that holds a credential
    /// and implements the runtime's `Authenticate`. Clients then have the functions in `constructors`. With `None`, the
    /// credential itself implements `Authenticate`, and `new`, `builder` and `credential` are generated.
    pub authenticator: Option<String>,
    /// The constructors of a client that has an authenticator. If the list is empty, the client's crate has
    /// hand-written ones.
    pub constructors: Vec<Constructor>,
    /// A `static` in the client's crate, of the runtime's `Profile` type, e.g. `crate::profile::PROFILE`. With `None`,
    /// the profile contains the client's crate, its version, and the document's security schemes.
    pub profile: Option<String>,
    /// The module of the generated files in the client's crate, e.g. `crate::generated`. The files import items from this
    /// module.
    pub module: String,
    /// The runtime crate that generated client code calls.
    pub runtime: String,
    /// The hand-written methods of the client, including those of its traits. No tag can have one
    /// of these names, because the tag's accessor wouldn't compile or would hide the method. Methods that
    /// the generator adds don't have to be listed.
    pub client_methods: BTreeSet<String>,
    /// The settings for compiled examples in the generated documentation. With `None`, there are no examples.
    pub examples: Option<Examples>,
    /// Types to use for JSON strings with a format, e.g. `date-time` -> `crate::Timestamp`. Each type must implement
    /// `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`. A type for parameters in a path or header must
    /// also implement `Display`. A type for a named schema must also implement `Display` and `FromStr`.
    pub formats: BTreeMap<String, String>,
    /// Conversions to types in `formats`, by the path of the type. With a conversion, callers can pass anything that
    /// converts. Without one, they have to pass a value of the type itself.
    pub conversions: BTreeMap<String, Conversion>,
    /// Hand-written code in the client's crate that generated code calls or uses.
    pub hooks: Hooks,
    /// Whether the client checks the document's constraints, such as `maxLength`, before it sends a request. By
    /// default it doesn't: the documentation describes them, and the server enforces them.
    ///
    /// Patterns aren't checked, and neither are constraints inside a `oneOf` or `anyOf`.
    pub check_constraints: bool,
    /// The operations whose responses are pages of a list, and how the next page is requested.
    /// Pagination is never guessed.
    pub pagination: Vec<Pagination>,
    /// The settings of the generated server. With `None`, only the client is generated.
    pub server: Option<Server>,
}

/// Hand-written code that the generated client calls or uses. By default there is none.
///
/// A name in `types`, `checks` or `values` that isn't in the document is reported as an error,
/// because the hook would have no effect.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Hooks {
    /// Hand-written types that replace generated ones, by the name of the schema, e.g. `Batch` ->
    /// `crate::Batch`. Each must serialise as the schema describes. The `types` module exports each
    /// type under the name of its schema.
    pub types: BTreeMap<String, String>,
    /// Functions that check a body before the request is built. The key is the name of the body's schema. Each function
    /// is `fn(&types::Schema) -> Result<(), Error>` with the runtime's `Error`. After an error, nothing is sent.
    pub checks: BTreeMap<String, String>,
    /// Functions that provide a value in place of the caller. The key is the word in the document's
    /// `x-filled-by-client`. Each function is `fn<K: Credential>(&Client<K>) -> T` with the generated `Client`.
    pub values: BTreeMap<String, String>,
}

/// A hand-written trait for a security requirement of the document. The trait is the bound of the client's credential.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Bound {
    /// The requirement's name in the catalogue and in documentation, e.g. `Normal`.
    pub name: String,
    /// The trait, e.g. `::mileston_keys::scope::Normal`.
    pub path: String,
    /// The alternatives of the requirement, each a set of security schemes (OR of ANDs), in any order.
    pub requirement: Requirement,
    /// A description of what the caller needs, e.g. "a Normal key".
    pub needs: String,
    /// The type of a client that meets the requirement, e.g. `NormalClient<Test>`. Generated examples use this type.
    pub client: String,
}

/// Settings for the compiled examples in the generated documentation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Examples {
    /// The name under which users import the client's crate, e.g. `mileston_api`. The crate must export the
    /// `types` and `operations` modules, which examples import.
    pub krate: String,
    /// The names that examples import from the crate for client types, e.g. `NormalClient` and `Test`.
    pub imports: Vec<String>,
    /// The type of a client without a credential, e.g. `OpenClient`.
    pub open_client: String,
}

/// Paths and names for the generated server.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Server {
    /// The module that generated server code calls, e.g. `crate::runtime`.
    pub runtime: String,
    /// The crate of the generated client, for its types and its catalogue, e.g. `::mileston_api`.
    pub client: String,
    /// The type of JSON bodies in responses, generic over the type of the schema, e.g. `crate::runtime::Payload`. With
    /// `None`, the type of the schema itself is used.
    pub json: Option<String>,
    /// Whether an operation whose `security` has several alternatives gets an enum of the
    /// alternatives instead of the runtime's `Identity`. The enum shows which alternative was
    /// satisfied.
    pub identities: bool,
}
