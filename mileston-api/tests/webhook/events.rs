//! Tests the values that are read from a valid delivery, and how repeated deliveries are
//! recognised.

use mileston_api::ReportedAmount;
use mileston_api::keys::WebhookToken;
use mileston_api::types::{Chain, Environment, PaymentStatus, WebhookPayment};
use mileston_api::webhook::{Event, RECEIVED, SEND_AGAIN, testing};
use serde_json::{Value, json};

use crate::{PAID, read, token, verifier};

fn body(event: &str, payload: &Value) -> String {
    json!({"event": event, "payload": payload}).to_string()
}

#[test]
fn the_vendors_example_is_read() {
    let delivery = read(PAID).unwrap();
    let Event::PaymentLinkPaid(payment) = &delivery.event else { panic!("{delivery:?}") };
    assert_eq!(payment.amount.as_ref().map(ReportedAmount::as_str), Some("100.00"));
    assert_eq!(payment.chain, Some(Chain::Pol));
    assert_eq!(payment.env, Some(Environment::Test));
    assert_eq!(payment.status, Some(PaymentStatus::Paid));
    assert_eq!(payment.created_at.unwrap().to_string(), "2025-07-14T09:30:00.123Z");
    assert_eq!(delivery.paid_id(), Some("link-1"));
    assert_eq!(delivery.event.name(), "paymentlink-paid");
    let whole: Value = serde_json::from_str(PAID).unwrap();
    assert_eq!(delivery.raw, whole["payload"]);
    assert_eq!(serde_json::to_value(payment).unwrap(), whole["payload"]);
}

#[test]
fn every_event_has_the_right_name() {
    let payment = WebhookPayment::new().with_amount("1".into());
    for (name, event) in [
        ("paymentlink-paid", Event::PaymentLinkPaid(payment.clone())),
        ("invoice-paid", Event::InvoicePaid(payment.clone())),
        ("recurring-paid", Event::RecurringPaid(payment.clone())),
    ] {
        let delivery = read(body(name, &json!({"amount": "1"}))).unwrap();
        assert_eq!(delivery.event, event);
        assert_eq!((event.name(), event.payment()), (name, Some(&payment)));
    }
}

#[test]
fn missing_fields_are_tolerated_and_additional_ones_are_kept() {
    let empty = read(r#"{"event":"invoice-paid","payload":{}}"#).unwrap();
    assert_eq!(empty.event, Event::InvoicePaid(WebhookPayment::new()));
    let null = read(r#"{"event":"invoice-paid","payload":{"amount":null}}"#).unwrap();
    assert_eq!(null.event, empty.event);
    assert_ne!(null.dedupe_key(), empty.dedupe_key());

    let more =
        r#"{"id":"evt","event":"invoice-paid","payload":{"invoiceId":"id-1","new":{"a":[1]}}}"#;
    let more = read(more).unwrap();
    assert_eq!(more.event, empty.event);
    assert_eq!(more.raw, json!({"invoiceId": "id-1", "new": {"a": [1]}}));
}

#[test]
fn unknown_values_are_kept() {
    let payload = json!({"chain": "doge", "env": "staging", "status": "refunded"});
    let delivery = read(body("recurring-paid", &payload)).unwrap();
    let payment = delivery.event.payment().unwrap();
    assert_eq!(payment.chain, Some(Chain::Unknown("doge".to_owned())));
    assert_eq!(serde_json::to_value(payment).unwrap(), payload);
}

#[test]
fn an_unknown_event_is_not_an_error() {
    for (event, payload) in [
        ("refund-made", json!({"amount": 7, "nested": [{"a": null}]})),
        ("refund-made", json!([1, 2])),
        ("refund-made", Value::Null),
        ("Invoice-Paid", json!("text")),
        ("", json!(1.5)),
    ] {
        let delivery = read(body(event, &payload)).unwrap();
        let unknown = Event::Unknown { event: event.to_owned(), payload: payload.clone() };
        assert_eq!((&delivery.event, &delivery.raw), (&unknown, &payload));
        assert_eq!((unknown.name(), unknown.payment()), (event, None));
        assert_eq!((delivery.paid_id(), delivery.dedupe_key().len()), (None, 64));
    }
}

#[test]
fn the_id_is_read_from_its_own_field_or_from_payment_link_id() {
    for (event, payload, id) in [
        ("invoice-paid", json!({"invoiceId": "own", "paymentLinkId": "other"}), Some("own")),
        ("invoice-paid", json!({"paymentLinkId": "other"}), Some("other")),
        ("recurring-paid", json!({"recurringPaymentId": "own"}), Some("own")),
        ("recurring-paid", json!({"invoiceId": "stranger"}), None),
        ("paymentlink-paid", json!({"invoiceId": "stranger"}), None),
        ("invoice-paid", json!({"invoiceId": 7}), Some("7")),
        ("invoice-paid", json!({"invoiceId": [7]}), None),
        ("invoice-paid", json!({"invoiceId": "", "paymentLinkId": "other"}), Some("other")),
        ("invoice-paid", json!({"invoiceId": " ", "paymentLinkId": ""}), None),
        ("paymentlink-paid", json!({"paymentLinkId": ""}), None),
        ("paymentlink-paid", json!({"paymentLinkId": 7}), Some("7")),
    ] {
        assert_eq!(read(body(event, &payload)).unwrap().paid_id(), id, "{event} {payload}");
    }
}

#[test]
fn the_same_delivery_has_the_same_key_in_any_notation() {
    let key = read(PAID).unwrap().dedupe_key();
    let dense = serde_json::from_str::<Value>(PAID).unwrap().to_string();
    assert_eq!(read(&dense).unwrap().dedupe_key(), key);
    // `a` is escaped, and the fields are in a different order.
    let escaped = dense.replace("\"paid\"", "\"p\\u0061id\"");
    assert_eq!(read(&escaped).unwrap().dedupe_key(), key);
    let turned = r#"{"payload":{"b":[1,2],"a":{"d":1,"c":2}},"event":"other"}"#;
    let other = r#"{ "event":"other", "payload":{"a":{"c":2,"d":1},"b":[1,2]} }"#;
    assert_eq!(read(turned).unwrap().dedupe_key(), read(other).unwrap().dedupe_key());
    // The order of a list matters.
    let list = turned.replace("[1,2]", "[2,1]");
    assert_ne!(read(&list).unwrap().dedupe_key(), read(turned).unwrap().dedupe_key());
    assert!(key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
}

#[test]
fn the_same_payment_in_a_different_event_has_a_different_key() {
    let payload = json!({"amount": "1"});
    let one = read(body("invoice-paid", &payload)).unwrap();
    let other = read(body("recurring-paid", &payload)).unwrap();
    assert_ne!(one.dedupe_key(), other.dedupe_key());
}

#[test]
fn deliveries_for_tests_are_accepted() {
    let payment = WebhookPayment::new().with_payment_link_id("id-1".into()).with_chain(Chain::Sui);
    for event in [
        Event::PaymentLinkPaid(payment.clone()),
        Event::InvoicePaid(payment.clone()),
        Event::RecurringPaid(payment),
        Event::Unknown { event: "refund-made".to_owned(), payload: json!([1]) },
    ] {
        let (headers, body) = testing::signed(&token(), &event);
        assert_eq!(headers["content-type"], "application/json");
        assert!(headers["x-webhook-signature"].is_sensitive());
        assert_eq!(verifier().verify(&headers, &body).unwrap().event, event);
    }
    let other: WebhookToken = "fake-other".parse().unwrap();
    let (headers, body) = testing::signed_with(&other, "invoice-paid", json!({}));
    assert!(verifier().verify(&headers, &body).is_err());
}

#[test]
fn the_two_responses_have_the_documented_status() {
    assert_eq!(RECEIVED, 200);
    assert_eq!(SEND_AGAIN, 503);
}

/// The platform would send a rejected delivery again, and it would be rejected again.
#[test]
fn a_field_of_a_different_type_is_none_but_kept_in_the_raw_payload() {
    for (field, value) in [
        ("amount", r#"{"a":1}"#),
        ("paymentLinkId", r#"["id"]"#),
        ("chain", "true"),
        ("status", "{}"),
        ("createdAt", "1752485400123"),
        ("createdAt", "1.7524854e12"),
        ("createdAt", "1e400"),
        ("createdAt", r#""2025-07-14 09:30""#),
        ("createdAt", r#""14.07.2025""#),
        ("createdAt", r#"{"$date":"2025-07-14T09:30:00Z"}"#),
    ] {
        let body =
            format!(r#"{{"event":"invoice-paid","payload":{{"payer":"a","{field}":{value}}}}}"#);
        let delivery = read(&body).unwrap();
        assert_eq!(
            delivery.event,
            Event::InvoicePaid(WebhookPayment::new().with_payer("a")),
            "{body}"
        );
        let [odd] = delivery.unexpected() else { panic!("{:?}", delivery.unexpected()) };
        assert_eq!((odd.path(), odd.raw_json(), odd.is_converted()), (field, value, false));
        assert!(delivery.raw_json().contains(value), "{}", delivery.raw_json());
    }
}

#[test]
fn a_number_is_accepted_like_text() {
    let body = r#"{"event":"invoice-paid","payload":{"payer":17,"amount":12.50,"chain":5}}"#;
    let delivery = read(body).unwrap();
    let payment = delivery.event.payment().unwrap();
    assert_eq!(payment.payer.as_deref(), Some("17"));
    assert_eq!(payment.amount.as_ref().map(ReportedAmount::as_str), Some("12.5"));
    assert_eq!(payment.chain, Some(Chain::Unknown("5".to_owned())));
    let odd: Vec<_> =
        delivery.unexpected().iter().map(|odd| (odd.path(), odd.raw_json())).collect();
    assert_eq!(odd, [("chain", "5"), ("payer", "17")]);
    assert!(delivery.unexpected().iter().all(|odd| odd.is_converted()));
}

#[test]
fn unusual_json_is_read() {
    for (payload, payer) in [
        (r#"{"payer":"a\ud83d"}"#, "a\u{fffd}"),
        (r#"{"payer":"a","new":1e999}"#, "a"),
        (r#"{"payer":"b","payer":"a"}"#, "a"),
    ] {
        let body = format!("\u{feff}{{\"event\":\"invoice-paid\",\"payload\":{payload}}}");
        let delivery = read(&body).unwrap();
        assert_eq!(delivery.event.payment().unwrap().payer.as_deref(), Some(payer), "{payload}");
        assert_eq!(delivery.raw_json(), payload);
    }
    let huge = read(r#"{"event":"other","payload":1e999}"#).unwrap();
    assert_eq!((&huge.raw, huge.raw_json()), (&json!("1e999"), "1e999"));
}
