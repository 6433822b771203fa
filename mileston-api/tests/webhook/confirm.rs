//! Tests the comparison of a delivery with the platform's own data, over HTTP.

use mileston_api::webhook::{Advice, Confirmation, Delivery, Fact, FactCheck};
use mileston_api::{
    CheckoutClient, CheckoutKey, Client, ErrorKind, ReportedAmount, StatusCode, Test,
};
use serde_json::{Value, json};

use crate::read;
use crate::server::{Server, json as answer};

use FactCheck::{Contradicts, Matches, NotReported};

fn client(server: &Server) -> CheckoutClient<Test> {
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.origin(&server.origin).unwrap().build().unwrap()
}

fn delivery(event: &str, payload: &Value) -> Delivery {
    read(json!({"event": event, "payload": payload}).to_string()).unwrap()
}

/// Confirms a delivery with a platform that sends this response, and compares the checks with the expected ones, which
/// are in the order of the variants of `Fact`.
async fn check(
    event: &str,
    payload: Value,
    platform: Value,
    expected: [FactCheck; 4],
) -> Confirmation {
    let server = Server::answering(answer("200 OK", &platform.to_string())).await;
    let found = delivery(event, &payload).confirm(&client(&server)).await.unwrap();
    assert_eq!(found.facts().map(|(_, check)| check), expected, "{payload} {platform}");
    assert_eq!(server.seen().len(), 1);
    let count =
        found.matched().count() + found.contradicted().count() + found.not_reported().count();
    assert_eq!(count, 4);
    found
}

fn invoice(fields: Value) -> Value {
    json!({"statusCode": 200, "invoiceData": fields})
}

#[tokio::test]
async fn a_paid_invoice_is_confirmed_as_paid() {
    let found = check(
        "invoice-paid",
        json!({"invoiceId": "id-1", "amount": "100.00", "env": "test", "status": "paid"}),
        invoice(json!({"invoiceId": "id-1", "amount": "100", "env": "test", "status": "paid"})),
        [Matches; 4],
    )
    .await;
    assert!(found.is_confirmed() && found.is_paid());
    assert_eq!(found.advice(), Advice::Fulfil);
    assert_eq!(found.platform_amount().map(ReportedAmount::as_str), Some("100"));
    assert_eq!(
        found.to_string(),
        "existence matches, amount matches, environment matches, status matches"
    );
}

/// A payment link has no status, so the platform can never say that it was paid.
#[tokio::test]
async fn a_payment_link_is_confirmed_but_never_as_paid() {
    let found = check(
        "paymentlink-paid",
        json!({"paymentLinkId": "id-1", "amount": "12.5", "env": "test", "status": "paid"}),
        json!({"paymentData": {"paymentLinkId": "id-1", "amount": "12.50", "env": "test"}}),
        [Matches, Matches, Matches, NotReported],
    )
    .await;
    assert!(found.is_confirmed() && !found.is_paid());
    assert_eq!(found.advice(), Advice::CheckFurther);
    assert_eq!(found.not_reported().collect::<Vec<_>>(), [Fact::Status]);
}

#[tokio::test]
async fn a_recurring_payment_has_its_own_status() {
    for (status, verdict) in [("paid", Matches), ("unpaid", Contradicts), ("late", Contradicts)] {
        let found = check(
            "recurring-paid",
            json!({"recurringPaymentId": "id-1", "amount": "1", "env": "test"}),
            json!({"recurringPaymentData": {
                "recurringPaymentId": "id-1", "amount": "1", "env": "test",
                "currentPaymentStatus": status,
            }}),
            [Matches, Matches, Matches, verdict],
        )
        .await;
        assert_eq!(found.is_paid(), status == "paid");
        assert_eq!(found.is_confirmed(), status == "paid");
        assert_eq!(found.advice() == Advice::Fulfil, status == "paid");
    }
}

#[tokio::test]
async fn each_contradiction_is_named() {
    let record = json!({"invoiceId": "id-1", "amount": "100.00", "env": "test", "status": "paid"});
    let with = |base: &Value, field: &str, value: &str| {
        let mut changed = base.clone();
        changed[field] = value.into();
        changed
    };
    let m = Matches;
    let c = Contradicts;
    for (field, value, expected) in [
        ("invoiceId", "id-2", [c, m, m, m]),
        ("amount", "100.01", [m, c, m, m]),
        ("amount", "1e2", [m, c, m, m]),
        ("amount", "", [m, c, m, m]),
        ("env", "prod", [m, m, c, m]),
        ("env", "Test", [m, m, c, m]),
        ("status", "pending", [m, m, m, c]),
        ("status", "cancelled", [m, m, m, c]),
    ] {
        // The platform reports a different value from the one in the delivery.
        let reported = invoice(with(&record, field, value));
        let found = check("invoice-paid", record.clone(), reported, expected).await;
        assert!(!found.is_confirmed() && !found.is_paid(), "{field} {value}");
        if field != "invoiceId" {
            // The delivery contains a different value from the one that the platform reports.
            let delivered = with(&record, field, value);
            let found = check("invoice-paid", delivered, invoice(record.clone()), expected).await;
            assert!(!found.is_confirmed() && !found.is_paid(), "{field} {value}");
            assert_eq!(found.advice(), Advice::DontFulfil);
        }
    }
}

#[tokio::test]
async fn facts_that_cannot_be_compared_are_not_reported() {
    let full = json!({"invoiceId": "id-1", "amount": "1", "env": "test", "status": "paid"});
    let bare = json!({"invoiceId": "id-1"});
    let only_existence = [Matches, NotReported, NotReported, NotReported];
    let found = check("invoice-paid", full.clone(), invoice(bare.clone()), only_existence).await;
    assert!(found.is_confirmed() && !found.is_paid());
    // The environment is compared with the key's mode, and the status with `paid`, so the platform's value is enough.
    let found = check(
        "invoice-paid",
        bare,
        invoice(full.clone()),
        [Matches, NotReported, Matches, Matches],
    )
    .await;
    assert!(found.is_paid());
    assert_eq!(found.platform_amount().map(ReportedAmount::as_str), Some("1"));
    let found = check("invoice-paid", full, json!({"statusCode": 200}), [NotReported; 4]).await;
    assert!(!found.is_confirmed());
}

#[tokio::test]
async fn a_test_key_does_not_confirm_a_live_delivery() {
    for env in ["prod", "production"] {
        let found = check(
            "invoice-paid",
            json!({"invoiceId": "id-1", "env": env}),
            invoice(json!({"invoiceId": "id-1"})),
            [Matches, NotReported, Contradicts, NotReported],
        )
        .await;
        assert!(!found.is_confirmed());
    }
}

#[tokio::test]
async fn an_unknown_id_contradicts_the_delivery() {
    let body = r#"{"message":"Not found","statusCode":404}"#;
    let server = Server::answering(answer("404 Not Found", body)).await;
    let payload = json!({"paymentLinkId": "id-1", "amount": "1", "env": "test", "status": "paid"});
    let found = delivery("paymentlink-paid", &payload).confirm(&client(&server)).await.unwrap();
    let expected = [Contradicts, NotReported, NotReported, NotReported];
    assert_eq!(found.facts().map(|(_, check)| check), expected);
    assert!(!found.is_confirmed());
    assert_eq!(found.contradicted().collect::<Vec<_>>(), [Fact::Existence]);
}

#[tokio::test]
async fn a_failure_other_than_404_is_returned_as_an_error() {
    let payload = json!({"paymentLinkId": "id-1"});
    for (status, kind) in [
        ("401 Unauthorized", ErrorKind::Refused(StatusCode::UNAUTHORIZED)),
        ("410 Gone", ErrorKind::Refused(StatusCode::GONE)),
        ("501 Not Implemented", ErrorKind::Failed(StatusCode::NOT_IMPLEMENTED)),
    ] {
        let server = Server::answering(answer(status, "{}")).await;
        let asked = delivery("paymentlink-paid", &payload).confirm(&client(&server)).await;
        assert_eq!(asked.unwrap_err().kind(), kind);
    }
}

/// A response from a proxy, or for a route that the platform doesn't have, says nothing about the payment.
#[tokio::test]
async fn a_404_that_is_not_the_platforms_own_is_an_error() {
    let payload = json!({"invoiceId": "id-1"});
    for body in [
        "<!doctype html>",
        "",
        "{}",
        r#"{"message":"no Route matched with those values"}"#,
        r#"{"message":"Cannot GET /checkout/data/invoice.get/id-1","error":"Not Found","statusCode":404}"#,
    ] {
        let server = Server::answering(answer("404 Not Found", body)).await;
        let asked = delivery("invoice-paid", &payload).confirm(&client(&server)).await;
        let kind = asked.map_err(|error| error.kind());
        assert_eq!(kind, Err(ErrorKind::Refused(StatusCode::NOT_FOUND)), "{body}");
    }
}

#[tokio::test]
async fn the_record_of_the_delivery_is_requested() {
    for (event, payload, path) in [
        ("paymentlink-paid", json!({"paymentLinkId": "id-1"}), "paymentlink.get/id-1"),
        ("invoice-paid", json!({"invoiceId": "id-1"}), "invoice.get/id-1"),
        ("recurring-paid", json!({"recurringPaymentId": "id-1"}), "recurring.get/id-1"),
        ("invoice-paid", json!({"paymentLinkId": "a/../b?c"}), "invoice.get/a%2F..%2Fb%3Fc"),
    ] {
        let server = Server::answering(answer("200 OK", "{}")).await;
        delivery(event, &payload).confirm(&client(&server)).await.unwrap();
        let seen = server.seen().concat();
        assert!(seen.starts_with(&format!("GET /checkout/data/{path} HTTP/1.1\r\n")), "{seen}");
        assert!(seen.contains("apikey: Mileston_TEST_CHECKOUTKEY_fake0123\r\n"), "{seen}");
        assert!(!seen.contains("webhook"), "{seen}");
    }
}

#[tokio::test]
async fn nothing_is_sent_for_a_delivery_without_an_id_or_known_event() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    for (event, payload) in [
        ("refund-made", json!({"paymentLinkId": "id-1"})),
        ("invoice-paid", json!({"amount": "1"})),
    ] {
        let found = delivery(event, &payload).confirm(&client(&server)).await.unwrap();
        assert_eq!(found.facts().map(|(_, check)| check), [NotReported; 4]);
        assert!(!found.is_confirmed());
        assert_eq!(found.advice(), Advice::DontFulfil);
    }
    let odd = delivery("invoice-paid", &json!({"invoiceId": ".."}));
    let error = odd.confirm(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_future_can_move_to_another_task() {
    let server = Server::answering(answer("200 OK", "{}")).await;
    let client = client(&server);
    let delivery = delivery("invoice-paid", &json!({"invoiceId": "id-1"}));
    let found =
        tokio::spawn(async move { delivery.confirm(&client).await }).await.unwrap().unwrap();
    assert_eq!(found.fact(Fact::Existence), NotReported);
}
