//! Tests what the `reconcile` checks conclude from the platform's responses.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "faults/server.rs"]
mod server;

use mileston_api::reconcile::{
    self, Balances, CreateCheck, DeleteCheck, Held, Record, Snapshot, UpdateCheck,
};
use mileston_api::types::{
    CreateInvoice, CreatePaymentLink, CreateRecurringPayment, CreateRecurringPaymentRequired,
    Invoice, PaymentLink, RecurringPayment, UpdatePaymentLink,
};
use mileston_api::{
    Client, ErrorKind, NormalClient, NormalKey, PaymentLinkId, Test, WalletClient, WalletKey,
    amount,
};
use server::{Act, FaultServer, answer, json};

fn backend(origin: &str) -> NormalClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.without_retries().origin(origin).unwrap().build().unwrap()
}

fn wallet(origin: &str) -> WalletClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key: WalletKey<Test> = key.with_wallet_secret("fake-wallet-secret".parse().unwrap());
    let builder = Client::builder(key, "my-business").unwrap();
    builder.without_retries().origin(origin).unwrap().build().unwrap()
}

fn body() -> CreatePaymentLink {
    CreatePaymentLink::new("100.00").unwrap().title("Order 7")
}

fn list(links: &str) -> Act {
    json(200, &format!(r#"{{"statusCode":200,"paymentData":[{links}]}}"#))
}

/// Returns the result of a check in short form, including the ids.
async fn verdict(before: &str, after: &str, body: &CreatePaymentLink, known: &str) -> String {
    let server = FaultServer::start([list(before), list(after)]).await;
    let client = backend(&server.origin);
    let mut snapshot = Snapshot::<PaymentLink>::take(&client).await.unwrap();
    if !known.is_empty() {
        snapshot.exclude(PaymentLinkId::from(known));
    }
    match snapshot.check_created(&client, body).await.unwrap() {
        CreateCheck::Created(link) => format!("created {}", link.payment_link_id.as_str()),
        CreateCheck::Candidates(links) => {
            let ids: Vec<_> = links.iter().map(|link| link.payment_link_id.as_str()).collect();
            format!("candidates {}", ids.join(" "))
        }
        CreateCheck::NotSeen { complete } => format!("not seen, complete: {complete}"),
        other => format!("{other:?}"),
    }
}

const OLD: &str = r#"{"paymentLinkId":"old","amount":"100.00","title":"Order 7"}"#;
const NEW: &str = r#"{"paymentLinkId":"new","amount":"100","title":"Order 7"}"#;
const TWIN: &str = r#"{"paymentLinkId":"twin","amount":100.0,"title":"Order 7"}"#;

#[tokio::test]
async fn created_requires_a_single_record_with_the_amount_and_title() {
    let untitled = CreatePaymentLink::new("100.00").unwrap();
    let nothing = untitled.clone().title("");
    for (after, body, expected) in [
        (NEW, &body(), "created new"),
        (r#"{"paymentLinkId":"new","title":"Order 7"}"#, &body(), "candidates new"),
        (r#"{"paymentLinkId":"new","amount":"100"}"#, &body(), "candidates new"),
        (r#"{"paymentLinkId":"new","amount":"100","title":""}"#, &nothing, "candidates new"),
        (NEW, &untitled, "candidates new"),
        (
            r#"{"paymentLinkId":"new","amount":"101","title":"Order 8"}"#,
            &body(),
            "not seen, complete: true",
        ),
    ] {
        let after = format!("{OLD},{after}");
        assert_eq!(verdict(OLD, &after, body, "").await, expected, "{after}");
    }
    assert_eq!(verdict(OLD, OLD, &body(), "").await, "not seen, complete: true");
}

#[tokio::test]
async fn two_possible_records_are_candidates_unless_one_is_excluded() {
    let after = format!("{OLD},{NEW},{TWIN}");
    assert_eq!(verdict(OLD, &after, &body(), "").await, "candidates new twin");
    assert_eq!(verdict(OLD, &after, &body(), "new").await, "created twin");
}

/// Between the write and the check, someone may edit the record, or the platform may change a
/// value.
#[tokio::test]
async fn a_new_record_that_shares_a_distinguishing_value_is_a_candidate() {
    let described = body().description("Two chairs").redirect_url("https://shop.example/7");
    let untitled = CreatePaymentLink::new("100.00").unwrap();
    for (after, body) in [
        (r#""amount":"101","title":"Order 7""#, &body()),
        (r#""amount":"100","title":"Order 8""#, &body()),
        (r#""amount":"101","title":" order  7\n""#, &body()),
        (r#""amount":"101","title":"Order 7 for a cust""#, &body().title("Order 7 for a customer")),
        (r#""amount":"101","title":"Tom &amp; Jerry 7""#, &body().title("Tom & Jerry 7")),
        (r#""amount":"101","title":"Order 8","description":"Two chairs""#, &described),
        (r#""amount":"1","title":"x","redirectUrl":"https://shop.example/7""#, &described),
        (r#""amount":"100","title":"Order 7","description":"Three chairs""#, &described),
        (r#""amount":"101""#, &body()),
        // The body has no title, so any new record may be the one that the write created.
        (r#""amount":"101","title":"Order 8""#, &untitled),
    ] {
        let after = format!(r#"{OLD},{{"paymentLinkId":"new",{after}}}"#);
        assert_eq!(verdict(OLD, &after, body, "").await, "candidates new", "{after}");
        assert_eq!(verdict(OLD, &after, body, "new").await, "not seen, complete: true", "{after}");
    }
}

#[tokio::test]
async fn a_shared_title_makes_the_result_uncertain_but_a_shared_amount_does_not() {
    let edited = r#"{"paymentLinkId":"edited","amount":"90","title":"Order 7"}"#;
    let other = r#"{"paymentLinkId":"other","amount":"100","title":"Order 8"}"#;
    let after = format!("{edited},{NEW}");
    assert_eq!(verdict("", &after, &body(), "").await, "candidates edited new");
    assert_eq!(verdict("", &format!("{other},{NEW}"), &body(), "").await, "created new");
    let both = format!("{edited},{other}");
    assert_eq!(verdict("", &both, &body(), "").await, "candidates edited other");
}

async fn found<R: Record>(field: &str, record: &str, body: &R::Create) -> CreateCheck<R> {
    let answer =
        |records: &str| json(200, &format!(r#"{{"statusCode":200,"{field}":[{records}]}}"#));
    let server = FaultServer::start([answer(""), answer(record)]).await;
    let client = backend(&server.origin);
    let snapshot = Snapshot::<R>::take(&client).await.unwrap();
    snapshot.check_created(&client, body).await.unwrap()
}

#[tokio::test]
async fn an_edited_invoice_or_recurring_payment_is_a_candidate() {
    let due = "2031-01-31T00:00:00.000Z";
    let customer = "ada@shop.example";
    let invoice = CreateInvoice::new("100.00", "A chair", customer, due).unwrap();
    for record in [
        r#"{"invoiceId":"i","amount":"90","itemName":"A chair"}"#,
        r#"{"invoiceId":"i","amount":"90","itemName":"A table","customerEmail":"Ada@shop.example"}"#,
        r#"{"invoiceId":"i","amount":"100","itemName":"A table","customerEmail":"b@shop.example"}"#,
    ] {
        let verdict = found::<Invoice>("invoiceData", record, &invoice).await;
        assert!(matches!(&verdict, CreateCheck::Candidates(all) if all.len() == 1), "{verdict:?}");
    }
    let recurring = CreateRecurringPayment::new(CreateRecurringPaymentRequired {
        amount: amount!("100.00"),
        subscription_name: "Newsletter".into(),
        subscriber_full_name: "Ada Lovelace".into(),
        subscriber_email: customer.parse().unwrap(),
        recurring_date: due.parse().unwrap(),
        recurring_interval: 30,
    });
    for record in [
        r#"{"recurringPaymentId":"r","amount":"90","subscriptionName":"Newsletter"}"#,
        r#"{"recurringPaymentId":"r","amount":"90","subscriptionName":"x","subscriberFullName":"Ada Lovelace"}"#,
        r#"{"recurringPaymentId":"r","amount":"90","subscriptionName":"x","subscriberEmail":"ada@shop.example"}"#,
    ] {
        let verdict = found::<RecurringPayment>("recurringPaymentData", record, &recurring).await;
        assert!(matches!(&verdict, CreateCheck::Candidates(all) if all.len() == 1), "{verdict:?}");
    }
}

/// A platform that returns at most 100 records, oldest first, never lists a new one.
#[tokio::test]
async fn a_list_as_long_as_a_page_may_be_truncated() {
    for (length, complete) in
        [(9, true), (10, false), (25, false), (64, false), (100, false), (101, true)]
    {
        let page: Vec<String> =
            (0..length).map(|number| format!(r#"{{"paymentLinkId":"{number}"}}"#)).collect();
        let page = page.join(",");
        let expected = format!("not seen, complete: {complete}");
        assert_eq!(verdict(&page, &page, &body(), "").await, expected, "{length}");
    }
}

#[tokio::test]
async fn a_list_that_lacks_a_known_record_is_not_complete() {
    assert_eq!(verdict(OLD, NEW, &body(), "").await, "candidates new");
    assert_eq!(verdict(OLD, "", &body(), "").await, "not seen, complete: false");
    assert_eq!(verdict("", OLD, &body(), "elsewhere").await, "candidates old");
}

#[tokio::test]
async fn a_list_as_long_as_requested_is_not_complete() {
    let many: Vec<String> =
        (0..1000).map(|number| format!(r#"{{"paymentLinkId":"{number}"}}"#)).collect();
    let many = many.join(",");
    assert_eq!(verdict(&many, &many, &body(), "").await, "not seen, complete: false");
    let after = format!("{many},{NEW}");
    assert_eq!(verdict(&many, &after, &body(), "").await, "candidates new");
}

#[tokio::test]
async fn an_update_is_the_same_or_differs_or_is_not_reported() {
    let body = UpdatePaymentLink::new("7").amount("120.00").unwrap().title("New");
    for (act, expected) in [
        (r#"{"paymentLinkId":"7","amount":"120","title":"New"}"#, UpdateCheck::Same),
        (r#"{"paymentLinkId":"7","amount":"100","title":"New"}"#, UpdateCheck::Differs),
        (r#"{"paymentLinkId":"7","title":"Old"}"#, UpdateCheck::Differs),
        (r#"{"paymentLinkId":"7","title":"New"}"#, UpdateCheck::NotReported),
        ("null", UpdateCheck::NotReported),
    ] {
        let act = json(200, &format!(r#"{{"paymentData":{act}}}"#));
        assert_eq!(updated(act.clone(), &body).await, expected, "{act:?}");
    }
    assert_eq!(updated(json(404, GONE), &body).await, UpdateCheck::Gone);
    let other = json(200, r#"{"paymentData":{"paymentLinkId":"8","amount":"120","title":"New"}}"#);
    assert_eq!(
        updated(other, &body).await,
        UpdateCheck::NotReported,
        "a record with a different id"
    );
    for act in foreign_404s() {
        let server = FaultServer::start([act.clone()]).await;
        let client = backend(&server.origin);
        let asked = reconcile::check_updated::<PaymentLink, _>(&client, &body).await;
        assert!(asked.is_err(), "{asked:?} for {act:?}");
    }
}

async fn updated(act: Act, body: &UpdatePaymentLink) -> UpdateCheck {
    let server = FaultServer::start([act]).await;
    reconcile::check_updated::<PaymentLink, _>(&backend(&server.origin), body).await.unwrap()
}

/// The platform's response if it doesn't have the record.
const GONE: &str = r#"{"message":"Not found","error":"Not Found","statusCode":404}"#;

/// Returns responses that are similar to [`GONE`], but don't prove that the record is missing.
fn foreign_404s() -> Vec<Act> {
    let html = "content-type: text/html\r\nconnection: close\r\n";
    [
        r#"{"message":"Cannot GET /invoice/7","error":"Not Found","statusCode":404}"#,
        r#"{"message":["Cannot GET /invoice/7"],"statusCode":404}"#,
        r#"{"message":"no Route matched with those values"}"#,
        r#"{"message":"no"}"#,
        r#"{"error":"Not Found"}"#,
        r#"{"timestamp":1,"status":404,"error":"Not Found","message":"","path":"/invoice/7"}"#,
        r#"{"message":"Not found","statusCode":200}"#,
        r#"{"message":"","statusCode":404}"#,
        r#"{"statusCode":404}"#,
        r#"[{"message":"Not found","statusCode":404}]"#,
        r#""Not found""#,
        r#"{"message":"Not found","statusCode":404"#,
        "{}",
        "null",
        "",
    ]
    .into_iter()
    .map(|body| json(404, body))
    .chain(["<!doctype html><h1>404", "", GONE].map(|body| Act::Answer(answer(404, html, body))))
    .chain([410, 403].map(|status| json(status, &GONE.replace("404", &status.to_string()))))
    .chain([Act::Answer(answer(200, html, "<!doctype html><h1>404"))])
    .collect()
}

#[tokio::test]
async fn only_the_platforms_own_404_proves_a_deletion() {
    for (act, expected) in [
        (json(404, GONE), DeleteCheck::Gone),
        (json(404, r#"{"statusCode":404,"message":["no such invoice"]}"#), DeleteCheck::Gone),
        (json(200, r#"{"invoiceData":{"invoiceId":"7"}}"#), DeleteCheck::StillThere),
        (json(200, r#"{"invoiceData":{"invoiceId":"8"}}"#), DeleteCheck::NotReported),
        (json(200, r#"{"statusCode":200}"#), DeleteCheck::NotReported),
    ] {
        let server = FaultServer::start([act.clone()]).await;
        let client = backend(&server.origin);
        let gone = reconcile::check_deleted::<Invoice, _>(&client, &"7".into()).await.unwrap();
        assert_eq!(gone, expected, "{act:?}");
    }
    for act in foreign_404s() {
        let server = FaultServer::start([act.clone()]).await;
        let client = backend(&server.origin);
        let gone = reconcile::check_deleted::<Invoice, _>(&client, &"7".into()).await;
        assert!(gone.is_err(), "{gone:?} for {act:?}");
    }
}

#[tokio::test]
async fn balances_are_identified_by_chain_and_address() {
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
        ("d".to_owned(), Held::NotReported, held("2")),
    ];
    assert_eq!(told, expected);
}

/// There may be several tokens at one address on one chain.
#[tokio::test]
async fn two_balances_at_one_address_are_both_compared() {
    let wallets = |usdc: &str| {
        let wallet =
            |balance| format!(r#"{{"blockchain":"eth","address":"a","balance":"{balance}"}}"#);
        json(200, &format!(r#"{{"walletData":[{},{}]}}"#, wallet(usdc), wallet("7")))
    };
    let server = FaultServer::start([wallets("5"), wallets("4")]).await;
    let client = wallet(&server.origin);
    let balances = Balances::take(&client).await.unwrap();
    let changes = balances.changes(&client).await.unwrap();
    let told: Vec<_> = changes.into_iter().map(|change| (change.before, change.after)).collect();
    assert_eq!(told, [(Held::Balance("5".into()), Held::Balance("4".into()))]);
}

/// In this test, one list of wallets is readable and the other isn't.
#[tokio::test]
async fn an_unreadable_list_of_balances_is_an_error() {
    let wallet_data = r#"[{"blockchain":"eth","balance":"1"}]"#;
    for lost in ["[7]", "[null,\"x\"]"] {
        let body = format!(r#"{{"walletData":{lost},"data":{{"walletData":{wallet_data}}}}}"#);
        let server = FaultServer::start([json(200, &body)]).await;
        let error = Balances::take(&wallet(&server.origin)).await.unwrap_err();
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("walletData")));
    }
}
