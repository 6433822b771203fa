//! Checks that the user's own settings for the HTTP client are used, but can't make the client leak a key or send a
//! write twice.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

mod server;

use std::time::{Duration, Instant};

use mileston_api::reqwest::{ClientBuilder as Http, Proxy, header, redirect, retry};
use mileston_api::{Client, ClientBuilder, ErrorKind, NormalClient, NormalKey, StatusCode, Test};
use server::{Server, json};

const LINK: &str = r#"{"paymentData":{"paymentLinkId":"id-1"}}"#;

fn builder(origin: &str) -> ClientBuilder<NormalKey<Test>> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    Client::builder(key, "my-business").unwrap().origin(origin).unwrap().without_retries()
}

fn client(
    origin: &str,
    configure: impl Fn(Http) -> Http + Send + Sync + 'static,
) -> NormalClient<Test> {
    builder(origin).configure_http(configure).build().unwrap()
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let elsewhere = Server::answering(json("200 OK", LINK)).await;
    for status in [301, 302, 303, 307, 308] {
        let target = &elsewhere.origin;
        let answer =
            format!("HTTP/1.1 {status} Moved\r\nlocation: {target}/x\r\ncontent-length: 0\r\n\r\n");
        let server = Server::answering(answer).await;
        let client = client(&server.origin, |http| http.redirect(redirect::Policy::limited(10)));
        let error = client.payment_links().get("id").await.unwrap_err();
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(error.kind(), ErrorKind::Redirected(Some(status)), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
    assert!(elsewhere.seen().is_empty(), "{:?}", elsewhere.seen());
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    let server = Server::answering(json("500 Internal Server Error", "{}")).await;
    let client = client(&server.origin, |http| {
        let again = retry::for_host("127.0.0.1").no_budget().max_retries_per_request(3);
        http.retry(again.classify_fn(|answer| answer.retryable()))
    });
    let error = client.payment_links().create("100.00").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed(StatusCode::INTERNAL_SERVER_ERROR));
    assert_eq!(server.seen().len(), 1, "{:?}", server.seen());
}

#[tokio::test]
async fn the_builders_timeout_applies() {
    let server = Server::stalling_after("").await;
    let hour = Duration::from_secs(3600);
    let client = builder(&server.origin)
        .total_timeout(Duration::from_millis(200))
        .configure_http(move |http| http.timeout(hour).connect_timeout(hour))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.payment_links().get("id").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_proxy_is_used() {
    let proxy = Server::answering(json("200 OK", LINK)).await;
    let address = proxy.origin.clone();
    let client =
        client("http://127.0.0.1:1", move |http| http.proxy(Proxy::all(&address).unwrap()));
    let link = client.payment_links().get("id").await.unwrap();
    assert_eq!(link.payment_data.unwrap().payment_link_id, "id-1");
    let seen = proxy.seen();
    assert!(seen[0].starts_with("GET http://127.0.0.1:1/payment-link/id HTTP/1.1\r\n"), "{seen:?}");
}

#[tokio::test]
async fn a_host_name_is_resolved_as_configured() {
    let server = Server::answering(json("200 OK", LINK)).await;
    let origin = server.origin.replace("127.0.0.1", "localhost");
    let resolving = |address: [u8; 4]| {
        client(&origin, move |http| http.resolve("localhost", (address, 0).into()))
    };
    resolving([127, 0, 0, 1]).payment_links().get("id").await.unwrap();
    // Nothing listens at this address.
    let error = resolving([127, 0, 0, 2]).payment_links().get("id").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn credentials_and_user_agent_cannot_be_replaced() {
    let server = Server::answering(json("200 OK", LINK)).await;
    let client = client(&server.origin, |http| {
        let mut headers = header::HeaderMap::new();
        headers.insert("apikey", "another".parse().unwrap());
        headers.insert("content-type", "text/plain".parse().unwrap());
        headers.insert("x-gateway", "eu".parse().unwrap());
        http.user_agent("another").default_headers(headers)
    });
    client.payment_links().get("id").await.unwrap();
    let seen = server.seen().remove(0);
    assert!(!seen.contains("another") && !seen.contains("text/plain"), "{seen}");
    assert!(seen.contains("apikey: Mileston_TEST_fake0123\r\n"), "{seen}");
    assert!(seen.contains("user-agent: mileston-rs/"), "{seen}");
    assert!(seen.contains("x-gateway: eu\r\n"), "the user's other headers must be sent: {seen}");
}

#[test]
fn an_invalid_setting_is_an_error() {
    let nonsense = |http: Http| http.user_agent("\n");
    // The client doesn't use this user agent, but reqwest still reports that it is invalid.
    let error = builder("http://127.0.0.1:1").configure_http(nonsense).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setup);
    assert_eq!(
        error.to_string(),
        "the HTTP client can't be set up with the settings from `configure_http`; check them"
    );
}

#[test]
fn debug_shows_that_there_are_settings_but_not_their_values() {
    let proxied = builder("http://127.0.0.1:1")
        .configure_http(|http| http.proxy(Proxy::all("http://user:hunter2@127.0.0.1:2").unwrap()));
    let text = format!("{proxied:?} {:?}", proxied.clone().build().unwrap());
    assert_eq!(text.matches("configured_http: true").count(), 2, "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

/// This test runs only with `--no-default-features`.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn a_client_without_tls_names_the_feature_for_https_and_allows_plain_http() {
    let server = Server::answering(json("200 OK", LINK)).await;
    let client = builder(&server.origin).build().unwrap();
    client.payment_links().get("id").await.unwrap();
    for error in [
        Client::without_key().unwrap_err(),
        builder("https://sandbox.example").build().unwrap_err(),
        client.with_origin("https://sandbox.example").unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Setup);
        assert_eq!(
            error.to_string(),
            "https needs TLS, and mileston-api was built without it; enable its `rustls` or \
            `native-tls` feature"
        );
    }
}

/// As docs/security.md says, a TLS configuration that the user sets replaces the default one. reqwest doesn't recognise
/// the configuration in this test and reports an error, which shows that the configuration was used.
#[cfg(feature = "rustls")]
#[test]
fn the_users_own_tls_configuration_is_used() {
    let none = |http: Http| http.tls_backend_preconfigured("not a TLS configuration");
    let error = builder("https://127.0.0.1:1").configure_http(none).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setup);
}
