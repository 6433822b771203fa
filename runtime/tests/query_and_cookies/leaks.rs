//! Sends a key in the query and a session in a cookie, and checks that no output contains any part of them.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use openapi_keys_runtime::{HeaderMap, ObservedAttempt, ObservedCall, Observer, RetryPolicy};
use percent_encoding::percent_decode_str;

use super::recorder::{self, Recorder};
use super::server::{Act, Server, response};
use super::*;

/// A key with characters that must be escaped in a URL.
const PASS: &str = "qZ7xW3vK9&mJ5tR1+pL8sD4 fG6hY2";
const SID: &str = "wN6bV5cX8z/A1eQ4u=T0iO3";

/// The minimum length of a match. This many consecutive characters of a secret are unlikely to be a coincidence.
const PART: usize = 8;

static BOTH: Operation = operation(
    Method::GET,
    &[SecurityRequirement::new(&[RequiredScheme::new("key"), RequiredScheme::new("session")])],
);

fn add(request: &mut Outgoing<'_>) -> Result<(), Error> {
    request.insert_query("api_key", PASS)?;
    request.insert_cookie("sid", SID)?;
    check("an `Outgoing`", &format!("{request:?} {request:#?}"));
    Ok(())
}

#[track_caller]
fn check(what: &str, text: &str) {
    let decoded = percent_decode_str(&text.replace('+', "%20")).decode_utf8_lossy().into_owned();
    let twice = percent_decode_str(&decoded).decode_utf8_lossy().into_owned();
    for text in [text, &decoded, &twice] {
        let text = text.to_lowercase();
        for secret in [PASS, SID, &PASS.replace('+', " ")] {
            let lower = secret.to_lowercase();
            let mut parts =
                lower.as_bytes().windows(PART).map(|part| str::from_utf8(part).unwrap());
            let part = parts.find(|part| text.contains(part));
            assert!(part.is_none(), "{what} shows {part:?}: {text}");
        }
    }
}

fn check_headers(what: &str, headers: &HeaderMap) {
    for (name, value) in headers {
        check(what, &format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    }
}

fn check_error(what: &str, error: &Error) {
    check(what, &format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        check(what, &format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    check(what, &format!("{:?} {:?}", error.messages(), error.error_name()));
    check(what, &String::from_utf8_lossy(error.body().unwrap_or_default()));
    check_headers(what, error.headers().unwrap_or(&HeaderMap::new()));
}

/// An observer that records what it receives.
#[derive(Default)]
struct Watching(Mutex<Vec<String>>);

impl Observer for Watching {
    fn attempt(&self, attempt: &ObservedAttempt) {
        self.0.lock().unwrap().push(format!("{attempt:?}"));
    }

    fn call(&self, call: &ObservedCall) {
        self.0.lock().unwrap().push(format!("{call:?}"));
    }
}

/// Returns the request's target as it was sent.
fn target(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

/// Returns ways to respond, each with a description. Most of them echo the request or a credential.
fn acts() -> Vec<(&'static str, Act)> {
    vec![
        ("a success", |_| response(200, "", "7")),
        ("an echo in the headers of a success response", |head| {
            response(200, &format!("x-url: {}\r\nset-cookie: sid={SID}\r\n", target(head)), "7")
        }),
        ("an echo of the request", |head| response(400, "", head)),
        ("an echo of the URL in JSON", |head| {
            let body = serde_json::json!({ "message": target(head), "error": PASS });
            response(422, "", &body.to_string())
        }),
        ("an echo of the plain values", |_| {
            let body = serde_json::json!({ "message": [PASS, SID], "error": SID });
            response(400, "", &body.to_string())
        }),
        ("an echo in a different encoding", |head| {
            let twice = target(head).replace('%', "%25");
            let form = target(head).replace("%20", "+").to_lowercase();
            response(403, "", &format!("<a href=\"{twice}\">{form}</a>"))
        }),
        ("an echo in a header", |head| response(500, &format!("x-url: {}\r\n", target(head)), "")),
        ("a value of a different type", |head| {
            response(200, "", &format!("{{{:?}: 1", target(head)))
        }),
        ("an echo that is cut off", |head| {
            let url = target(head);
            format!("HTTP/1.1 400 Bad\r\ncontent-length: 900\r\n\r\n{}", &url[..url.len() - 9])
        }),
        ("a redirect that repeats the query", |head| {
            response(302, &format!("location: https://a.example{}\r\n", target(head)), "")
        }),
        ("a redirect to the same path", |head| {
            response(307, &format!("location: {}\r\n", target(head)), "")
        }),
        ("a redirect with the session as its host", |_| {
            response(302, &format!("location: https://{SID}@{SID}.example/\r\n"), "")
        }),
        ("an invalid status line", |head| format!("HTTP/1.1 {}\r\n\r\n", target(head))),
        ("an invalid header", |head| format!("HTTP/1.1 200 OK\r\n{}\x01: 1\r\n\r\n", target(head))),
        ("an invalid chunk", |head| {
            format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}\r\n", target(head))
        }),
        ("no response", |_| String::new()),
    ]
}

#[test]
fn the_check_finds_a_leak() {
    for text in [
        PASS.to_owned(),
        "/x?api_key=qZ7xW3vK9%26mJ5tR1%2BpL8sD4%20fG6hY2".to_owned(),
        "pl8sd4+fg6hy2".to_owned(),
        format!("sid={SID}"),
    ] {
        assert!(std::panic::catch_unwind(|| check("it", &text)).is_err(), "{text}");
    }
}

#[tokio::test]
async fn no_output_contains_a_credential() {
    let log = recorder::log();
    let (recorder, _guard) = Recorder::start();
    let watching = Arc::new(Watching::default());
    let retries = RetryPolicy::default().base_delay(Duration::ZERO);
    let mut failed = 0;
    for (what, act) in acts() {
        let server = Server::start(act, 3);
        let core = builder(add).observer(watching.clone()).retries(retries);
        let core = core.origin(&server.origin).unwrap().build().unwrap();
        let call = send(&core, &BOTH).query("unit", "K");
        check(what, &format!("{call:?} {call:#?} {core:?} {core:#?}"));
        match call.with_response().await {
            Ok(response) => {
                check_headers(what, &response.headers);
                check(what, &format!("{response:?} {response:#?}"));
            }
            Err(error) => {
                failed += 1;
                check_error(what, &error);
            }
        }
        let seen = server.seen();
        assert!(
            !seen.is_empty()
                && seen.iter().all(|head| head.contains("unit=K&api_key=qZ7xW3vK9%26"))
        );
        assert!(seen.iter().all(|head| head.contains(SID)), "{seen:?}");
    }
    assert_eq!(failed, acts().len() - 2);
    failed_connection(&watching).await;

    let lines = recorder.lines();
    for line in lines.iter().chain(&*watching.0.lock().unwrap()) {
        check("a trace or an observer", line);
    }
    let of = |target: &str| lines.iter().any(|line| line.starts_with(target));
    assert!(of("openapi_keys_runtime") && of("hyper_util"), "the subscriber received nothing");
    assert!(!watching.0.lock().unwrap().is_empty());
    let log = log.lock().unwrap();
    assert!(log.iter().any(|line| line.contains("reqwest")), "the logger received nothing");
    log.iter().for_each(|line| check("a log", line));
}

async fn failed_connection(watching: &Arc<Watching>) {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    for origin in [origin.clone(), origin.replace("http://", "https://")] {
        let core = builder(add).observer(watching.clone()).without_retries();
        let core = core.origin(&origin).unwrap().build().unwrap();
        let error = send(&core, &BOTH).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        check_error("no connection", &error);
    }
}

/// The second host must not receive anything, even though the redirect repeats the query.
#[tokio::test]
async fn no_credential_is_sent_to_another_host_after_a_redirect() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::start(|_| response(200, "", "7"), 1);
        let here = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", here.local_addr().unwrap());
        let location = format!("{}/readings", elsewhere.origin);
        let serving = std::thread::spawn(move || {
            use std::io::{Read as _, Write as _};
            let (mut stream, _) = here.accept().unwrap();
            let mut head = [0; 8192];
            let length = stream.read(&mut head).unwrap();
            let head = str::from_utf8(&head[..length]).unwrap().to_owned();
            let query = target(&head).split_once('?').unwrap().1;
            let location = format!("location: {location}?{query}\r\n");
            stream.write_all(response(status, &location, "").as_bytes()).unwrap();
            head
        });
        let core = builder(add).origin(&origin).unwrap().build().unwrap();
        let error = send(&core, &BOTH).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Redirected(_)), "{error}");
        check_error("a redirect", &error);
        assert!(error.to_string().contains(&elsewhere.origin), "{error}");
        assert!(serving.join().unwrap().contains(SID));
        assert!(elsewhere.seen().is_empty());
    }
}

/// The client redacts the inserted credentials, even though the authenticator's `redact` adds nothing.
#[tokio::test]
async fn an_echoed_credential_is_redacted() {
    let transport = FakeTransport::new();
    let body = format!("bad key {PASS}, bad session {SID}, bad part {}", &PASS[..9]);
    let body = serde_json::json!({ "message": body }).to_string();
    transport.respond(http::Response::builder().status(400).body(body).unwrap());
    let core = builder(add).transport(transport.clone()).build().unwrap();
    let error = send(&core, &BOTH).await.unwrap_err();
    let expected = "bad key [redacted], bad session [redacted], bad part [redacted]";
    assert_eq!(error.messages(), [expected]);
    check("a fake transport", &format!("{transport:?}"));
}
