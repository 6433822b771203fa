//! Tests credentials in the query and in cookies: which requests are sent and which are rejected. Also checks that the
//! credentials never leak.

#![allow(clippy::unwrap_used, reason = "a test fails at the first error")]

mod cookies;
mod leaks;
mod optional;
mod query;
mod recorder;
mod server;

use std::sync::Mutex;

use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::{
    Authenticate, Bytes, Call, ClientCore, CoreBuilder, Error, ErrorKind, Eventually,
    FakeTransport, Location, Method, Operation, Outcome, Outgoing, Profile, Redactor,
    RequiredScheme, SecurityRequirement, SecurityScheme, http,
};
use serde_json::Value;

const KEY: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("key")]);
const SESSION: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("session")]);
const ALL: SecurityRequirement = SecurityRequirement::new(&[
    RequiredScheme::new("key"),
    RequiredScheme::new("session"),
    RequiredScheme::new("csrf"),
    RequiredScheme::new("token"),
]);

static PROFILE: Profile = Profile::new("weather/1.0").security_schemes(&[
    SecurityScheme::api_key("key", Location::Query, "api_key"),
    SecurityScheme::api_key("session", Location::Cookie, "sid"),
    SecurityScheme::api_key("csrf", Location::Cookie, "csrf"),
    SecurityScheme::http("token", "bearer"),
    SecurityScheme::mutual_tls("certificate"),
]);

const fn operation(method: Method, security: &'static [SecurityRequirement]) -> Operation {
    Operation::new("getReading", method, "/readings")
        .servers(&["https://weather.example"])
        .security(security)
        .answer("Reading")
}

static BY_KEY: Operation = operation(Method::GET, &[KEY]);
static BY_SESSION: Operation = operation(Method::GET, &[SESSION]);
static BY_ALL: Operation = operation(Method::POST, &[ALL]);

/// An authenticator that calls a function. Its `redact` adds nothing, so the client can redact only the secrets that
/// the function inserts.
struct By<F>(F);

impl<F> Authenticate for By<F>
where
    F: Fn(&mut Outgoing<'_>) -> Result<(), Error> + Send + Sync + 'static,
{
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now((self.0)(&mut request))
    }

    fn redact(&self, _: &mut Redactor) {}
}

fn builder<F>(by: F) -> CoreBuilder<By<F>>
where
    F: Fn(&mut Outgoing<'_>) -> Result<(), Error> + Send + Sync + 'static,
{
    CoreBuilder::new(By(by), &PROFILE)
}

fn send<A: Authenticate>(core: &ClientCore<A>, operation: &'static Operation) -> Call<Value> {
    call(core, operation, |base| {
        RequestBuilder::new(operation.method.clone(), base).path("/readings").finish()
    })
}

/// Sends a request without a network. Returns the request, or the error if nothing was sent.
async fn sent<F>(by: F, operation: &'static Operation) -> Result<http::Request<Bytes>, Error>
where
    F: Fn(&mut Outgoing<'_>) -> Result<(), Error> + Send + Sync + 'static,
{
    let transport = FakeTransport::new();
    transport.respond(http::Response::new("7"));
    let core = builder(by).transport(transport.clone()).build()?;
    let result = send(&core, operation).await;
    assert_eq!(transport.requests().len(), usize::from(result.is_ok()));
    result.map(|_| transport.requests().remove(0))
}

#[track_caller]
fn check_not_sent(error: &Error, expected: &str) {
    let seen = (error.kind(), error.outcome(), error.attempts());
    assert_eq!(seen, (ErrorKind::Authentication, Outcome::NotSent, 0), "{error}");
    assert!(error.to_string().contains(expected), "{error}");
    assert!(!format!("{error:?} {error:#?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn all_kinds_of_credentials_can_be_combined() {
    let by = |request: &mut Outgoing<'_>| {
        request.insert_query("api_key", "fake-key")?;
        request.insert_cookie("sid", "fake-session")?;
        request.insert_cookie("csrf", "fake-csrf")?;
        request.insert_credential("authorization", "Bearer fake-token")
    };
    let request = sent(by, &BY_ALL).await.unwrap();
    assert_eq!(request.uri(), "https://weather.example/readings?api_key=fake-key");
    let cookies: Vec<_> = request.headers().get_all("cookie").iter().collect();
    assert_eq!(cookies, ["sid=fake-session; csrf=fake-csrf"]);
    assert_eq!(request.headers()["authorization"], "Bearer fake-token");
}

/// The client must notice if an authenticator leaves out a credential, regardless of what else the authenticator adds.
#[tokio::test]
async fn nothing_is_sent_if_one_credential_is_missing() {
    type Add = fn(&mut Outgoing<'_>) -> Result<(), Error>;
    let adds: [(Add, &str); 4] = [
        (
            |it| it.insert_query("api_key", "hunter2"),
            "the `api_key` query parameter of the `key` security scheme",
        ),
        (
            |it| it.insert_cookie("sid", "hunter2"),
            "the `sid` cookie of the `session` security scheme",
        ),
        (
            |it| it.insert_cookie("csrf", "hunter2"),
            "the `csrf` cookie of the `csrf` security scheme",
        ),
        (
            |it| it.insert_credential("authorization", "hunter2"),
            "the `authorization` header of the `token` security scheme",
        ),
    ];
    for (left_out, (_, expected)) in adds.iter().enumerate() {
        let others: Vec<Add> = adds.iter().map(|(add, _)| *add).collect();
        let by = move |request: &mut Outgoing<'_>| {
            let mut others = others.iter().enumerate().filter(|(at, _)| *at != left_out);
            others.try_for_each(|(_, add)| add(request))
        };
        check_not_sent(&sent(by, &BY_ALL).await.unwrap_err(), expected);
    }
}

/// A string that an authenticator's closure recorded.
#[derive(Default)]
struct Note(Mutex<String>);

impl Note {
    fn set(&self, text: String) {
        *self.0.lock().unwrap() = text;
    }

    fn get(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}
