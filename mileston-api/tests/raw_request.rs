//! Checks that requests to endpoints that aren't in the OpenAPI document are sent like other calls, and never to a
//! server that must not receive the key.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[allow(dead_code, reason = "shared with tests that use the other parts")]
mod server;

use mileston_api::raw::{Checkout, Normal, Open, RawOperation, Wallet};
use mileston_api::{
    BusinessId, CheckoutKey, Client, ErrorKind, NormalKey, Outcome, StatusCode, Test, WalletKey,
};
use serde_json::{Value, json};
use server::{Server, json as answer};

const SERVER: &str = "https://payment-service.mileston.co";

static READ: RawOperation<Normal> = RawOperation::get("readThing", SERVER, "/thing/{id}");
static WRITE: RawOperation<Normal> = RawOperation::post("writeThing", SERVER, "/thing/write");
static SHOW: RawOperation<Checkout> = RawOperation::get("showThing", SERVER, "/thing/show");
static SIGN: RawOperation<Wallet> = RawOperation::post("signThing", SERVER, "/thing/sign");
static PING: RawOperation<Open> = RawOperation::get("pingThing", SERVER, "/ping");
static TOUCH: RawOperation<Normal> =
    RawOperation::post("touchThing", SERVER, "/thing/touch").without_response();
static UNSIGNED: RawOperation<Normal> =
    RawOperation::post("unsigned", "https://user-service.mileston.co", "/user/send-payment");
static SIGNED: RawOperation<Wallet> =
    RawOperation::post("signed", "https://user-service.mileston.co", "/user/send-payment");
static BACKEND: RawOperation<Checkout> =
    RawOperation::post("backend", SERVER, "/Payment-Link/create");
static FILLED: RawOperation<Open> = RawOperation::get("filled", SERVER, "/{folder}/id-1");
static ELSEWHERE: RawOperation<Normal> =
    RawOperation::get("elsewhere", "https://payment-service.mileston.co.example", "/x");
static ABOVE: RawOperation<Normal> = RawOperation::get("above", SERVER, "/a/../b");

fn business() -> BusinessId {
    "my-business".parse().unwrap()
}

fn normal(origin: &str) -> Client<NormalKey<Test>> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    Client::builder(key, business()).unwrap().origin(origin).unwrap().build().unwrap()
}

fn wallet(origin: &str) -> Client<WalletKey<Test>> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key = key.with_wallet_secret("fake-secret".parse().unwrap());
    Client::builder(key, business()).unwrap().origin(origin).unwrap().build().unwrap()
}

#[tokio::test]
async fn the_scope_decides_which_credentials_are_sent() {
    let server = Server::answering(answer("200 OK", r#"{"ok":true}"#)).await;
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let checkout =
        Client::builder(key, business()).unwrap().origin(&server.origin).unwrap().build().unwrap();
    let (normal, wallet) = (normal(&server.origin), wallet(&server.origin));
    let body = json!({"a": "x", "b": 1});
    for call in [
        normal.raw(&READ).path("id", "a b").call::<Value>().query("page", 2),
        normal.raw(&WRITE).json(&body).call(),
        checkout.raw(&SHOW).call(),
        wallet.raw(&SIGN).json(&body).call(),
        wallet.raw(&PING).call(),
        normal.raw(&WRITE).call(),
    ] {
        assert_eq!(call.await.unwrap(), json!({"ok": true}));
    }
    let seen = server.seen();
    for (request, start, key, signed, end) in [
        (
            &seen[0],
            "GET /thing/a%20b?page=2 HTTP/1.1\r\n",
            Some("Mileston_TEST_fake0123"),
            false,
            "",
        ),
        (
            &seen[1],
            "POST /thing/write HTTP/1.1\r\n",
            Some("Mileston_TEST_fake0123"),
            false,
            r#"{"a":"x","b":1}"#,
        ),
        (
            &seen[2],
            "GET /thing/show HTTP/1.1\r\n",
            Some("Mileston_TEST_CHECKOUTKEY_fake0123"),
            false,
            "",
        ),
        (
            &seen[3],
            "POST /thing/sign HTTP/1.1\r\n",
            Some("Mileston_TEST_fake0123"),
            true,
            r#"{"a":"x","b":1}"#,
        ),
        (&seen[4], "GET /ping HTTP/1.1\r\n", None, false, ""),
        (&seen[5], "POST /thing/write HTTP/1.1\r\n", Some("Mileston_TEST_fake0123"), false, "{}"),
    ] {
        assert!(request.starts_with(start), "{request}");
        assert!(request.ends_with(&format!("\r\n\r\n{end}")), "{request}");
        assert_eq!(request.contains("x-request-signature: "), signed, "{request}");
        assert_eq!(request.contains("businessid: my-business\r\n"), key.is_some(), "{request}");
        match key {
            Some(key) => assert!(request.contains(&format!("apikey: {key}\r\n")), "{request}"),
            None => assert!(!request.contains("apikey"), "{request}"),
        }
    }
}

#[tokio::test]
async fn a_read_is_retried_and_a_write_is_not() {
    let server = Server::answering(answer("503 Service Unavailable", "{}")).await;
    let client = normal(&server.origin);
    let failed = ErrorKind::Failed(StatusCode::SERVICE_UNAVAILABLE);
    let error = client.raw(&WRITE).call::<Value>().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (failed, Outcome::Unknown, 1));
    assert!(error.to_string().starts_with("writeThing (POST http://127.0.0.1:"), "{error}");
    let error = client.raw(&READ).path("id", "hunter2").call::<Value>().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (failed, Outcome::Refused, 3));
    assert!(error.to_string().contains("/thing/{id})"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_declared_empty_response_is_not_read() {
    let server = Server::answering("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
    let client = normal(&server.origin);
    client.raw(&TOUCH).call::<()>().await.unwrap();
    let error = client.raw(&WRITE).call::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::EmptyBody);
}

#[tokio::test]
async fn an_invalid_operation_is_not_sent() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    let client = normal(&server.origin);
    for (call, kind, text) in [
        (
            client.raw(&ELSEWHERE).call::<Value>(),
            ErrorKind::InvalidOrigin,
            "the server of the raw operation is not one of those in `catalogue::OPERATIONS`; nothing was sent",
        ),
        (
            client.raw(&ABOVE).call(),
            ErrorKind::InvalidArgument,
            "the path of the raw operation is invalid: it must begin with `/`, each segment must \
            be `{name}` or consist \
             of letters, digits, `-`, `.`, `_` and `~`, and no segment may be empty, `.` or `..`; nothing was sent",
        ),
        (
            client.raw(&READ).call(),
            ErrorKind::InvalidArgument,
            "each `{name}` in the path of the raw operation needs exactly one value; nothing was sent",
        ),
        (
            client.raw(&READ).path("id", 1).json(&1).call(),
            ErrorKind::InvalidArgument,
            "a raw read operation can't have a body; nothing was sent",
        ),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotSent), "{error}");
        assert!(error.to_string().ends_with(&format!("): {text}")), "{error}");
    }
    assert!(server.seen().is_empty(), "{:?}", server.seen());
}

/// The scopes of endpoints in the OpenAPI document also apply to raw calls.
#[tokio::test]
async fn an_endpoint_in_the_document_requires_its_own_scope() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let frontend =
        Client::builder(key, business()).unwrap().origin(&server.origin).unwrap().build().unwrap();
    let payment = "payment_links().create` with the scope `Normal";
    let get = "payment_links().get` with the scope `Normal";
    let send = "wallets().send_payment` with the scope `Wallet";
    let normal = normal(&server.origin);
    for (request, id, expected) in [
        (normal.raw(&UNSIGNED).call::<Value>(), "unsigned (POST", send),
        (frontend.raw(&BACKEND).call(), "backend (POST", payment),
        (normal.raw(&FILLED).path("folder", "payment-link").call(), "filled (GET", get),
    ] {
        let path = request.operation().path;
        let error = request.await.unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
        let expected = format!(
            "{id} {}{path}): the OpenAPI document lists this endpoint as `{expected}`; use that operation; nothing was sent",
            server.origin
        );
        assert_eq!(error.to_string(), expected);
    }
    assert!(server.seen().is_empty(), "{:?}", server.seen());
    let _: Value = wallet(&server.origin).raw(&SIGNED).call().await.unwrap();
    assert_eq!(server.seen().len(), 1);
}

/// A custom origin serves all services, so the declared server doesn't determine which service a path reaches.
#[tokio::test]
async fn a_client_with_an_origin_cannot_reach_another_service() {
    static SEND: RawOperation<Normal> = RawOperation::post("send", SERVER, "/user/send-payment");
    static SAVE: RawOperation<Normal> =
        RawOperation::post("save", SERVER, "/checkout/save-payment/invoice.save");
    static LINK: RawOperation<Checkout> =
        RawOperation::get("link", "https://user-service.mileston.co", "/payment-link/{id}");
    let server = Server::answering(answer("200 OK", "{}")).await;
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let frontend =
        Client::builder(key, business()).unwrap().origin(&server.origin).unwrap().build().unwrap();
    let normal = normal(&server.origin);
    for (call, expected) in [
        (normal.raw(&SEND).call::<Value>(), "wallets().send_payment"),
        (normal.raw(&SAVE).call(), "checkout().save_invoice_payment"),
        (frontend.raw(&LINK).path("id", 7).call(), "payment_links().get"),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert!(server.seen().is_empty(), "{:?}", server.seen());
}

/// Servers and proxies decode, resolve and truncate paths in different ways.
#[tokio::test]
async fn a_value_that_a_server_could_read_as_several_segments_is_rejected() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    let client = normal(&server.origin);
    for value in [
        "",
        " ",
        ".",
        "..",
        " ..",
        "..;",
        "..;a",
        ";a",
        "a/b",
        "/",
        "../x",
        "a\\b",
        "a?b",
        "a#b",
        "%2F",
        "%2f",
        "a%2fb",
        "%252F",
        "%5C",
        "%2e%2e",
        "%u002f",
        "%c0%af",
        "%3F",
        "a%0d%0a",
        "a%41",
        "a\nb",
        "a\0",
        "a\u{7f}",
        "a\u{85}",
        "a\u{ff0f}b",
        "a\u{2215}b",
        "a\u{2044}b",
        "a\u{ff3c}b",
        "\u{ff0e}\u{ff0e}",
        "\u{2025}",
        "a\u{ff1f}b",
        "a\u{ff03}b",
        "a\u{ff05}2f",
        "a\u{202e}b",
        "a\u{200b}b",
    ] {
        let error = client.raw(&READ).path("id", value).call::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{value:?}");
        assert!(error.to_string().contains("`id`"), "{error}");
    }
    for value in ["...", "a.b", "50%", "100%zz", "a;b", "a b", "é", "a@b:c", "a&b=c+d"] {
        let _: Value = client.raw(&READ).path("id", value).call().await.unwrap();
    }
    assert_eq!(server.seen().len(), 9);
}
