//! Checks that `{:?}` of this crate's errors prints the message and the causes, and that a converted error keeps its
//! source.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "../../mileston-keys/tests/errors/rules.rs"]
mod rules;

use std::error::Error as _;

use mileston_api::blocking::{InsideRuntime, Runtime};
use mileston_api::frontend::Settings;
use mileston_api::keys::KeyError;
use mileston_api::operations::Service;
use mileston_api::runtime::token::TokenSource;
use mileston_api::runtime::{OriginRefused, TransportError, TransportErrorKind};
use mileston_api::types::{Chain, Invoice, Token, WalletType};
use mileston_api::webhook::Verifier;
use mileston_api::{
    Address, AddressError, Amount, AmountError, Client, Email, EmailError, Error, ErrorKind,
    ModeName, NormalKey, OpenClient, Test, Timestamp, WaitError, tokens,
};
use openapi_keys_runtime::style;

/// Sends a request to a port on which nothing listens, so the error's chain of causes ends with the operating system's
/// error.
async fn no_connection() -> Error {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client: OpenClient = Client::without_key().unwrap().with_origin(&origin).unwrap();
    client.status().get(Service::Payment).without_retries().await.unwrap_err()
}

#[tokio::test]
async fn debug_prints_the_message_with_its_causes() {
    let error = no_connection().await;
    let said = format!("{error:?}");
    assert!(said.contains("no connection: nothing listens on this port; "), "{said}");
    assert!(said.contains("\n\nCaused by:\n    0: "), "{said}");
    assert!(said.to_lowercase().contains("refused"), "{said}");
    let deadline = WaitError::<Invoice>::Deadline { last: None, failure: Some(error) };
    let said = format!("{deadline:?}");
    assert!(said.contains("\n\nCaused by:\n    0: "), "{said}");
    assert_eq!(said.matches("no connection").count(), 1, "{said}");
    let verifier = Verifier::new("fake-webhook-token".parse().unwrap());
    let errors: [(&str, Box<dyn std::error::Error>); 8] = [
        ("WaitError", Box::new(deadline)),
        ("AddressError", Box::new("".parse::<Address>().unwrap_err())),
        ("AmountError", Box::new("".parse::<Amount>().unwrap_err())),
        ("EmailError", Box::new("".parse::<Email>().unwrap_err())),
        ("SettingsError", Box::new(Settings::from_json("{}").unwrap_err())),
        ("TimestampError", Box::new("".parse::<Timestamp>().unwrap_err())),
        ("TokenError", Box::new(unsupported())),
        ("WebhookError", Box::new(verifier.verify_parts(None, b"{}").unwrap_err())),
    ];
    let errors: Vec<_> = errors.iter().map(|(name, error)| (*name, &**error)).collect();
    rules::check_all(env!("CARGO_MANIFEST_DIR"), &errors);
}

/// Checks the runtime's errors here, because the runtime's own tests don't use `rules`.
#[tokio::test]
async fn debug_of_the_runtimes_errors_prints_the_message_with_its_causes() {
    let broken = TransportError::new(TransportErrorKind::Interrupted).with_source(unsupported());
    let unreadable = style::read::header::<u8>(style::Style::SIMPLE, "many").unwrap_err();
    let errors: [(&str, Box<dyn std::error::Error>); 6] = [
        ("Error", Box::new(no_connection().await)),
        ("InsideRuntime", Box::new(inside_runtime())),
        ("OriginRefused", Box::new(OriginRefused::new("it isn't this machine"))),
        ("SetupError", Box::new(TokenSource::fixed("").unwrap_err())),
        ("TransportError", Box::new(broken)),
        ("Unreadable", Box::new(unreadable)),
    ];
    let errors: Vec<_> = errors.iter().map(|(name, error)| (*name, &**error)).collect();
    rules::check_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime"), &errors);
}

fn unsupported() -> tokens::TokenError {
    tokens::check(&Chain::Sui, &Token::Eth, ModeName::Test).unwrap_err()
}

fn inside_runtime() -> InsideRuntime {
    std::thread::spawn(|| {
        let runtime = Runtime::new().unwrap();
        let inner = runtime.run(async { runtime.run(async {}) }).unwrap();
        inner.unwrap_err()
    })
    .join()
    .unwrap()
}

/// An error that `main` returns is printed with `{:?}`. Checks the first lines of that output.
#[tokio::test]
async fn an_error_from_main_prints_its_message_first() {
    let error: Box<dyn std::error::Error> = no_connection().await.into();
    let said = format!("{error:?}");
    let mut lines = said.lines();
    let first = lines.next().unwrap();
    assert!(first.starts_with("getStatus (GET http://127.0.0.1:"), "{said}");
    assert_eq!((lines.next(), lines.next()), (Some(""), Some("Caused by:")), "{said}");
    assert!(format!("{error:#?}").starts_with("Error {\n    kind: Connect,"), "{error:#?}");
}

#[test]
fn a_converted_error_keeps_its_source() {
    let amount: Error = "1,50".parse::<Amount>().unwrap_err().into();
    assert!(amount.source().unwrap().is::<AmountError>());
    let address: Error = "0x12".parse::<Address>().unwrap_err().into();
    assert!(address.source().unwrap().is::<AddressError>());
    let email: Error = "Ada".parse::<Email>().unwrap_err().into();
    assert!(email.source().unwrap().is::<EmailError>());
    // The message already contains the source's message, so `{:?}` doesn't repeat it.
    assert_eq!(format!("{amount:?}"), amount.to_string());
}

/// The rejected text could be a key, so it isn't shown.
#[test]
fn a_rejected_business_id_is_named_but_not_shown() {
    let key = || "Mileston_TEST_fake0123".parse::<NormalKey<Test>>().unwrap();
    for text in ["", "my business", "Mileston_LIVE_secret0456"] {
        let built = Client::builder(key(), text).err().unwrap();
        for error in [Client::new(key(), text).unwrap_err(), built] {
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            let said = format!("{error} {error:?} {error:#?}");
            assert!(said.starts_with("the argument `business_id` is invalid: "), "{said}");
            assert!(!said.contains("secret0456") && !said.contains("my business"), "{said}");
            assert!(error.source().unwrap().is::<KeyError>(), "{error:#?}");
        }
    }
}

#[tokio::test]
async fn a_rejected_argument_keeps_its_source() {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key = key.with_wallet_secret("fake wallet secret".parse().unwrap());
    let client = Client::new(key, "my-business").unwrap();
    let evm = "0x52908400098527886E0F7030069857D2E4169EE7";
    let call = client.wallets().send_payment("1.00", evm, WalletType::Sui);
    let shown = call.body().map(drop).unwrap_err();
    let error = call.await.unwrap_err();
    assert_eq!(shown.kind(), error.kind(), "a body that would be rejected must not be shown");
    assert!(error.source().unwrap().is::<AddressError>(), "{error:#?}");
}
