//! Tests requests with credentials for several schemes: a signature covers the other credentials, and an empty
//! signature isn't sent.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

use openapi_keys_runtime::credential::{Authorization, HttpScheme, Key, Part, Place};
use openapi_keys_runtime::generated::{RequestBuilder, authenticate, call};
use openapi_keys_runtime::{
    Authenticate, Call, ClientCore, CoreBuilder, Error, ErrorKind, Eventually, FakeTransport,
    Location, Method, Operation, Outcome, Outgoing, Profile, Redactor, RequiredScheme, SecretText,
    SecurityRequirement, SecurityScheme, http,
};
use serde_json::Value;

static PROFILE: Profile = Profile::new("weather/1.0").security_schemes(&[
    SecurityScheme::http("aSeal", "seal"),
    SecurityScheme::api_key("zKey", Location::Query, "key"),
]);

/// An operation whose `security` lists the seal before the key.
static READ: Operation = Operation::new("getReading", Method::GET, "/readings")
    .servers(&["https://weather.example"])
    .security(&[SecurityRequirement::new(&[
        RequiredScheme::new("aSeal"),
        RequiredScheme::new("zKey"),
    ])])
    .answer("Reading");

/// An authorization that signs the request's URL, or returns a blank value.
struct Press {
    is_blank: bool,
}

impl Authorization for Press {
    fn value<'a>(&'a self, request: &'a Outgoing<'_>) -> Eventually<'a, Result<SecretText, Error>> {
        let seal = format!("Seal {}", request.url());
        Eventually::Now(Ok(SecretText::new(if self.is_blank { "  " } else { &seal })))
    }

    fn redact(&self, _: &mut Redactor) {}
}

struct Seal(HttpScheme);

impl Part for Seal {
    fn name(&self) -> Option<&'static str> {
        Some("Seal")
    }

    fn holds(&self, required: &RequiredScheme) -> bool {
        required.name == "aSeal"
    }

    fn is_last(&self) -> bool {
        true
    }

    fn add<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>> {
        self.0.add(request)
    }

    fn redact(&self, redactor: &mut Redactor) {
        self.0.redact(redactor);
    }
}

struct QueryKey(Key);

impl Part for QueryKey {
    fn name(&self) -> Option<&'static str> {
        Some("QueryKey")
    }

    fn holds(&self, required: &RequiredScheme) -> bool {
        required.name == "zKey"
    }

    fn add<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(self.0.add(request))
    }

    fn redact(&self, redactor: &mut Redactor) {
        self.0.redact(redactor);
    }
}

struct Both(Seal, QueryKey);

impl Authenticate for Both {
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        authenticate([&self.0, &self.1], request)
    }

    fn redact(&self, _: &mut Redactor) {}
}

fn core(transport: &FakeTransport, is_blank: bool) -> ClientCore<Both> {
    let key = Key::new("QueryKey", Place::Query("key"), "plainly-fake").unwrap();
    let both = Both(Seal(HttpScheme::new(Press { is_blank })), QueryKey(key));
    CoreBuilder::new(both, &PROFILE).transport(transport.clone()).build().unwrap()
}

fn read(core: &ClientCore<Both>) -> Call<Value> {
    call(core, &READ, |base| RequestBuilder::new(Method::GET, base).path("/readings").finish())
}

#[tokio::test]
async fn a_signature_covers_the_url_that_is_sent() {
    let transport = FakeTransport::new();
    transport.respond(http::Response::new("{}"));
    read(&core(&transport, false)).await.unwrap();
    let request = transport.requests().pop().unwrap();
    assert_eq!(request.uri(), "https://weather.example/readings?key=plainly-fake");
    let seal = format!("Seal {}", request.uri());
    assert_eq!(request.headers()["authorization"], seal.as_str());
}

#[tokio::test]
async fn an_empty_value_is_not_sent() {
    let transport = FakeTransport::new();
    let error = read(&core(&transport, true)).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
    assert!(error.to_string().contains("`Authorization` header is empty"), "{error}");
    assert!(transport.requests().is_empty());
}
