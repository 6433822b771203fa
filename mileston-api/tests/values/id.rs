//! Tests ids. Each kind of id has a separate type, and any text is valid.

use std::collections::HashSet;

use mileston_api::{
    InvoiceId, OnRampId, PaymentId, PaymentLinkId, RecurringPaymentId, SubwalletId, TransactionId,
};
use proptest::prelude::*;

/// Checks the rules for one kind of id.
macro_rules! check_kind {
    ($name:ident, $text:expr) => {{
        let text: &str = $text;
        let id = $name::from(text);
        prop_assert_eq!(id.as_str(), text);
        prop_assert_eq!(id.as_ref(), text);
        prop_assert_eq!(id.to_string(), text);
        prop_assert!(id == *text && id == text);
        prop_assert_eq!(&text.parse::<$name>().unwrap(), &id);
        prop_assert_eq!(&$name::from(text.to_owned()), &id);
        let json = serde_json::to_string(&id).unwrap();
        prop_assert_eq!(&json, &serde_json::to_string(text).unwrap());
        prop_assert_eq!(&serde_json::from_str::<$name>(&json).unwrap(), &id);
        prop_assert_eq!(HashSet::from([id.clone(), id]).len(), 1);
    }};
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_an_id_and_stays_unchanged(text in any::<String>()) {
        check_kind!(PaymentLinkId, &text);
        check_kind!(InvoiceId, &text);
        check_kind!(RecurringPaymentId, &text);
        check_kind!(SubwalletId, &text);
        check_kind!(TransactionId, &text);
        check_kind!(OnRampId, &text);
        check_kind!(PaymentId, &text);
    }

    #[test]
    fn an_integer_becomes_the_id_with_its_digits(small in any::<i64>(), large in any::<u64>()) {
        for digits in [small.to_string(), large.to_string()] {
            let id: InvoiceId = serde_json::from_str(&digits).unwrap();
            prop_assert_eq!(id.as_str(), digits);
        }
    }
}

#[test]
fn nothing_else_is_an_id() {
    for json in
        ["1.5", "1e3", "true", "null", "[]", "{}", "340282366920938463463374607431768211455"]
    {
        let error = serde_json::from_str::<PaymentId>(json).unwrap_err().to_string();
        assert!(error.contains("expected an id as text or as a whole number"), "{json}: {error}");
    }
}

#[test]
fn three_kinds_of_ids_convert_to_a_payment_id() {
    let link = PaymentLinkId::from("a");
    let invoice = InvoiceId::from("b");
    let recurring = RecurringPaymentId::from("c");
    assert_eq!(PaymentId::from(&link), PaymentId::from(link));
    assert_eq!(PaymentId::from(&invoice), "b");
    assert_eq!(PaymentId::from(invoice), "b");
    assert_eq!(PaymentId::from(&recurring), "c");
    assert_eq!(PaymentId::from(recurring), "c");
}

#[test]
fn debug_shows_the_kind() {
    assert_eq!(format!("{:?}", SubwalletId::from("a")), r#"SubwalletId("a")"#);
}
