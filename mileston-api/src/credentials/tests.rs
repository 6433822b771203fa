//! Checks which headers are sent with a request, depending on the operation and on the client's credential, without a
//! network.

use mileston_keys::{CheckoutKey, Live, NoKey, NormalKey, Test, WalletKey};
use openapi_keys_runtime::generated::{RequestBuilder, call};
use openapi_keys_runtime::{Bytes, Call, ErrorKind, FakeTransport, Operation, Outcome, http};

use super::*;
use crate::catalogue::{
    CREATE_PAYMENT_LINK, DELETE_SUBWALLET, FETCH_INVOICE, GET_PAYMENT_LINK, GET_STATUS,
    GET_SUBWALLET, OPERATIONS, SECURITY_SCHEMES,
};
use crate::{Client, ClientBuilder};

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
    let business = (K::KIND != CredentialKind::None).then_some(business);
    ClientBuilder::around(Held::new(key, business))
}

/// Creates a call to an operation, without arguments.
fn request<K: Credential>(
    client: &Client<K>,
    operation: &'static Operation,
    body: Option<&'static str>,
) -> Call<serde_json::Value> {
    call(&client.core, operation, |base| {
        let mut request =
            RequestBuilder::new(operation.method.clone(), base).path("/x").finish()?;
        request.set_body(body.unwrap_or_default());
        Ok(request)
    })
}

/// Returns the request that the transport receives.
async fn sent<K: Credential>(
    key: K,
    operation: &'static Operation,
    body: Option<&'static str>,
) -> http::Request<Bytes> {
    let transport = FakeTransport::new();
    let client = builder(key).transport(transport.clone()).without_retries().build().unwrap();
    request(&client, operation, body).await.unwrap_err();
    transport.requests().remove(0)
}

async fn check<K: Credential>(
    key: K,
    operation: &'static Operation,
    body: Option<&'static str>,
    credentials: [Option<&str>; 3],
    sent_body: &str,
) {
    let request = sent(key, operation, body).await;
    for (name, expected) in [API_KEY, BUSINESS_ID, SIGNATURE].into_iter().zip(credentials) {
        let value = request.headers().get(&name);
        assert_eq!(value.map(|value| value.to_str().unwrap()), expected, "{name}");
        assert!(
            value.is_none_or(HeaderValue::is_sensitive),
            "`{name}` must be marked as sensitive"
        );
    }
    assert_eq!(request.headers()["content-type"], "application/json");
    assert!(!request.headers().contains_key("api-version"));
    assert_eq!(request.body(), sent_body);
}

#[tokio::test]
async fn an_operation_gets_the_credentials_that_its_security_requires() {
    let business = Some("golden-business-id");
    let keyed = [Some(KEY), business, None];
    check(normal(), &CREATE_PAYMENT_LINK, Some("{\"a\":1}"), keyed, "{\"a\":1}").await;
    check(normal(), &GET_PAYMENT_LINK, None, keyed, "").await;
    check(checkout(), &FETCH_INVOICE, None, [Some(CHECKOUT_KEY), business, None], "").await;
    check(wallet(), &CREATE_PAYMENT_LINK, Some("{\"a\":1}"), keyed, "{\"a\":1}").await;
}

#[tokio::test]
async fn no_client_sends_a_credential_to_an_open_operation() {
    check(NoKey, &GET_STATUS, None, [None; 3], "").await;
    check(normal(), &GET_STATUS, None, [None; 3], "").await;
    check(wallet(), &GET_STATUS, None, [None; 3], "").await;
    check(checkout(), &GET_STATUS, None, [None; 3], "").await;
}

/// In the golden trace `wallet getSubWallet/uuid`, `{}` is sent and signed.
#[tokio::test]
async fn an_empty_object_is_signed_if_there_is_no_body_as_in_the_vendors_sdk() {
    let signature = "342577520eac2443d28d8f79a2b8d0e1f475739dc38d7e21fbaf9ac1a5d69321";
    let all = [Some(KEY), Some("golden-business-id"), Some(signature)];
    check(wallet(), &GET_SUBWALLET, None, all, "{}").await;
    check(wallet(), &DELETE_SUBWALLET, None, all, "{}").await;
}

#[tokio::test]
async fn a_field_that_the_call_adds_is_signed() {
    let transport = FakeTransport::new();
    let client = builder(wallet()).transport(transport.clone()).build().unwrap();
    let call = request(&client, &DELETE_SUBWALLET, None).body_field("note", "x");
    call.without_retries().await.unwrap_err();
    let request = transport.requests().remove(0);
    assert_eq!(request.body(), r#"{"note":"x"}"#);
    let signature = sign::signature(SECRET, request.body()).unwrap();
    assert_eq!(request.headers()[SIGNATURE], signature.as_str());
}

#[tokio::test]
async fn an_unsigned_request_gets_an_empty_object_only_if_its_method_takes_a_body() {
    let keyed = [Some(KEY), Some("golden-business-id"), None];
    check(normal(), &CREATE_PAYMENT_LINK, None, keyed, "{}").await;
    check(normal(), &GET_PAYMENT_LINK, None, keyed, "").await;
}

/// Calls an operation without the trait bounds that usually prevent this mistake at compile time.
#[tokio::test]
async fn a_missing_credential_is_an_error_and_nothing_is_sent() {
    let transport = FakeTransport::new();
    let client = builder(checkout()).transport(transport.clone()).build().unwrap();
    let error = request(&client, &CREATE_PAYMENT_LINK, None).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::MissingCredential, 0));
    assert!(
        error.to_string().contains("the operation requires businessId and normalKey"),
        "{error}"
    );
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn a_key_is_sent_only_to_its_clients_origin() {
    async fn refused<K: Credential>(client: &Client<K>, url: &'static str) -> Option<ErrorKind> {
        let call: Call<serde_json::Value> = call(&client.core, &GET_PAYMENT_LINK, |_| {
            RequestBuilder::new(http::Method::GET, url).finish()
        });
        let error = call.without_retries().await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotSent);
        Some(error.kind()).filter(|kind| *kind == ErrorKind::InvalidOrigin)
    }
    let builder_at = || builder(normal()).transport(FakeTransport::new());
    let client = builder_at().origin("http://127.0.0.1:4010").unwrap().build().unwrap();
    assert_eq!(refused(&client, "http://127.0.0.1:4010/thing/1").await, None);
    for url in ["http://127.0.0.1:4011/thing/1", "https://127.0.0.1:4010/", "https://a.example/"] {
        assert!(refused(&client, url).await.is_some(), "{url}");
    }
    let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse().unwrap();
    let client = builder(key).transport(FakeTransport::new()).build().unwrap();
    assert!(refused(&client, "http://thing.example/thing/1").await.is_some());
}

#[tokio::test]
async fn the_origin_of_a_page_is_sent_if_it_is_set() {
    let transport = FakeTransport::new();
    let builder = builder(NoKey).browser_origin("https://shop.example/").unwrap();
    let client = builder.transport(transport.clone()).without_retries().build().unwrap();
    request(&client, &GET_STATUS, None).await.unwrap_err();
    assert_eq!(transport.requests()[0].headers()["origin"], "https://shop.example");
}

#[test]
fn debug_output_contains_no_secret() {
    let client = builder(wallet()).build().unwrap();
    let call = request(&client, &CREATE_PAYMENT_LINK, Some("hunter2"));
    let text = format!("{client:?} {call:?} {:?}", builder(wallet()));
    for secret in ["golden0123", SECRET, "hunter2"] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// A signature can be used again for the same body, so it is a secret.
#[tokio::test]
async fn a_signature_that_the_server_echoes_is_redacted() {
    let signature = "342577520eac2443d28d8f79a2b8d0e1f475739dc38d7e21fbaf9ac1a5d69321";
    let transport = FakeTransport::new();
    let echo = format!("{API_KEY}: {KEY}\r\n{SIGNATURE}: {signature}");
    transport.respond(http::Response::builder().status(400).body(echo).unwrap());
    let client = builder(wallet()).transport(transport.clone()).build().unwrap();
    let error = request(&client, &GET_SUBWALLET, None).await.unwrap_err();
    assert_eq!(transport.requests()[0].headers()[SIGNATURE], signature);
    let text = format!("{error} {error:?} {}", String::from_utf8_lossy(error.body().unwrap()));
    assert!(text.contains("x-request-signature: [redacted]"), "{text}");
    assert!(!text.contains(KEY) && !text.contains(signature), "{text}");
}

/// `satisfied` and `add_to` list the schemes by name, so a new scheme in the OpenAPI document must be added to both.
#[test]
fn every_requirement_of_the_document_can_be_met() {
    use CredentialKind::{Checkout, Normal, Wallet};
    for operation in OPERATIONS {
        for requirement in operation.security {
            let met = |kind| requirement.names().all(|name| satisfied(kind).contains(&name));
            assert!(
                [Checkout, Normal, Wallet].into_iter().any(met),
                "{}: {requirement}",
                operation.id
            );
        }
    }
}

#[test]
fn the_document_has_the_same_headers() {
    for (scheme, header) in [
        ("businessId", BUSINESS_ID),
        ("checkoutKey", API_KEY),
        ("normalKey", API_KEY),
        (SIGNATURE_SCHEME, SIGNATURE),
    ] {
        let found = SECURITY_SCHEMES.iter().find(|found| found.name == scheme).unwrap();
        assert_eq!(found.header(), Some(header.as_str()), "{scheme}");
    }
    assert_eq!(SECURITY_SCHEMES.len(), 4);
}
