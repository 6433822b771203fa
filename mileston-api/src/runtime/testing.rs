//! Operations of no platform, for tests that must not depend on what is generated.

use crate::runtime::{Location, Method, Operation, Parameter};

/// A write that needs a Normal key.
pub(crate) static CREATE: Operation =
    operation("createThing", Method::POST, "/thing/create", NORMAL);

/// A read that needs a Normal key.
pub(crate) static GET: Operation = operation("getThing", Method::GET, "/thing/{id}", NORMAL);

/// A write without a body that needs a Normal key and a signature.
pub(crate) static SEND: Operation = operation("sendThing", Method::DELETE, "/thing/{id}", SIGNED);

/// A write that is open to anyone and promises no answer.
pub(crate) static FORGET: Operation = answering("forgetThing", Method::POST, "/forget", &[], None);

/// A read that takes either key.
pub(crate) static EITHER: Operation = operation("eitherThing", Method::GET, "/either", EITHER_KEY);

/// A read with a header and a query parameter.
pub(crate) static SEARCH: Operation =
    full("searchThing", Method::GET, "/thing", NORMAL, Some("Thing"), FILTERS);

/// A read that is open to anyone.
pub(crate) static OPEN: Operation = operation("openThing", Method::GET, "/open", &[]);

const NORMAL: &[&[&str]] = &[&["normalKey", "businessId"]];
const SIGNED: &[&[&str]] = &[&["normalKey", "businessId", "walletSignature"]];
const EITHER_KEY: &[&[&str]] = &[&["normalKey", "businessId"], &["checkoutKey", "businessId"]];

const ID: &[Parameter] =
    &[Parameter { name: "id", location: Location::Path, required: true, values: &[] }];
const FILTERS: &[Parameter] = &[
    Parameter { name: "env", location: Location::Header, required: false, values: &[] },
    Parameter { name: "limit", location: Location::Query, required: false, values: &[] },
];

const fn operation(
    id: &'static str,
    method: Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
) -> Operation {
    answering(id, method, path, security, Some("Thing"))
}

const fn answering(
    id: &'static str,
    method: Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
    answer: Option<&'static str>,
) -> Operation {
    full(id, method, path, security, answer, ID)
}

const fn full(
    id: &'static str,
    method: Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
    answer: Option<&'static str>,
    parameters: &'static [Parameter],
) -> Operation {
    Operation {
        id,
        tag: "things",
        accessor: "things",
        function: "thing",
        method,
        path,
        servers: &["https://thing.example"],
        security,
        scope: None,
        idempotent: false,
        deprecated: false,
        arguments: &["id"],
        parameters,
        body: None,
        answer,
        summary: "",
        evidence: "",
        line: 1,
    }
}
