//! Records that a sandbox creates at startup, from a file.

use mileston_sandbox::{Fixtures, Sandbox, StartErrorKind};
use serde_json::json;

use crate::http::Client;
use crate::signed::Signer;
use crate::temporary::Folder;

const ALL: &str = r#"
clock: "2026-03-01T00:00:00.000Z"
paymentLinks:
  - amount: "12.50"
    title: Coffee beans
  - amount: "3"
    paid: true
invoices:
  - businessName: Acme & Söhne
    amount: "100.00"
    itemName: One month
    customerEmail: ada@example.com
    dueDate: 2026-04-01T00:00:00.000Z
    paid: true
recurringPayments:
  - businessName: Acme
    amount: "5"
    subscriptionName: Club
    subscriberFullName: Ada Lovelace
    subscriberEmail: ada@example.com
    recurringDate: 2026-04-01T00:00:00.000Z
    recurringInterval: 30
subWallets:
  - chains: [base, sui]
  - {}
webhooks:
  - url: http://127.0.0.1:9/hook
    token: fake-webhook-token
    events: [invoice-paid]
"#;

async fn start(text: &str) -> Sandbox {
    let fixtures = Fixtures::parse(text).unwrap();
    Sandbox::builder().seed(7).fixtures(fixtures).start().await.unwrap()
}

/// Starts a sandbox with these fixtures, which must fail, and returns the error.
async fn rejected(text: &str) -> String {
    let fixtures = Fixtures::parse(text).unwrap();
    let error = Sandbox::builder().fixtures(fixtures).start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Fixtures);
    error.to_string()
}

#[tokio::test]
async fn all_records_are_created_in_order() {
    let sandbox = start(ALL).await;
    let made = sandbox.fixtures();
    assert_eq!((made.payment_links.len(), made.invoices.len()), (2, 1));
    assert_eq!((made.recurring_payments.len(), made.sub_wallets.len()), (1, 2));
    let client = Client::backend(&sandbox);
    for (id, title) in made.payment_links.iter().zip([json!("Coffee beans"), json!(null)]) {
        let link = client.get(&format!("/payment-link/{id}")).await.expect(200);
        assert_eq!(link["paymentData"]["title"], title);
    }
    let frontend = Client::frontend(&sandbox);
    let target = format!("/checkout/data/invoice.get/{}", made.invoices[0]);
    let invoice = frontend.get(&target).await.expect(200);
    assert_eq!(invoice["invoiceData"]["status"], "paid", "{invoice}");
    let target = format!("/recurring-payment/{}", made.recurring_payments[0]);
    client.get(&target).await.expect(200);
    let wallet =
        Signer::of(&sandbox).get(&format!("/user/sub-wallet/{}", made.sub_wallets[0])).await;
    assert!(wallet.body.contains("base") && wallet.body.contains("sui"), "{}", wallet.body);
    assert_eq!(sandbox.webhooks().list().await.unwrap()[0].id, made.webhooks[0]);
    assert!(sandbox.webhooks().deliveries(10).await.unwrap().is_empty());
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    assert_eq!(
        program.get("/_sandbox/clock").await.json(),
        json!({"now": "2026-03-01T00:00:00.000Z"})
    );
}

#[tokio::test]
async fn a_seed_gives_the_same_ids() {
    let (one, two) = (start(ALL).await, start(ALL).await);
    assert_eq!(one.fixtures().payment_links, two.fixtures().payment_links);
    assert_eq!(one.fixtures().invoices, two.fixtures().invoices);
}

#[tokio::test]
async fn json_works_like_yaml() {
    let text = json!({"paymentLinks": [{"amount": "1", "title": "One"}]}).to_string();
    assert_eq!(start(&text).await.fixtures().payment_links.len(), 1);
    assert!(start("").await.fixtures().is_empty());
}

#[tokio::test]
async fn a_record_that_the_api_rejects_is_reported_with_its_position() {
    for (text, expected) in [
        ("paymentLinks:\n  - title: x\n    amount: '-1'\n", "3:13: paymentLinks[0].amount"),
        ("paymentLinks:\n  - amount: '1'\n  - title: x\n", "3:5: paymentLinks[1]"),
        ("paymentLinks: [{amount: 12.50}]", "1:25: paymentLinks[0].amount"),
        ("webhooks: [{url: 'http://192.0.2.1/'}]", "1:18: webhooks[0].url"),
        ("subWallets: [{chains: [nowhere]}]", "1:23: subWallets[0].chains"),
        ("subWallets: [{chains: base}]", "1:23: subWallets[0].chains: must be a list"),
        ("clock: '1999-01-01T00:00:00.000Z'", "1:8: clock"),
        ("clock: yesterday", "1:8: clock"),
    ] {
        let said = rejected(text).await;
        assert!(said.starts_with(expected), "{text}: {said}");
    }
    let invoice = "invoices:\n  - businessName: ''\n    amount: '1'\n    itemName: i\n    \
                   customerEmail: a@example.com\n    dueDate: 2026-04-01T00:00:00.000Z\n";
    let said = rejected(invoice).await;
    assert!(!said.contains("at line"), "{said}");
    assert!(said.contains("2:19: invoices[0].businessName"), "{said}");
}

#[test]
fn an_error_names_the_file_and_the_position() {
    let folder = Folder::new("fixtures");
    let file = folder.path().join("shop.yaml");
    std::fs::write(&file, "paymentLinks:\n  - amont: '1'\n").unwrap();
    let error = Fixtures::read(&file).unwrap_err();
    assert_eq!((error.line(), error.column()), (Some(2), Some(5)));
    let start = format!("{}:2:5: paymentLinks[0].amont: there is no such field", file.display());
    assert!(error.to_string().starts_with(&start), "{error}");
    let missing = Fixtures::read(folder.path().join("missing.yaml")).unwrap_err();
    assert!(missing.to_string().contains("missing.yaml: cannot read the file"), "{missing}");
}

#[tokio::test]
async fn an_error_never_shows_a_value() {
    let text = "webhooks: [{url: 'http://127.0.0.1/', token: \"hunter2\\u0001\"}]";
    assert!(!rejected(text).await.contains("hunter2"));
    let text = "paymentLinks: [{amount: Mileston_TEST_hunter2hunter2}]";
    assert!(!rejected(text).await.contains("hunter2"));
    let error = Fixtures::parse("Mileston_TEST_hunter2hunter2: 1").unwrap_err();
    assert!(!format!("{error} {error:?} {error:#?}").contains("hunter2hunter2"), "{error:#?}");
}

#[tokio::test]
async fn a_file_gets_its_records_once_and_only_if_all_are_valid() {
    let folder = Folder::new("fixtures-in-file");
    let start = |text: &str| {
        let fixtures = Fixtures::parse(text).unwrap();
        Sandbox::builder().fixtures(fixtures).store(folder.file()).start()
    };
    let bad = "paymentLinks: [{amount: '1'}, {amount: '-1'}]";
    assert_eq!(start(bad).await.unwrap_err().kind(), StartErrorKind::Fixtures);
    let good = "paymentLinks: [{amount: '1'}]";
    let sandbox = start(good).await.unwrap();
    assert_eq!(sandbox.fixtures().payment_links.len(), 1);
    let credentials = sandbox.credentials().unwrap().clone();
    sandbox.stop().await;
    let sandbox = start(good).await.unwrap();
    assert!(sandbox.fixtures().is_empty());
    let list = Client::at(sandbox.url(), &credentials).get("/payment-link/").await.expect(200);
    assert_eq!(list["paymentData"].as_array().unwrap().len(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn rate_limits_and_the_request_log_do_not_count_fixtures() {
    let entries = "{amount: '1'}, ".repeat(120);
    let fixtures = Fixtures::parse(&format!("paymentLinks: [{entries}]")).unwrap();
    let limits = mileston_sandbox::RateLimits::documented();
    let sandbox = Sandbox::builder().rate_limits(limits).fixtures(fixtures).start().await.unwrap();
    assert_eq!(sandbox.fixtures().payment_links.len(), 120);
    Client::backend(&sandbox).get("/payment-link/?limit=1").await.expect(200);
}
