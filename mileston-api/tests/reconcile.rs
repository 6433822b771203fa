//! What looking before sending again makes of the platform's answers.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

#[path = "faults/server.rs"]
mod server;

use mileston_api::reconcile::{self, Balances, Held, Snapshot, Updated, Verdict};
use mileston_api::types::{CreatePaymentLink, Invoice, PaymentLink, UpdatePaymentLink};
use mileston_api::{
    Client, ErrorKind, NormalClient, NormalKey, PaymentLinkId, StatusCode, Test, WalletClient,
    WalletKey,
};
use server::{Act, FaultServer, json};

fn backend(origin: &str) -> NormalClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business".parse().unwrap());
    builder.without_retries().origin(origin).unwrap().build().unwrap()
}

fn wallet(origin: &str) -> WalletClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key: WalletKey<Test> = key.with_wallet_secret("fake-wallet-secret".parse().unwrap());
    let builder = Client::builder(key, "my-business".parse().unwrap());
    builder.without_retries().origin(origin).unwrap().build().unwrap()
}

fn body() -> CreatePaymentLink {
    CreatePaymentLink::new("100.00".parse().unwrap()).title("Order 7")
}

fn list(links: &str) -> Act {
    json(200, &format!(r#"{{"statusCode":200,"paymentData":[{links}]}}"#))
}

/// The verdict in short, with the ids.
async fn verdict(before: &str, after: &str, body: &CreatePaymentLink, known: &str) -> String {
    let server = FaultServer::start([list(before), list(after)]).await;
    let client = backend(&server.origin);
    let mut snapshot = Snapshot::<PaymentLink>::take(&client).await.unwrap();
    if !known.is_empty() {
        snapshot.know(PaymentLinkId::from(known));
    }
    match snapshot.created(&client, body).await.unwrap() {
        Verdict::Created(link) => format!("created {}", link.payment_link_id.as_str()),
        Verdict::Candidates(links) => {
            let ids: Vec<_> = links.iter().map(|link| link.payment_link_id.as_str()).collect();
            format!("candidates {}", ids.join(" "))
        }
        Verdict::NotSeen { whole } => format!("not seen, whole: {whole}"),
        other => format!("{other:?}"),
    }
}

const OLD: &str = r#"{"paymentLinkId":"old","amount":"100.00","title":"Order 7"}"#;
const NEW: &str = r#"{"paymentLinkId":"new","amount":"100","title":"Order 7"}"#;
const TWIN: &str = r#"{"paymentLinkId":"twin","amount":100.0,"title":"Order 7"}"#;

#[tokio::test]
async fn created_takes_a_single_record_with_its_amount_and_title() {
    let untitled = CreatePaymentLink::new("100.00".parse().unwrap());
    let nothing = untitled.clone().title("");
    for (after, body, expected) in [
        (NEW, &body(), "created new"),
        (r#"{"paymentLinkId":"new","title":"Order 7"}"#, &body(), "candidates new"),
        (r#"{"paymentLinkId":"new","amount":"100"}"#, &body(), "candidates new"),
        (r#"{"paymentLinkId":"new","amount":"100","title":""}"#, &nothing, "candidates new"),
        (NEW, &untitled, "candidates new"),
        (
            r#"{"paymentLinkId":"new","amount":"101","title":"Order 7"}"#,
            &body(),
            "not seen, whole: true",
        ),
        (
            r#"{"paymentLinkId":"new","amount":"100","title":"Order 8"}"#,
            &body(),
            "not seen, whole: true",
        ),
    ] {
        let after = format!("{OLD},{after}");
        assert_eq!(verdict(OLD, &after, body, "").await, expected, "{after}");
    }
    assert_eq!(verdict(OLD, OLD, &body(), "").await, "not seen, whole: true");
}

#[tokio::test]
async fn two_that_could_be_meant_are_candidates_unless_one_is_known() {
    let after = format!("{OLD},{NEW},{TWIN}");
    assert_eq!(verdict(OLD, &after, &body(), "").await, "candidates new twin");
    assert_eq!(verdict(OLD, &after, &body(), "new").await, "created twin");
}

#[tokio::test]
async fn a_list_that_lacks_what_was_known_is_not_whole() {
    assert_eq!(verdict(OLD, NEW, &body(), "").await, "candidates new");
    assert_eq!(verdict(OLD, "", &body(), "").await, "not seen, whole: false");
    assert_eq!(verdict("", OLD, &body(), "elsewhere").await, "candidates old");
}

#[tokio::test]
async fn a_list_as_long_as_was_asked_for_is_not_whole() {
    let many: Vec<String> =
        (0..1000).map(|number| format!(r#"{{"paymentLinkId":"{number}"}}"#)).collect();
    let many = many.join(",");
    assert_eq!(verdict(&many, &many, &body(), "").await, "not seen, whole: false");
    let after = format!("{many},{NEW}");
    assert_eq!(verdict(&many, &after, &body(), "").await, "candidates new");
}

#[tokio::test]
async fn a_change_is_there_or_not_or_nobody_says() {
    let body = UpdatePaymentLink::new("7".into()).amount("120.00".parse().unwrap()).title("New");
    for (act, expected) in [
        (r#"{"paymentLinkId":"7","amount":"120","title":"New"}"#, Updated::Same),
        (r#"{"paymentLinkId":"7","amount":"100","title":"New"}"#, Updated::Differs),
        (r#"{"paymentLinkId":"7","title":"Old"}"#, Updated::Differs),
        (r#"{"paymentLinkId":"7","title":"New"}"#, Updated::Untold),
        ("null", Updated::Untold),
    ] {
        let act = json(200, &format!(r#"{{"paymentData":{act}}}"#));
        assert_eq!(updated(act.clone(), &body).await, expected, "{act:?}");
    }
    assert_eq!(updated(json(404, r#"{"message":"no"}"#), &body).await, Updated::Gone);
}

async fn updated(act: Act, body: &UpdatePaymentLink) -> Updated {
    let server = FaultServer::start([act]).await;
    reconcile::is_updated::<PaymentLink, _>(&backend(&server.origin), body).await.unwrap()
}

#[tokio::test]
async fn only_a_404_says_that_something_is_gone() {
    for (act, expected) in [
        (json(404, r#"{"message":"no"}"#), Some(true)),
        (json(200, r#"{"invoiceData":{"invoiceId":"7"}}"#), Some(false)),
        (json(200, r#"{"statusCode":404}"#), None),
    ] {
        let server = FaultServer::start([act.clone()]).await;
        let client = backend(&server.origin);
        let gone = reconcile::is_deleted::<Invoice, _>(&client, &"7".into()).await.unwrap();
        assert_eq!(gone, expected, "{act:?}");
    }
    let server = FaultServer::start([json(403, "{}")]).await;
    let client = backend(&server.origin);
    let error = reconcile::is_deleted::<Invoice, _>(&client, &"7".into()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(StatusCode::FORBIDDEN));
}

#[tokio::test]
async fn balances_are_told_by_chain_and_address() {
    let before = r#"{"walletData":[
        {"blockchain":"eth","address":"a","balance":"5.0"},
        {"blockchain":"eth","address":"b","balance":"5.0"},
        {"blockchain":"sui","address":"c"},
        {"blockchain":"sol","address":"d"},
        {"blockchain":"pol","address":"e","balance":"1"}]}"#;
    let after = r#"{"data":{"walletData":[
        {"blockchain":"eth","address":"a","balance":5},
        {"blockchain":"eth","address":"b","balance":"4.5"},
        {"blockchain":"sui","address":"c"},
        {"blockchain":"sol","address":"d","balance":"2"}]}}"#;
    let server = FaultServer::start([json(200, before), json(200, after)]).await;
    let client = wallet(&server.origin);
    let balances = Balances::take(&client).await.unwrap();
    let changes = balances.changes(&client).await.unwrap();
    let held = |text: &str| Held::Balance(text.into());
    let told: Vec<_> = changes
        .into_iter()
        .map(|change| (change.address.unwrap(), change.before, change.after))
        .collect();
    let expected = vec![
        ("b".to_owned(), held("5.0"), held("4.5")),
        ("e".to_owned(), held("1"), Held::NoWallet),
        ("d".to_owned(), Held::Untold, held("2")),
    ];
    assert_eq!(told, expected);
}
