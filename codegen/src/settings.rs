//! What the generator is told besides the document: which security requirement is which bound, and where things are.
//!
//! Each type is built by its constructor and chained `with_…` methods, so that a new setting breaks no caller.

mod constructors;
mod conversion;
mod new_client;
mod requirement;

use std::collections::{BTreeMap, BTreeSet};

pub use conversion::Conversion;
pub use new_client::{Constructor, Credentials};
pub use requirement::{MissingSecurity, RequiredScheme, Requirement};

/// Everything that the generator cannot know from the document.
///
/// Paths are Rust paths as written in source, e.g. `::mileston_keys::scope::Normal`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// The command that writes the files. Their headers name it.
    pub command: String,
    /// The name of the document as shown in headers and diagnostics, e.g. `openapi/mileston.yaml`.
    pub source: String,
    /// The hand-written trait that every credential implements: the bound of the client's type parameter, e.g.
    /// `::mileston_keys::Credential`. `None`: credentials are generated from the document's security schemes, in the modules
    /// `credentials`, `requirements`, `scopes` and `clients`.
    pub credential: Option<String>,
    /// Hand-written traits by the security requirement that they stand for. With a hand-written credential, a requirement that
    /// is not here is refused; without one, this is empty and every requirement gets a generated trait.
    pub bounds: Vec<Bound>,
    /// What an operation without `security` means.
    pub missing_security: MissingSecurity,
    /// Security schemes whose names in `security` may have scopes though they are neither `oauth2` nor `openIdConnect`: the
    /// document then lists the permissions of a key.
    pub scoped_schemes: BTreeSet<String>,
    /// Rust names in place of those made from the document, by the name of a security scheme, the text of a scope, or the
    /// generated name of a requirement. A scope that is here is accepted, although the document doesn't declare it.
    pub names: BTreeMap<String, String>,
    /// A type of the client's crate with one type parameter, e.g. `crate::credentials::Held`: it holds a credential and
    /// implements the runtime's `Authenticate`. How a client is built is then said by `constructors`. `None`: the
    /// credential implements `Authenticate` itself, and `new`, `builder` and `credential` are generated.
    pub authenticator: Option<String>,
    /// How a client that has an authenticator is built. Without any, the client's crate writes it.
    pub constructors: Vec<Constructor>,
    /// A `static` of the client's crate of the runtime's type `Profile`, e.g. `crate::profile::PROFILE`. `None`: a
    /// profile with the client's crate, its version, and the document's security schemes.
    pub profile: Option<String>,
    /// The module that the client's crate has the generated files in, e.g. `crate::generated`. They import from it.
    pub module: String,
    /// The runtime crate that generated client code calls.
    pub runtime: String,
    /// Methods that the client's crate adds to the generated client by hand, also those of its traits: no tag can be
    /// called so, since its accessor would then not compile, or hide the method. What the generator writes itself is known
    /// to it.
    pub client_methods: BTreeSet<String>,
    /// For compiled examples in the generated documentation. `None`: no examples.
    pub examples: Option<Examples>,
    /// Types to use in place of a JSON string of a format, e.g. `date-time` -> `crate::Timestamp`. Each must
    /// implement `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`; `Display` for parameters in a path or header;
    /// `Display` and `FromStr` for a schema with a name.
    pub formats: BTreeMap<String, String>,
    /// What callers may give in place of a value of such a type, by the path of the type. Without one they give the value.
    pub conversions: BTreeMap<String, Conversion>,
    /// Where hand-written code of the client's crate takes part.
    pub hooks: Hooks,
    /// For the server half. `None`: only the client is generated.
    pub server: Option<Server>,
}

/// Where hand-written code takes part in what is generated for the client. By default, nowhere.
///
/// A name that the document does not have is reported as a mistake: the hook would guard nothing.
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

/// A security requirement of the document, as a hand-written trait that bounds the client's credential.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Bound {
    /// Its name in the catalogue and in documentation, e.g. `Normal`.
    pub name: String,
    /// The trait, e.g. `::mileston_keys::scope::Normal`.
    pub path: String,
    /// The alternatives of the requirement, each a set of security schemes: OR of ANDs, order without meaning.
    pub requirement: Requirement,
    /// What the caller needs, for documentation: "a Normal key".
    pub needs: String,
    /// The type of a client that meets the requirement, as an example names it, e.g. `NormalClient<Test>`.
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
