//! Provides invented operations and a fake credential for tests that must not depend on generated
//! code.

use http::Method;

use crate::authenticate::{Authenticate, Outgoing};
use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::{
    Location, Operation, Parameter, RequiredScheme, SecurityRequirement, SecurityScheme,
};
use crate::redact::Redactor;

pub(crate) const SCHEMES: &[SecurityScheme] = &[
    SecurityScheme::api_key("staffKey", Location::Header, "x-staff"),
    SecurityScheme::api_key("readerKey", Location::Header, "x-reader"),
    SecurityScheme::api_key("branch", Location::Header, "x-branch"),
    SecurityScheme::api_key("session", Location::Cookie, "session"),
    SecurityScheme::api_key("pass", Location::Query, "pass"),
    SecurityScheme::http("signature", "bearer"),
];

const STAFF: SecurityRequirement =
    SecurityRequirement::new(&[RequiredScheme::new("staffKey"), RequiredScheme::new("branch")]);
const READER: SecurityRequirement =
    SecurityRequirement::new(&[RequiredScheme::new("readerKey"), RequiredScheme::new("branch")]);
const SIGNED: SecurityRequirement = SecurityRequirement::new(&[
    RequiredScheme::new("staffKey"),
    RequiredScheme::new("branch"),
    RequiredScheme::new("signature"),
]);

const ID: &[Parameter] = &[Parameter::new("id", Location::Path).required()];

/// A write that needs a staff key.
pub(crate) static CREATE: Operation =
    operation("createThing", Method::POST, "/thing/create").security(&[STAFF]);

/// A read that needs a staff key.
pub(crate) static GET: Operation =
    operation("getThing", Method::GET, "/thing/{id}").security(&[STAFF]).parameters(ID);

/// A write that has no body, and needs a staff key and a signature.
pub(crate) static SEND: Operation =
    operation("sendThing", Method::DELETE, "/thing/{id}").security(&[SIGNED]).parameters(ID);

/// A read that accepts either key.
pub(crate) static EITHER: Operation =
    operation("eitherThing", Method::GET, "/either").security(&[STAFF, READER]);

/// A read with a header and a query parameter.
pub(crate) static SEARCH: Operation =
    operation("searchThing", Method::GET, "/thing").security(&[STAFF]).parameters(&[
        Parameter::new("env", Location::Header),
        Parameter::new("limit", Location::Query),
    ]);

/// A read that is open to anyone.
pub(crate) static OPEN: Operation = operation("openThing", Method::GET, "/open");

const fn operation(id: &'static str, method: Method, path: &'static str) -> Operation {
    Operation::new(id, method, path)
        .tag("things")
        .accessor("things")
        .function("thing")
        .servers(&["https://thing.example"])
        .answer("Thing")
}

/// A credential that holds these schemes. It sets the header of each scheme that a request requires.
#[derive(Clone, Debug)]
pub(crate) struct Held(pub(crate) &'static [&'static str]);

pub(crate) const SECRET: &str = "hunter2hunter2";

impl Authenticate for Held {
    fn holds(&self, required: &RequiredScheme) -> bool {
        self.0.contains(&required.name)
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        for scheme in request.requirement().schemes {
            let scheme = SCHEMES.iter().find(|known| known.name == scheme.name);
            if let Some(header) = scheme.and_then(SecurityScheme::header) {
                let inserted = request.insert_credential(header, SECRET);
                if inserted.is_err() {
                    return Eventually::Now(inserted);
                }
            }
        }
        Eventually::Now(Ok(()))
    }

    fn redact(&self, redactor: &mut Redactor) {
        redactor.add(SECRET);
    }

    fn label(&self) -> Option<&'static str> {
        Some("fake")
    }
}
