//! Checks which text can be sent as an e-mail address.

use mileston_api::Email;
use mileston_api::types::{CreateInvoice, Invoice};
use proptest::prelude::*;

#[track_caller]
fn refused(text: &str, expected: &str) {
    let error = text.parse::<Email>().unwrap_err().to_string();
    assert!(error.contains(expected), "{text:?}: {error}");
    assert!(serde_json::from_value::<Email>(text.into()).is_err(), "{text:?}");
    assert!(Email::try_from(text.to_owned()).is_err(), "{text:?}");
}

#[test]
fn invalid_addresses_are_rejected() {
    refused("", "empty");
    refused("Ada", "needs an `@`");
    refused("@", "both sides");
    refused("@example.com", "both sides");
    refused("ada@", "both sides");
    refused("ada@example.com@example.com", "only one `@`");
    refused("ada@example.com,bob@example.com", "only one `@`");
    refused("Ada Lovelace <ada@example.com>", "whitespace");
    refused(" ada@example.com", "whitespace");
    refused("ada@example.com\n", "whitespace");
    refused("ada\u{a0}@example.com", "whitespace");
    refused("ada\0@example.com", "control characters");
    refused(&format!("{}@example.com", "a".repeat(243)), "254 bytes");
}

#[test]
fn unusual_addresses_are_accepted() {
    let longest = format!("{}@example.com", "a".repeat(242));
    for text in ["a@b", "ada+shop@[127.0.0.1]", "ädä@beispiel.example", "\"a\"@b", &longest] {
        let email: Email = text.parse().unwrap();
        assert_eq!(email.to_string(), text);
        assert_eq!(serde_json::to_value(&email).unwrap(), *text);
    }
}

/// The platform may have stored invalid text earlier, or received it from elsewhere.
#[test]
fn a_response_with_an_invalid_address_is_read() {
    let invoice = r#"{"invoiceId":"7","customerEmail":"Ada Lovelace"}"#;
    let invoice: Invoice = serde_json::from_str(invoice).unwrap();
    assert_eq!(invoice.customer_email.as_deref(), Some("Ada Lovelace"));
    let body = r#"{"amount":"1","itemName":"x","customerEmail":"Ada Lovelace","dueDate":"2031-01-31T00:00:00Z"}"#;
    assert!(serde_json::from_str::<CreateInvoice>(body).is_err());
}

proptest! {
    #[test]
    fn an_error_does_not_show_the_text(text in "[a-z]{4,10}( [a-z]{4,10})?(@@)?[^ -~]{0,4}") {
        let Err(error) = text.parse::<Email>() else { return Ok(()) };
        let said = format!("{error} {error:#?}");
        prop_assert!(!said.contains(&text), "{}", said);
    }
}
