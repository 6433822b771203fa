//! Checks that no output contains anything from bodies, URLs or credentials.

use std::error::Error as _;

use openapi_keys_runtime::generated::Multipart;
use openapi_keys_runtime::{
    Authenticate, Body, ClientCore, CoreBuilder, Error, ErrorKind, Event, EventStream, Eventually,
    Location, Method, Operation, Outgoing, Part, Profile, Redactor, RequiredScheme,
    SecurityRequirement, SecurityScheme,
};

use super::server::{Server, response};
use super::steps::{self, Chunk, steps};
use super::{BytesCall, DownloadCall, EXPORT, EventsCall, JsonCall, LIST, LinesCall, WATCH};

const KEY: &str = "qZ7xW3vK9mJ5tR1pL8sD4fG6hY2";
const TOKEN: &str = "wN6bV5cX8zA1eQ4uT0iO3";

static PROFILE: Profile = Profile::new("weather/1.0").security_schemes(&[
    SecurityScheme::api_key("key", Location::Query, "api_key"),
    SecurityScheme::http("token", "bearer"),
]);

const BOTH: &[SecurityRequirement] =
    &[SecurityRequirement::new(&[RequiredScheme::new("key"), RequiredScheme::new("token")])];

/// An authenticator that puts a key in the query and a token in a header. Its `redact` adds only the token, so the
/// client has to redact the key without the authenticator's help.
struct Secrets;

impl Authenticate for Secrets {
    fn holds(&self, _: &RequiredScheme) -> bool {
        true
    }
    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        let result = request
            .insert_query("api_key", KEY)
            .and_then(|()| request.insert_credential("authorization", &format!("Bearer {TOKEN}")));
        Eventually::Now(result)
    }
    fn redact(&self, redactor: &mut Redactor) {
        redactor.add(TOKEN);
    }
}

static SECRET_WATCH: Operation =
    Operation::new("watch", Method::GET, "/readings").answer("Reading").security(BOTH);

fn core(server: &Server) -> ClientCore<Secrets> {
    CoreBuilder::new(Secrets, &PROFILE).origin(&server.origin).unwrap().build().unwrap()
}

#[track_caller]
fn check(what: &str, text: &str) {
    for secret in [KEY, TOKEN, "hunter2", "/readings?"] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

fn check_error(what: &str, error: &Error) {
    check(what, &format!("{error} {error:?} {error:#?} {:?}", error.json_path()));
    check(what, &format!("{:?} {:?}", error.headers(), error.body().map(String::from_utf8_lossy)));
    let mut source = error.source();
    while let Some(cause) = source {
        check(what, &format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
}

/// Starts a server that puts both credentials into the headers of its responses.
fn echo(status: u16, content_type: &str, body: &str) -> Server {
    let headers = format!("{content_type}\r\nx-echo: {TOKEN}\r\nx-echo: {KEY}");
    Server::responding(response(status, &headers, body))
}

#[tokio::test]
async fn credentials_that_a_server_sends_back_are_not_shown() {
    let body = format!("no such station: {KEY} {TOKEN}");
    let server = echo(404, "text/plain", &body);
    for error in [
        BytesCall::new(&core(&server), &SECRET_WATCH).await.unwrap_err(),
        DownloadCall::new(&core(&server), &SECRET_WATCH).await.unwrap_err(),
        JsonCall::new(&core(&server), &SECRET_WATCH).streamed().await.unwrap_err(),
    ] {
        check_error("a refusal", &error);
        assert!(error.to_string().contains("no such station: [redacted]"), "{error}");
    }
    let server = echo(200, "text/html", &body);
    let error = EventsCall::new(&core(&server), &SECRET_WATCH).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongMediaType);
    check_error("a wrong media type", &error);
}

#[tokio::test]
async fn credentials_in_the_middle_of_a_stream_are_not_shown() {
    let item = format!(r#"{{"{KEY}": {{"{TOKEN}": 1}}, "degrees": {{"{KEY}": "hunter2"}}}}"#);
    let cut = |text: String| text.replace("content-length: ", "content-length: 9");
    for body in [format!("data: {item}\n\ndata: {KEY}\n\ndata: {TOKEN}"), "\u{0}".to_owned()] {
        let head = format!("text/event-stream\r\nx-echo: {TOKEN}\r\nx-echo: {KEY}");
        let server = Server::responding(cut(response(200, &head, &body)));
        let response =
            EventsCall::new(&core(&server), &SECRET_WATCH).with_response().await.unwrap();
        check("headers", &format!("{:?}", response.headers));
        let mut events: EventStream<_> = response.value;
        check("events", &format!("{events:?} {events:#?}"));
        let mut last = None;
        while let Some(event) = events.next().await {
            let error = event.unwrap_err();
            check_error("an event", &error);
            last = Some(error.kind());
        }
        assert_eq!(last, Some(ErrorKind::BodyCut));
    }
    let server = echo(200, "application/x-ndjson", &item);
    let mut lines = LinesCall::new(&core(&server), &SECRET_WATCH).await.unwrap();
    check("lines", &format!("{lines:?} {lines:#?}"));
    check_error("a line", &lines.next().await.unwrap().unwrap_err());
}

/// The keys of a map are part of an error's JSON path.
#[tokio::test]
async fn a_credential_in_a_member_name_is_not_shown() {
    type Map = std::collections::HashMap<String, i32>;
    // There are too many bad members to repair, so reading the line fails.
    let members: Vec<_> = (0..2000).map(|at| format!(r#""{TOKEN}{at}": {{}}"#)).collect();
    let server = echo(200, "application/x-ndjson", &format!("{{{}}}", members.join(",")));
    let download = DownloadCall::new(&core(&server), &SECRET_WATCH).await.unwrap();
    let mut lines = openapi_keys_runtime::JsonLines::<Map>::from(download);
    let error = lines.next().await.unwrap().unwrap_err();
    check_error("a member", &error);
    assert!(error.json_path().unwrap().contains("[redacted]"), "{error}");
}

#[tokio::test]
async fn debug_does_not_show_the_body() {
    let text = Body::from("hunter2");
    let stream = Body::from_stream(steps(&[Chunk("hunter2")]));
    check("a body", &format!("{text:?} {text:#?} {stream:?} {stream:#?}"));
    let part = Part::new("hunter2").file_name("hunter2").content_type("hunter2");
    check("a part", &format!("{part:?} {part:#?}"));
    let multipart = Multipart::new().file("file", Some(part), "x");
    check("a multipart body", &format!("{multipart:?} {multipart:#?}"));

    let body = [Chunk("data: {\"degrees\": 1}\n\ndata: hunter2\n\n")];
    let core = steps::core("text/event-stream", &body);
    let mut events = EventsCall::new(&core, &WATCH).await.unwrap();
    let event: Event<_> = events.next().await.unwrap().unwrap();
    assert_eq!(event.data.degrees, 1);
    check("events", &format!("{events:?} {events:#?}"));
    let core = steps::core("text/plain; hunter2", &[Chunk("hunter2")]);
    let download = DownloadCall::new(&core, &EXPORT).await.unwrap();
    check("a download", &format!("{download:?} {download:#?}"));
    let core = steps::core("text/plain; hunter2", &[Chunk("hunter2\n")]);
    let mut lines = LinesCall::new(&core, &LIST).await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    check("a line", &format!("{error} {error:?} {error:#?}"));
    check("lines", &format!("{lines:?} {lines:#?}"));

    let call = JsonCall::new(&core, &LIST).body("text/plain", "hunter2").query("q", "hunter2");
    check("a call", &format!("{call:?} {call:#?}"));
    let call = call.streamed();
    check("a streamed call", &format!("{call:?} {call:#?}"));
}
