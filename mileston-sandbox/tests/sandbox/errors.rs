//! The `{:?}` output of this crate's errors.

#[path = "../../../mileston-keys/tests/errors/rules.rs"]
mod rules;

use std::error::Error;

use mileston_api::token_amount;
use mileston_api::types::{Chain, Token};
use mileston_sandbox::{ChainPayment, Fault, Fixtures, KeyStore, Sandbox};

#[tokio::test]
async fn debug_shows_the_message_and_its_causes() {
    let sandbox = Sandbox::start().await.unwrap();
    let port = sandbox.url().rsplit_once(':').unwrap().1.trim_end_matches('/').parse().unwrap();
    let start = Sandbox::builder().port(port).start().await.unwrap_err();
    let said = format!("{start:?}");
    assert!(said.contains("\n\nCaused by:\n    ") && said.contains("os error"), "{said}");
    let store = KeyStore::open("no/such/folder/store.db").await.unwrap_err();
    let fault = sandbox.fault(Fault::Reset).times(0).unwrap_err();
    let webhook = sandbox.webhooks().remove("0").await.unwrap_err();
    let payment = ChainPayment::new(Chain::Base, Token::Usdc, token_amount!("1"), "nobody");
    let payment = sandbox.pay(payment).await.unwrap_err();
    let fixtures = Fixtures::parse("links: []").unwrap_err();
    let errors: [(&str, &dyn Error); 6] = [
        ("StartError", &start),
        ("StoreError", &store),
        ("FaultError", &fault),
        ("ControlError", &payment),
        ("ControlError", &webhook),
        ("FixtureError", &fixtures),
    ];
    rules::check_all(env!("CARGO_MANIFEST_DIR"), &errors);
    assert_eq!(format!("{fault:#?}"), "Never");
}
