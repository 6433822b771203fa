//! Checks which arguments callers may pass for a checked value.

use std::time::{Duration, SystemTime};

use mileston_api::{
    Address, Amount, BusinessId, Email, EvmAddress, IntoAddress, IntoAmount, IntoBusinessId,
    IntoEmail, IntoPaymentId, IntoPaymentLinkId, IntoTimestamp, IntoTokenAmount, InvoiceId,
    PaymentId, PaymentLinkId, RecurringPaymentId, Timestamp, TokenAmount, amount, token_amount,
};

#[test]
fn values_references_and_text_convert() {
    let owned = "12.50".to_owned();
    let price = Amount::from_units(12_500_000).unwrap();
    let all = [
        price.into_amount(),
        (&price).into_amount(),
        "12.50".into_amount(),
        (&owned).into_amount(),
        owned.into_amount(),
    ];
    assert_eq!(all, [Ok(price); 5]);

    let owned = "31f0".to_owned();
    let id = PaymentLinkId::from("31f0");
    let all = [
        (&id).into_payment_link_id(),
        "31f0".into_payment_link_id(),
        (&owned).into_payment_link_id(),
        owned.into_payment_link_id(),
        id.into_payment_link_id(),
    ];
    assert!(all.iter().all(|id| id == "31f0"), "{all:?}");
}

#[test]
fn other_types_convert_if_nothing_is_lost() {
    let price = Amount::from_units(5).unwrap();
    assert_eq!(price.into_token_amount(), "0.000005".parse::<TokenAmount>());
    let evm: EvmAddress = "0x52908400098527886E0F7030069857D2E4169EE7".parse().unwrap();
    assert_eq!(evm.clone().into_address(), Ok(Address::from(evm)));
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1500);
    assert_eq!(time.into_timestamp(), "1970-01-01T00:00:01.500Z".parse::<Timestamp>());
    let ids: [PaymentId; 3] = [
        PaymentLinkId::from("7").into_payment_id(),
        (&InvoiceId::from("7")).into_payment_id(),
        RecurringPaymentId::from("7").into_payment_id(),
    ];
    assert!(ids.iter().all(|id| id == "7"), "{ids:?}");
}

#[cfg(feature = "rust_decimal")]
#[test]
fn a_decimal_converts_to_an_amount() {
    let decimal: rust_decimal::Decimal = "12.50".parse().unwrap();
    assert_eq!(decimal.into_amount().unwrap().to_string(), "12.50");
    assert_eq!(decimal.into_token_amount().unwrap().to_string(), "12.50");
    let negative: rust_decimal::Decimal = "-1".parse().unwrap();
    assert!(negative.into_amount().is_err());
}

#[test]
fn text_that_does_not_parse_is_an_error() {
    assert!("12,50".into_amount().is_err());
    assert!("0".into_token_amount().is_err());
    assert!("0x12".into_address().is_err());
    assert!("31.01.2025".into_timestamp().is_err());
    assert!("Ada Lovelace".into_email().is_err());
    assert!("Mileston_TEST_fake0123".to_owned().into_business_id().is_err());
    assert_eq!("ada@example.com".into_email(), "ada@example.com".parse::<Email>());
    assert_eq!("my-business".into_business_id(), "my-business".parse::<BusinessId>());
}

#[test]
fn macros_can_define_constants() {
    const PRICE: Amount = amount!("100.00");
    const FEE: TokenAmount = token_amount!(r"0.000000000000000001");
    assert_eq!(
        (PRICE.to_string(), FEE.to_string()),
        ("100.00".into(), "0.000000000000000001".into())
    );
}
