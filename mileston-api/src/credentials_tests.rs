//! What a request looks like before it is sent, and what is kept of an answer. No network.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use mileston_keys::{BusinessId, CheckoutKey, Credential, Live, NoKey, NormalKey, Test, WalletKey};

use super::*;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::testing::{CREATE, EITHER, FORGET, GET, OPEN, SEND};
use crate::runtime::{Client, Outcome};

const KEY: &str = "Mileston_TEST_golden0123456789abcdef";
const CHECKOUT_KEY: &str = "Mileston_TEST_CHECKOUTKEY_golden0123";
const SECRET: &str = "golden-wallet-secret";

fn normal() -> NormalKey<Test> {
    KEY.parse().unwrap()
}

fn wallet() -> WalletKey<Test> {
    normal().with_wallet_secret(SECRET.parse().unwrap())
}

fn checkout() -> CheckoutKey<Test> {
    CHECKOUT_KEY.parse().unwrap()
}

fn builder<K: Credential>(key: K) -> ClientBuilder<K> {
    let business: BusinessId = "golden-business-id".parse().unwrap();
    ClientBuilder::new(key, (K::KIND != mileston_keys::CredentialKind::None).then_some(business))
}

/// The request as it would be sent.
fn prepared<K: Credential>(
    client: &Client<K>,
    operation: &'static Operation,
    url: &str,
    body: Option<&str>,
) -> Result<HttpRequest, Error> {
    let mut request = HttpRequest::new(operation.method.clone(), Url::parse(url).unwrap());
    *request.body_mut() = body.map(|body| body.to_owned().into());
    prepare(client.shared(), operation, None, &mut request)?;
    Ok(request)
}

#[track_caller]
fn check<K: Credential>(
    key: K,
    operation: &'static Operation,
    body: Option<&str>,
    credentials: [Option<&str>; 3],
    sent_body: Option<&str>,
) {
    let client = builder(key).build().unwrap();
    let request = prepared(&client, operation, "https://thing.example/thing", body).unwrap();
    let names = [credentials::API_KEY, credentials::BUSINESS_ID, SIGNATURE];
    for (name, expected) in names.into_iter().zip(credentials) {
        let value = request.headers().get(&name);
        assert_eq!(value.map(|value| value.to_str().unwrap()), expected, "{name}");
        assert!(value.is_none_or(HeaderValue::is_sensitive), "{name} is not marked as sensitive");
    }
    assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
    assert!(!request.headers().contains_key("api-version"));
    let bytes = request.body().map(|body| body.as_bytes().unwrap());
    assert_eq!(bytes, sent_body.map(str::as_bytes));
}

#[test]
fn an_operation_gets_what_its_security_asks_for() {
    let business = Some("golden-business-id");
    let keyed = [Some(KEY), business, None];
    check(normal(), &CREATE, Some("{\"a\":1}"), keyed, Some("{\"a\":1}"));
    check(normal(), &EITHER, None, keyed, None);
    check(checkout(), &EITHER, None, [Some(CHECKOUT_KEY), business, None], None);
    check(wallet(), &CREATE, Some("{\"a\":1}"), keyed, Some("{\"a\":1}"));
}

#[test]
fn an_open_operation_gets_no_credential_from_any_client() {
    check(NoKey, &OPEN, None, [None; 3], None);
    check(normal(), &OPEN, None, [None; 3], None);
    check(wallet(), &OPEN, None, [None; 3], None);
    check(checkout(), &OPEN, None, [None; 3], None);
}

/// Golden trace `wallet getSubWallet/uuid`: `{}` is sent and signed.
#[test]
fn where_there_is_nothing_to_send_the_vendors_empty_object_is_signed() {
    let signature = "342577520eac2443d28d8f79a2b8d0e1f475739dc38d7e21fbaf9ac1a5d69321";
    let all = [Some(KEY), Some("golden-business-id"), Some(signature)];
    check(wallet(), &SEND, None, all, Some("{}"));
}

#[test]
fn a_field_of_the_call_is_signed_along() {
    let client = builder(wallet()).build().unwrap();
    let mut options = Options::default();
    options.field("note", &"x").unwrap();
    let url = Url::parse("https://thing.example/thing/1").unwrap();
    let mut request = HttpRequest::new(Method::DELETE, url);
    prepare(client.shared(), &SEND, Some(&options), &mut request).unwrap();
    let body = request.body().unwrap().as_bytes().unwrap();
    assert_eq!(body, br#"{"note":"x"}"#);
    let signature = crate::runtime::sign::signature(SECRET, body).unwrap();
    assert_eq!(request.headers()[SIGNATURE], signature.as_str());
}

#[test]
fn only_methods_that_take_a_body_get_an_empty_object_unsigned() {
    let keyed = [Some(KEY), Some("golden-business-id"), None];
    check(normal(), &CREATE, None, keyed, Some("{}"));
    check(normal(), &GET, None, keyed, None);
}

#[test]
fn a_key_leads_nowhere_else() {
    let client = builder(normal()).origin("http://127.0.0.1:4010").unwrap().build().unwrap();
    assert!(prepared(&client, &GET, "http://127.0.0.1:4010/thing/1", None).is_ok());
    for url in ["http://127.0.0.1:4011/thing/1", "https://127.0.0.1:4010/", "https://a.example/"] {
        let error = prepared(&client, &GET, url, None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidOrigin, "{url}");
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse().unwrap();
    let client = builder(key).build().unwrap();
    let error = prepared(&client, &GET, "http://thing.example/thing/1", None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
}

#[test]
fn the_origin_of_a_page_is_sent_if_given() {
    let client = builder(NoKey).browser_origin("https://shop.example/").unwrap().build().unwrap();
    let request = prepared(&client, &OPEN, "https://thing.example/open", None).unwrap();
    assert_eq!(request.headers()[ORIGIN], "https://shop.example");
}

#[test]
fn what_is_kept_of_an_answer_holds_no_secret() {
    let redactor = Redactor::new([KEY, SECRET]);
    let body =
        format!(r#"{{"message":["bad {KEY}","worse"],"error":"{SECRET}","statusCode":400}}"#);
    let kept = answered(StatusCode::BAD_REQUEST, &HeaderMap::new(), body.into_bytes(), &redactor);
    assert_eq!(kept.messages, ["bad [redacted]", "worse"]);
    assert_eq!(kept.vendor_error.as_deref(), Some("[redacted]"));
    let text = String::from_utf8(kept.body).unwrap();
    assert!(!text.contains(KEY) && !text.contains(SECRET), "{text}");
}

#[test]
fn nothing_that_is_shown_of_a_client_holds_a_secret() {
    let client = builder(wallet()).build().unwrap();
    let call = client.call::<()>(&CREATE, |http, base| {
        http.post(base).body("hunter2").build().map_err(crate::runtime::not_built)
    });
    let text = format!("{client:?} {call:?} {:?}", builder(wallet()));
    for secret in ["golden0123", SECRET, "hunter2"] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// The signature is good for a second request, so it is a secret too. This server sends all that it got.
#[tokio::test]
async fn a_signature_that_the_server_echoes_is_redacted() {
    let (origin, server) = serve_once(|request| {
        format!("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n{request}")
    });
    let client = builder(wallet()).origin(&origin).unwrap().build().unwrap();
    let call = client.call::<()>(&SEND, |http, base| {
        http.delete(format!("{base}/thing/1")).build().map_err(crate::runtime::not_built)
    });
    let error = call.await.unwrap_err();
    let request = server.join().unwrap();
    let signature = "342577520eac2443d28d8f79a2b8d0e1f475739dc38d7e21fbaf9ac1a5d69321";
    assert!(request.contains(KEY) && request.contains(signature), "{request}");
    let text = format!("{error} {error:?} {}", String::from_utf8_lossy(error.body().unwrap()));
    assert!(text.contains("x-request-signature: [redacted]"), "{text}");
    assert!(!text.contains(KEY) && !text.contains(signature), "{text}");
}

#[tokio::test]
async fn an_operation_without_an_answer_takes_any_body() {
    for (status, body) in [
        ("200 OK", ""),
        ("200 OK", "<html>"),
        ("200 OK", "{\"cut\":"),
        ("200 OK", "null"),
        ("200 OK", "17"),
        ("202 Accepted", ""),
        ("204 No Content", ""),
    ] {
        let (origin, server) =
            serve_once(move |_| format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\n{body}"));
        let client = builder(NoKey).origin(&origin).unwrap().build().unwrap();
        let call = client.call::<()>(&FORGET, |http, base| {
            http.post(format!("{base}/forget")).build().map_err(crate::runtime::not_built)
        });
        call.await.unwrap();
        assert!(server.join().unwrap().ends_with("\r\n\r\n{}"), "the vendor's empty object");
    }
}

/// Answers the first request, whose body is `{}`, and gives it back.
fn serve_once(
    answer: impl FnOnce(&str) -> String + Send + 'static,
) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n{}") {
            let mut chunk = [0; 4096];
            let read = stream.read(&mut chunk).unwrap();
            assert_ne!(read, 0, "the request ended early");
            request.extend_from_slice(&chunk[..read]);
        }
        let request = String::from_utf8(request).unwrap();
        stream.write_all(answer(&request).as_bytes()).unwrap();
        request
    });
    (origin, server)
}
