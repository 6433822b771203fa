//! Checks that a test key can be sent over plain http to one named host, and that redirects don't send it anywhere
//! else.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "faults/server.rs"]
mod server;

use std::net::SocketAddr;

use mileston_api::{
    CheckoutKey, Client, Credential, ErrorKind, Live, NoKey, NormalKey, PlainHttp, Test, WalletKey,
};
use server::{Act, FaultServer, answer, json};

const LINK: &str = r#"{"statusCode":200,"paymentData":{"paymentLinkId":"id-1"}}"#;

fn normal() -> NormalKey<Test> {
    "Mileston_TEST_fake0123".parse().unwrap()
}

/// Returns a client for the host name `sandbox`, which resolves to the server.
fn client_of(server: &FaultServer) -> Client<NormalKey<Test>> {
    let address: SocketAddr = server.origin.strip_prefix("http://").unwrap().parse().unwrap();
    let builder = Client::builder(normal(), "my-business").unwrap();
    let builder = builder.configure_http(move |http| http.resolve("sandbox", address));
    let origin = format!("http://sandbox:{}", address.port());
    let error = builder.clone().origin(&origin).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
    assert!(error.to_string().contains("call `with_plain_http_origin`"), "{error}");
    builder.plain_http_origin(&origin).unwrap().build().unwrap()
}

#[tokio::test]
async fn a_test_key_reaches_a_named_host_over_plain_http() {
    let server = FaultServer::start([json(200, LINK)]).await;
    client_of(&server).payment_links().get("id-1").await.unwrap();
    let request = &server.seen()[0];
    assert!(request.contains("\r\nhost: sandbox:"), "{request}");
    assert!(request.contains("\r\napikey: Mileston_TEST_fake0123\r\n"), "{request}");
}

#[tokio::test]
async fn a_redirect_does_not_send_the_key_elsewhere() {
    let elsewhere = FaultServer::start([json(200, LINK)]).await;
    let location = format!("location: {}/payment-link/id-1\r\n", elsewhere.origin);
    let server = FaultServer::start([Act::Answer(answer(307, &location, ""))]).await;
    let error = client_of(&server).payment_links().get("id-1").await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Redirected(_)), "{error}");
    assert!(elsewhere.seen().is_empty());
}

#[test]
fn every_test_key_may_be_sent_over_plain_http() {
    fn check<K: PlainHttp>(client: Client<K>) {
        let client = client.with_plain_http_origin("http://sandbox:7357/").unwrap();
        assert_eq!(client.origin(), Some("http://sandbox:7357"));
        for text in ["http://sandbox/path", "http://user:hunter2@sandbox", "ftp://sandbox", ""] {
            let error = client.clone().with_plain_http_origin(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
    let checkout: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let wallet: WalletKey<Test> = normal().with_wallet_secret("fake-secret".parse().unwrap());
    check(Client::new(normal(), "b").unwrap());
    check(Client::new(checkout, "b").unwrap());
    check(Client::new(wallet, "b").unwrap());
    check::<NoKey>(Client::without_key().unwrap());
}

#[test]
fn a_live_key_is_never_sent_over_plain_http() {
    fn check<K: Credential>(client: Client<K>) {
        for text in ["http://sandbox:7357", "http://127.0.0.1:7357"] {
            for outcome in [client.clone().with_origin(text), client.clone().send_live_key_to(text)]
            {
                let said = outcome.unwrap_err().to_string();
                assert!(said.contains("a live key is never sent over plain http"), "{said}");
            }
        }
    }
    let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse().unwrap();
    let checkout: CheckoutKey<Live> = "Mileston_LIVE_CHECKOUTKEY_fake0123".parse().unwrap();
    check(Client::new(key.clone(), "b").unwrap());
    check(Client::new(checkout, "b").unwrap());
    check(Client::new(key.with_wallet_secret("fake-secret".parse().unwrap()), "b").unwrap());
}

#[test]
fn an_unset_variable_is_named() {
    let client = Client::new(normal(), "b").unwrap();
    for outcome in [
        client.clone().with_origin_from_env("MILESTON_NOT_SET"),
        client.with_plain_http_origin_from_env("MILESTON_NOT_SET"),
    ] {
        let said = outcome.unwrap_err().to_string();
        assert!(said.starts_with("environment variable `MILESTON_NOT_SET` isn't set"), "{said}");
    }
}
