//! Provides a transport that simulates a token endpoint, and an API that needs tokens from this endpoint.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::token::TokenSource;
use openapi_keys_runtime::{
    Authenticate, Body, BoxFuture, Bytes, Call, ClientCore, Clock, CoreBuilder, Error, Eventually,
    HeaderName, HeaderValue, Method, Operation, Outgoing, Profile, Redactor, RequiredScheme,
    SecurityRequirement, Transport, TransportError, TransportErrorKind, http,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

const OAUTH: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("oauth")]);

pub(crate) static READ: Operation = Operation::new("getReading", Method::GET, "/readings")
    .servers(&["https://weather.example"])
    .security(&[OAUTH])
    .answer("Reading");

pub(crate) static WRITE: Operation = Operation::new("addReading", Method::POST, "/readings")
    .servers(&["https://weather.example"])
    .security(&[OAUTH])
    .answer("Reading");

static PROFILE: Profile = Profile::new("weather/1.0");

/// A credential that adds only a bearer token.
pub(crate) struct Login {
    tokens: TokenSource,
    waits: AtomicU32,
}

impl Login {
    /// Returns how many times a request waited for its token.
    pub(crate) fn waits(&self) -> u32 {
        self.waits.load(Ordering::Relaxed)
    }
}

impl Authenticate for Login {
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        if let Eventually::Now(result) = self.tokens.add(&mut request) {
            return Eventually::Now(result);
        }
        self.waits.fetch_add(1, Ordering::Relaxed);
        Eventually::later(async move { self.tokens.add(&mut request).get().await })
    }

    fn redact(&self, redactor: &mut Redactor) {
        self.tokens.redact(redactor);
    }

    fn rejected(&self, requirement: &'static SecurityRequirement) {
        assert_eq!(requirement.to_string(), "oauth");
        self.tokens.rejected();
    }
}

/// Returns a builder of a client that sends a header with every request to the API.
pub(crate) fn builder(tokens: &TokenSource) -> CoreBuilder<Login> {
    let login = Login { tokens: tokens.clone(), waits: AtomicU32::new(0) };
    let (name, value) = (HeaderName::from_static("x-station"), HeaderValue::from_static("7"));
    CoreBuilder::new(login, &PROFILE).default_header(name, value)
}

pub(crate) fn core(net: &Net, tokens: &TokenSource) -> ClientCore<Login> {
    builder(tokens).transport(net.clone()).build().unwrap()
}

pub(crate) fn call_with(core: &ClientCore<Login>, operation: &'static Operation) -> Call<Value> {
    call(core, operation, |base| {
        RequestBuilder::new(operation.method.clone(), base).path("/readings").finish()
    })
}

/// Returns a response with a token.
pub(crate) fn token(text: &str, seconds: Option<u64>) -> (u16, String) {
    let lifetime = seconds.map(|seconds| format!(r#","expires_in":{seconds}"#));
    let lifetime = lifetime.unwrap_or_default();
    (200, format!(r#"{{"access_token":"{text}","token_type":"Bearer"{lifetime}}}"#))
}

/// A transport that simulates the token endpoint and the API. Clones share the recorded requests and the
/// remaining token responses, but each has its own delays, failures and API response.
#[derive(Clone)]
pub(crate) struct Net {
    shared: Arc<Mutex<State>>,
    takes: Duration,
    fails: Option<TransportErrorKind>,
    api: (u16, Duration, String),
}

#[derive(Default)]
struct State {
    tokens: VecDeque<(u16, String)>,
    requests: Vec<http::Request<Bytes>>,
}

impl Net {
    /// Creates a transport whose token endpoint sends these responses, in order.
    pub(crate) fn answering(tokens: impl IntoIterator<Item = (u16, String)>) -> Self {
        let tokens = tokens.into_iter().collect();
        let shared = Arc::new(Mutex::new(State { tokens, ..State::default() }));
        let api = (200, Duration::ZERO, "7".to_owned());
        Net { shared, takes: Duration::ZERO, fails: None, api }
    }

    pub(crate) fn answer(&self, token: (u16, String)) {
        self.shared.lock().unwrap().tokens.push_back(token);
    }

    /// Sets how long the token endpoint takes to respond.
    pub(crate) fn taking(mut self, time: Duration) -> Self {
        self.takes = time;
        self
    }

    /// Makes every request to the token endpoint fail.
    pub(crate) fn failing(mut self, kind: TransportErrorKind) -> Self {
        self.fails = Some(kind);
        self
    }

    /// Sets the status of the API's responses, and how long the API takes to respond.
    pub(crate) fn responding(mut self, status: u16, after: Duration) -> Self {
        (self.api.0, self.api.1) = (status, after);
        self
    }

    /// Sets the body of the API's responses.
    pub(crate) fn saying(mut self, body: &str) -> Self {
        body.clone_into(&mut self.api.2);
        self
    }

    pub(crate) fn requests(&self) -> usize {
        self.shared.lock().unwrap().requests.len()
    }

    pub(crate) fn token_requests(&self) -> Vec<http::Request<Bytes>> {
        self.requests_to("auth.example")
    }

    pub(crate) fn api_requests(&self) -> Vec<http::Request<Bytes>> {
        self.requests_to("weather.example")
    }

    /// Returns the `Authorization` header of each request to the API.
    pub(crate) fn authorizations(&self) -> Vec<HeaderValue> {
        let requests = self.api_requests();
        requests.iter().map(|request| request.headers()["authorization"].clone()).collect()
    }

    fn requests_to(&self, host: &str) -> Vec<http::Request<Bytes>> {
        let state = self.shared.lock().unwrap();
        state.requests.iter().filter(|it| it.uri().host() == Some(host)).cloned().collect()
    }

    async fn respond(&self, is_api: bool) -> Result<http::Response<Body>, TransportError> {
        let (status, body) = if is_api {
            sleep(self.api.1).await;
            (self.api.0, self.api.2.clone())
        } else {
            // The response is taken when the request arrives, so a dropped request also uses up a response.
            let next = self.shared.lock().unwrap().tokens.pop_front();
            sleep(self.takes).await;
            if let Some(kind) = self.fails {
                return Err(TransportError::new(kind));
            }
            next.ok_or_else(|| TransportError::new(TransportErrorKind::NoConnection))?
        };
        let response = http::Response::builder()
            .status(status)
            .header("location", "https://elsewhere.example/hunter2");
        Ok(response.body(Body::full(body)).unwrap())
    }
}

impl Transport for Net {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let is_api = request.uri().host() == Some("weather.example");
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = http::Request::from_parts(head, body.bytes().await?);
            self.shared.lock().unwrap().requests.push(request);
            self.respond(is_api).await
        })
    }
}

/// A clock that stands still until it is set.
#[derive(Clone, Default)]
pub(crate) struct Stopped(Arc<Mutex<Duration>>);

impl Stopped {
    pub(crate) fn set(&self, now: Duration) {
        *self.0.lock().unwrap() = now;
    }
}

impl Clock for Stopped {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wall_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn random(&self) -> f64 {
        0.5
    }
}

/// A server on this machine: `/token` returns a token, `/moved` redirects to `/token`, and other paths act as the API.
pub(crate) struct Loopback {
    pub(crate) origin: String,
    /// Method, path and `Authorization` of each request.
    pub(crate) seen: Arc<Mutex<Vec<String>>>,
}

impl Loopback {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noting = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                respond_on(stream, &noting).await;
            }
        });
        Loopback { origin, seen }
    }
}

/// Responds to one request, and closes the connection.
async fn respond_on(mut stream: TcpStream, seen: &Mutex<Vec<String>>) {
    let mut request = String::new();
    // A token request ends with its body, whose last value is the grant type.
    while !request.ends_with("\r\n\r\n") && !request.ends_with("client_credentials") {
        let mut bytes = [0; 1024];
        let length = stream.read(&mut bytes).await.unwrap();
        request.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
        // Only the head of a POST request has arrived so far.
        if request.starts_with("POST") && request.ends_with("\r\n\r\n") {
            let length = stream.read(&mut bytes).await.unwrap();
            request.push_str(std::str::from_utf8(&bytes[..length]).unwrap());
        }
    }
    let (line, _) = request.split_once(" HTTP").unwrap();
    let (_, authorization) = request.split_once("authorization: ").unwrap();
    let authorization = authorization.lines().next().unwrap();
    seen.lock().unwrap().push(format!("{line} {authorization}"));
    let (status, body) = match line {
        "POST /token" => ("200 OK", token("plainly-fake-token-1", None).1),
        "POST /moved" => ("307 Temporary Redirect\r\nlocation: /token", String::new()),
        _ => ("200 OK", "7".to_owned()),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all((head + &body).as_bytes()).await.unwrap();
}
