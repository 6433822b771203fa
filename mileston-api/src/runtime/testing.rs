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

/// A read that is open to anyone.
pub(crate) static OPEN: Operation = operation("openThing", Method::GET, "/open", &[]);

const NORMAL: &[&[&str]] = &[&["normalKey", "businessId"]];
const SIGNED: &[&[&str]] = &[&["normalKey", "businessId", "walletSignature"]];
const EITHER_KEY: &[&[&str]] = &[&["normalKey", "businessId"], &["checkoutKey", "businessId"]];

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
        parameters: &[Parameter { name: "id", location: Location::Path, required: true }],
        body: None,
        answer,
        summary: "",
        evidence: "",
        line: 1,
    }
}
