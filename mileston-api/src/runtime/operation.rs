//! What is known of an operation before it is called: a row of the catalogue.

use reqwest::Method;

use crate::runtime::decode::Promise;

/// An operation of the OpenAPI document: who may call it, and how it looks on the wire.
///
/// The rows are generated (`catalogue::OPERATIONS`); documentation, tests, the sandbox and the transport read them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`, e.g. `createPaymentLink`.
    pub id: &'static str,
    /// The tag that groups it, e.g. `paymentLinks`.
    pub tag: &'static str,
    /// The method of the client that leads to the group, e.g. `payment_links`.
    pub accessor: &'static str,
    /// The method of the group, e.g. `create`.
    pub function: &'static str,
    /// The method of HTTP.
    pub method: Method,
    /// The path as in the document, with `{names}` for its parameters.
    pub path: &'static str,
    /// Where the operation is served in production: URLs without a slash at the end.
    pub servers: &'static [&'static str],
    /// The security requirement: alternatives, each a set of schemes that are needed together. Empty: open to anyone.
    pub security: &'static [&'static [&'static str]],
    /// The scope that the requirement was lowered to, e.g. `Normal`. `None`: open to anyone.
    pub scope: Option<&'static str>,
    /// Sending it twice does what sending it once does (by its HTTP method).
    pub idempotent: bool,
    /// The document advises against it.
    pub deprecated: bool,
    /// The arguments of [`function`](Operation::function), in their order: what is required.
    pub arguments: &'static [&'static str],
    /// Path, query and header parameters, in the order of the document.
    pub parameters: &'static [Parameter],
    /// The type of the JSON body, if it takes one.
    pub body: Option<&'static str>,
    /// The type of a successful answer, if it has a body.
    pub answer: Option<&'static str>,
    /// One line on what it does.
    pub summary: &'static str,
    /// Which SDK call or document page of the vendor says so.
    pub evidence: &'static str,
    /// The line of the document where it is defined.
    pub line: u32,
}

impl Operation {
    /// Of an operation that is in no description, only its caller knows what must be in its answer.
    pub(crate) fn promise(&self) -> Promise {
        if self.tag == "raw" { Promise::Anything } else { Promise::Record }
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
    /// The values that the document knows, if it is an enum. The platform may know more.
    pub values: &'static [&'static str],
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
}

/// A security scheme of the document: a credential that goes into a header.
#[derive(Debug)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// Its name in the document, e.g. `normalKey`.
    pub name: &'static str,
    /// The header that carries it, in lower case.
    pub header: &'static str,
}
