//! Checks that the client reads and sends the same values with and without the features `arbitrary_precision`,
//! `float_roundtrip` and `preserve_order` of `serde_json`, because other crates in a program may enable them.
//! `cargo xtask test` runs these tests both ways.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[allow(dead_code, reason = "shared with tests that use the other parts")]
mod server;

use mileston_api::reconcile::{Balances, Held, UpdateCheck, check_updated};
use mileston_api::types::{PaymentLink, UpdatePaymentLink};
use mileston_api::webhook::{Delivery, Verifier};
use mileston_api::{Client, NormalKey, OpenClient, Test, WalletClient};
use server::{Server, json};

fn client(origin: &str) -> WalletClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key = key.with_wallet_secret("fake-wallet-secret".parse().unwrap());
    let builder = Client::builder(key, "my-business").unwrap();
    builder.origin(origin).unwrap().build().unwrap()
}

async fn link(amount: &str) -> PaymentLink {
    let data = format!(r#"{{"paymentLinkId":"id-1","amount":{amount}}}"#);
    let body = format!(r#"{{"statusCode":201,"new":1.5,"paymentData":{data}}}"#);
    let server = Server::answering(json("201 Created", &body)).await;
    let answer = client(&server.origin).payment_links().create("12.50").await.unwrap();
    answer.payment_data.unwrap()
}

#[tokio::test]
async fn a_successful_write_succeeds_with_any_amount() {
    for (amount, expected) in [
        ("12.5", "12.5"),
        ("12.50", "12.5"),
        ("1e2", "100"),
        ("100.0", "100"),
        ("-0.0", "0"),
        ("0.1234567890123456789", "0.12345678901234568"),
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "18446744073709552000"),
        ("1e400", "1e400"),
        ("\"12.50\"", "12.50"),
    ] {
        let link = link(amount).await;
        assert_eq!(link.amount.unwrap().as_str(), expected, "{amount}");
    }
}

#[tokio::test]
async fn floats_integers_and_maps_are_read() {
    let body = r#"{"status":"healthy","uptime":12.5,"memory":{"used":1,"total":2.5e2}}"#;
    let server = Server::answering(json("200 OK", body)).await;
    let open: OpenClient = Client::without_key().unwrap().with_origin(&server.origin).unwrap();
    let service = mileston_api::operations::Service::Payment;
    let status = open.status().get(service).await.unwrap();
    assert_eq!(status.uptime, Some(12.5));
    assert_eq!(status.memory.unwrap().total, Some(250.0));

    let body = r#"{"uuid":"1","balance":0.5,"balances":{"eth":12.5,"sui":"7","pol":3}}"#;
    let server = Server::answering(json("200 OK", body)).await;
    let wallet = client(&server.origin).wallets().get_subwallet("1").await.unwrap();
    assert_eq!(wallet.balance.unwrap().as_str(), "0.5");
    let balances: Vec<_> = wallet.balances.values().map(|balance| balance.as_str()).collect();
    assert_eq!(balances, ["12.5", "3", "7"]);
}

#[tokio::test]
async fn amounts_are_compared_as_numbers() {
    let body = r#"{"paymentData":{"paymentLinkId":"1","amount":12.50}}"#;
    let server = Server::answering(json("200 OK", body)).await;
    let update = UpdatePaymentLink::new("1").amount("12.5").unwrap();
    let updated = check_updated::<PaymentLink, _>(&client(&server.origin), &update).await.unwrap();
    assert_eq!(updated, UpdateCheck::Same);

    let body = r#"{"walletData":[{"id":1,"blockchain":"eth","address":"a","balance":4.25}]}"#;
    let server = Server::answering(json("200 OK", body)).await;
    let client = client(&server.origin);
    let balances = Balances::take(&client).await.unwrap();
    assert_eq!(balances.changes(&client).await.unwrap(), []);
    assert_ne!(Held::Balance("4.25".into()), Held::Balance("4.2".into()));
}

#[tokio::test]
async fn numbers_are_sent_unchanged() {
    let answer = r#"{"paymentData":{"paymentLinkId":"1"}}"#;
    let server = Server::answering(json("200 OK", answer)).await;
    let call = client(&server.origin).payment_links().create("12.50");
    let call = call.body_field("fee", 0.1).body_field("count", u64::MAX).body_field("tiny", 1e-7);
    call.await.unwrap();
    let request = server.seen().remove(0);
    let sent = r#"{"amount":"12.50","fee":0.1,"count":18446744073709551615,"tiny":1e-7}"#;
    assert!(request.ends_with(sent), "{request}");
}

fn delivery(payload: &str) -> Delivery {
    let verifier = Verifier::new("fake-webhook-token".parse().unwrap());
    let body = format!(r#"{{"event":"invoice-paid","payload":{payload}}}"#);
    verifier.verify_parts(Some(b"fake-webhook-token"), body.as_bytes()).unwrap()
}

#[test]
fn a_dedupe_key_is_the_same_in_every_program() {
    let one = delivery(r#"{"z":1.50,"a":[1e400,-0,1.0],"m":18446744073709551616}"#);
    let other = delivery(r#"{"m":18446744073709551616.0,"z":15e-1,"a":[10e399,0.0,1]}"#);
    // printf '["invoice-paid",{"a":[1e+400,0,1],"m":18446744073709551616,"z":1.5}]' | sha256sum
    let expected = "a306830635543f1e18fc7a85c68054d63b0b16b8bf8919691607dbd423e2d83f";
    assert_eq!((one.dedupe_key(), other.dedupe_key()), (expected.to_owned(), expected.to_owned()));
}

#[test]
fn a_payload_is_the_same_in_every_program() {
    let delivery = delivery(r#"{"amount":12.50,"new":{"b":1e2,"a":1e400,"c":-0}}"#);
    assert_eq!(delivery.raw["amount"].as_f64(), Some(12.5));
    assert_eq!(delivery.raw["amount"].to_string(), "12.5");
    assert_eq!(delivery.raw["new"]["b"].to_string(), "100.0");
    assert_eq!(delivery.raw["new"]["a"], "1e400");
    assert_eq!(delivery.raw["new"]["c"], 0);
    let amount = delivery.event.payment().unwrap().amount.as_ref().unwrap();
    assert_eq!(amount.as_str(), "12.5");
    assert_eq!(delivery.raw_json(), r#"{"amount":12.50,"new":{"b":1e2,"a":1e400,"c":-0}}"#);
}
