//! Tests batches. In Rust, a batch is a list of pairs; in the request, it is two lists of the same length.

use mileston_api::types::{Chain, SendBatchPayment};
use mileston_api::{Address, Amount, ErrorKind};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pairs_convert_to_lists_and_back(pairs in prop::collection::vec((any::<String>(), 1_u128..1_000_000_000_000), 0..6)) {
        let pairs: Vec<(Address, Amount)> = pairs
            .into_iter()
            .map(|(text, units)| (Address::unchecked(text), Amount::from_units(units).unwrap()))
            .collect();
        let batch = SendBatchPayment::from_pairs(Chain::Sui, pairs.clone());
        let json = serde_json::to_string(&batch).unwrap();
        let texts: Vec<&str> = pairs.iter().map(|(address, _)| address.as_str()).collect();
        let amounts: Vec<String> = pairs.iter().map(|(_, amount)| amount.to_string()).collect();
        prop_assert_eq!(&json, &format!(
            "{{\"recipients\":{},\"amounts\":{},\"walletType\":\"sui\"}}",
            serde_json::to_string(&texts).unwrap(),
            serde_json::to_string(&amounts).unwrap(),
        ));
        prop_assert_eq!(serde_json::from_str::<SendBatchPayment>(&json).unwrap(), batch.clone());
        let sum: u128 = pairs.iter().map(|(_, amount)| amount.units()).sum();
        prop_assert_eq!(batch.total().map(Amount::units), (sum > 0).then_some(sum));
    }
}

#[test]
fn the_error_of_a_rejected_payment_names_the_invalid_argument() {
    let address = "0x52908400098527886E0F7030069857D2E4169EE7";
    for (recipient, amount, argument) in
        [("0x12", "1.00", "recipient"), (address, "1,00", "amount"), ("0x12", "1,00", "recipient")]
    {
        let error = SendBatchPayment::new(Chain::Eth).pay(recipient, amount).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        let text = error.to_string();
        assert!(text.contains(&format!("the argument `{argument}` is invalid: ")), "{text}");
        assert!(!text.contains("0x12") && !text.contains("1,00"), "{text}");
    }
    let batch = SendBatchPayment::new(Chain::Eth).pay(address, "1.00").unwrap();
    assert_eq!(batch.payments(), [(address.parse().unwrap(), "1.00".parse().unwrap())]);
}

#[test]
fn unequal_lists_are_rejected() {
    for json in [
        r#"{"recipients":["x"],"amounts":[],"walletType":"eth"}"#,
        r#"{"recipients":[],"amounts":["1"],"walletType":"eth"}"#,
    ] {
        let error = serde_json::from_str::<SendBatchPayment>(json).unwrap_err().to_string();
        assert!(error.starts_with("recipients and amounts have different lengths"), "{error}");
    }
}
