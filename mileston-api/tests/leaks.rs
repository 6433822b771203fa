//! Sends a recognisable key and wallet secret through everything that produces text, and checks that no part of either
//! is shown.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "faults/list.rs"]
#[allow(dead_code, reason = "only the table test reads all fields of a fault")]
mod list;
#[path = "leaks/net.rs"]
mod net;
#[path = "leaks/recorder.rs"]
mod recorder;
#[path = "faults/server.rs"]
mod server;
#[path = "leaks/spellings.rs"]
mod spellings;

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use list::{Fault, Place};
use mileston_api::{
    Address, Client, ClientBuilder, Error, NormalKey, RetryPolicy, Test, WalletClient, WalletKey,
    types,
};
use net::{KEY, PRIVATE, PUBLIC, SECRET, check, check_error};
use recorder::Recorder;
use server::{Act, FaultServer, answer};

fn key() -> WalletKey<Test> {
    let key: NormalKey<Test> = KEY.parse().unwrap();
    key.with_wallet_secret(SECRET.parse().unwrap())
}

fn builder() -> ClientBuilder<WalletKey<Test>> {
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    Client::builder(key(), "my-business")
        .unwrap()
        .retries(policy.attempt_timeout(Duration::from_millis(100)))
        .total_timeout(Duration::from_secs(1))
        .max_response_bytes(100_000)
}

fn client(origin: &str) -> WalletClient<Test> {
    builder().origin(origin).unwrap().build().unwrap()
}

#[test]
fn the_search_finds_each_encoding() {
    for text in [
        KEY.to_owned(),
        format!("a {PUBLIC}{} b", &PRIVATE[..1]),
        format!("…{}…", &PRIVATE[5..11]),
        PRIVATE.to_lowercase(),
        format!("{:?}", KEY.as_bytes()),
        format!("{:x?}", KEY.as_bytes()),
        PRIVATE.bytes().map(|byte| format!("{byte:02X}")).collect(),
        format!("{:?}", SECRET),
        SECRET[3..9].to_owned(),
    ]
    .into_iter()
    .chain([KEY, PRIVATE, SECRET].into_iter().flat_map(spellings::all))
    {
        assert!(net::found(&text).is_some(), "{text}");
    }
    assert_eq!(net::found("Mileston_TEST_… and nothing else: 0123456789 abcdefghijklmnop"), None);
}

#[test]
fn debug_output_of_values_contains_no_secret() {
    let client = client("http://127.0.0.1:1");
    let call = || client.payment_links().create("100.00").header("x-a", KEY).body_field("b", KEY);
    for text in [
        format!("{:?} {:#?}", key(), key()),
        format!("{:?} {:#?}", builder(), builder()),
        format!("{client:?} {client:#?} {:?}", client.credential()),
        format!("{:?} {:#?}", call(), call()),
        format!("{:?} {:#?}", call().with_response(), call().with_response()),
        format!("{:?}", client.payment_links()),
        format!("{:?}", client.payment_links().list()),
    ] {
        check("a value", &text);
    }
}

#[tokio::test]
async fn errors_about_invalid_arguments_contain_no_secret() {
    let client = client("http://127.0.0.1:1");
    let call = || client.payment_links().create("100.00");
    for secret in [KEY, SECRET] {
        let mut errors = vec![
            call().header("host", secret).await.unwrap_err(),
            call().header("x-a", &format!("{secret}\r\n")).await.unwrap_err(),
            call().header(&format!("{secret}\r\n"), "x").await.unwrap_err(),
            call().query("", secret).await.unwrap_err(),
            call().body_field("amount", secret).await.unwrap_err(),
            client.payment_links().get("id").body_field(secret, secret).await.unwrap_err(),
        ];
        for origin in [
            format!("https://user:{secret}@host.example"),
            format!("https://host.example/{secret}"),
            format!("http://{secret}"),
            secret.to_owned(),
        ] {
            errors.extend(builder().origin(&origin).err());
            errors.extend(builder().browser_origin(&origin).err());
            errors.extend(client.clone().with_origin(&origin).err());
        }
        assert!(errors.len() > 12, "{}", errors.len());
        for error in errors {
            check_error("an argument", &error);
        }
    }
}

/// The name of an echo, and the function that builds the response from the request.
type Echo = (&'static str, fn(&str) -> Vec<u8>);

/// Returns faults in which a server sends back the key or the whole request. Each fault uses a different part of the
/// response.
fn echoes() -> Vec<Fault> {
    let acts: [Echo; 16] = [
        ("a valid header name", |_| answer(400, &format!("x-{KEY}: 1\r\n"), "")),
        ("the request as the body", |request| answer(500, "", request)),
        ("the request as a message", |request| {
            let body = serde_json::json!({ "message": request, "error": KEY, "statusCode": 400 });
            answer(400, "", body.to_string())
        }),
        ("messages", |request| {
            let body = serde_json::json!({ "message": [KEY, request, PRIVATE], "error": request });
            answer(422, "", body.to_string())
        }),
        ("headers", |_| {
            let headers = format!("x-a: {KEY}\r\nset-cookie: k={KEY}\r\nretry-after: {KEY}\r\n");
            answer(429, &headers, "")
        }),
        ("headers of a success response", |_| answer(200, &format!("x-a: {KEY}\r\n"), "")),
        ("the reason", |_| format!("HTTP/1.1 400 {KEY}\r\ncontent-length: 0\r\n\r\n").into()),
        ("the status line", |_| format!("HTTP/1.1 {KEY}\r\n\r\n").into()),
        ("an invalid header name", |_| {
            format!("HTTP/1.1 200 OK\r\n{KEY}\x01: {KEY}\r\n\r\n").into()
        }),
        ("a chunk size", |_| {
            format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{KEY}\r\n").into()
        }),
        ("a value of the wrong type", |_| answer(200, "", format!(r#"{{"paymentData":"{KEY}"}}"#))),
        ("a field name", |_| {
            answer(
                200,
                "",
                format!(r#"{{"paymentData":{{"{KEY}":1,"paymentLinkId":{{"{KEY}":2}}}}}}"#),
            )
        }),
        ("a body that is cut off inside the key", |_| {
            let body = &KEY[..KEY.len() - 3];
            format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{body}").into()
        }),
        ("an error that is cut off inside the key", |_| {
            answer(502, "", format!("{}{KEY}", "x".repeat(64 * 1024 - 20)))
        }),
        ("a success response that is cut off inside the key", |_| {
            answer(200, "", format!("{}{KEY}", "x".repeat(100_000 - 20)))
        }),
        ("a latin-1 page", |request| {
            let mut page = b"\xe9\xff".to_vec();
            page.extend_from_slice(request.as_bytes());
            answer(200, "", page)
        }),
    ];
    let redirects: [Echo; 4] = [
        ("a redirect with the key in its query", |_| {
            redirect(&format!("https://a.example/?k={KEY}"))
        }),
        ("a redirect with the key in its host", |_| redirect(&format!("https://{KEY}.example/"))),
        ("a redirect with the key as its user", |_| {
            redirect(&format!("https://{KEY}:{KEY}@a.example/"))
        }),
        ("a redirect to the key", |_| redirect(KEY)),
    ];
    acts.into_iter()
        .chain(redirects)
        .map(|(name, echo)| list::fault(name, Act::Echo(echo)))
        .collect()
}

/// Returns faults in which a server sends back an encoded credential in a page, a message, a header or a field name.
fn spelled() -> Vec<Fault> {
    let mut faults = Vec::new();
    for text in [KEY, PRIVATE, SECRET].into_iter().flat_map(spellings::all) {
        let name: &'static str = format!("the encoding {text}").leak();
        let body = serde_json::json!({ "message": [text, text], "error": text, "statusCode": 400 });
        let mut acts = vec![
            answer(400, "content-type: text/html\r\n", format!("<p>You sent {text}.</p>")),
            answer(400, "", body.to_string()),
            answer(200, "", format!("You sent {text}.")),
            answer(200, "", serde_json::json!({ "paymentData": { &text: 1 } }).to_string()),
        ];
        if text.is_ascii() {
            acts.push(answer(400, &format!("x-a: {text}\r\n"), ""));
        }
        faults.extend(acts.into_iter().map(|act| list::fault(name, Act::Answer(act))));
    }
    faults
}

#[tokio::test]
async fn no_encoding_of_a_credential_is_shown() {
    let client = client("http://127.0.0.1:1");
    let faults = spelled();
    assert!(faults.len() > 300, "{}", faults.len());
    for fault in faults {
        let server = FaultServer::start((fault.acts)("")).await;
        let client = client.clone().with_origin(&server.origin).unwrap();
        let error = client.payment_links().get("id").await.unwrap_err();
        check_error(fault.name, &error);
    }
}

fn redirect(location: &str) -> Vec<u8> {
    answer(307, &format!("location: {location}\r\n"), "")
}

#[tokio::test]
async fn no_fault_reveals_a_credential() {
    let log = net::log();
    let (recorder, _guard) = Recorder::start();
    let mut errors = 0;
    let client = client("http://127.0.0.1:1");
    for fault in list::faults().into_iter().chain(echoes()) {
        errors += check_fault(&client, &fault).await;
    }
    assert!(errors > 220, "{errors}");
    let lines = recorder.lines();
    for line in &lines {
        check("tracing", &format!("{line:?}"));
    }
    let of = |target: &str| lines.iter().any(|line| line.target.starts_with(target));
    assert!(of("openapi_keys_runtime") && of("hyper_util"), "the subscriber must record something");
    let log = log.lock().unwrap();
    assert!(log.iter().any(|line| line.contains("reqwest")), "the logger must record something");
    for line in log.iter() {
        check("log", line);
    }
}

/// Sends a read, a write and a signed write, and returns how many of them failed.
async fn check_fault(client: &WalletClient<Test>, fault: &Fault) -> usize {
    let server = FaultServer::start((fault.acts)("https://elsewhere.example")).await;
    let nobody = server::nobody();
    let origin = match fault.place {
        Place::Tls => server.origin.replace("http://", "https://"),
        Place::Server => server.origin.clone(),
        Place::Nowhere => format!("http://{}", nobody.local_addr().unwrap()),
    };
    let client = client.clone().with_origin(&origin).unwrap();
    let write = client.payment_links().create("100.00");
    let read = client.payment_links().get("id").with_response();
    let recipient = Address::unchecked("nobody");
    let signed = client.wallets().send_payment("1.00", recipient, types::WalletType::Eth);
    let (read, write) = tokio::join!(read, write.with_response());
    let signed = signed.with_response().await;
    let errors = [read.err(), write.err(), signed.err()];
    let errors: Vec<Error> = errors.into_iter().flatten().collect();
    for error in &errors {
        check_error(fault.name, error);
    }
    let seen = server.seen().concat();
    assert!(!seen.contains(SECRET), "the wallet secret must not be sent: {}", fault.name);
    if fault.name.contains("after the request") {
        assert!(seen.contains(KEY), "the key must be sent, or the test proves nothing: {seen}");
        assert!(seen.contains("x-request-signature: "), "the request must be signed: {seen}");
    }
    errors.len()
}

#[tokio::test]
async fn a_panic_shows_no_credential() {
    let server = FaultServer::start(vec![Act::Echo(|request| answer(500, "", request))]).await;
    let client = client(&server.origin);
    let error = client.payment_links().get("id").await.unwrap_err();
    let call = client.payment_links().get("id");
    let said = panics(vec![
        unwrapping(error),
        unwrapping(call),
        unwrapping(key()),
        unwrapping(builder()),
        unwrapping(client),
    ]);
    assert_eq!(said.len(), 5);
    for text in said {
        check("a panic", &text);
    }
}

/// Returns a function that calls `unwrap` on an error that contains the value.
fn unwrapping(value: impl Debug + 'static) -> Box<dyn FnOnce()> {
    Box::new(|| failed(value).unwrap())
}

fn failed<T>(value: T) -> Result<(), T> {
    Err(value)
}

/// Returns the messages of the panics that these functions cause.
fn panics(causes: Vec<Box<dyn FnOnce()>>) -> Vec<String> {
    let said = Arc::new(Mutex::new(Vec::new()));
    let hook = std::panic::take_hook();
    let this = std::thread::current().id();
    let heard = said.clone();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == this {
            heard.lock().unwrap().push(info.to_string());
        } else {
            hook(info);
        }
    }));
    for cause in causes {
        catch_unwind(AssertUnwindSafe(cause)).unwrap_err();
    }
    said.lock().unwrap().clone()
}
