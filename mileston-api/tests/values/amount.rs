//! Checks that amounts are exact and kept as written, by comparing them with `rust_decimal`.

use std::collections::HashSet;

use mileston_api::{Amount, ReportedAmount, TokenAmount, types::Token};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn error(text: &str) -> String {
    text.parse::<Amount>().unwrap_err().to_string()
}

/// Returns whether the text is a valid amount with up to 6 decimal places. This doesn't use the parser.
fn looks_right(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && fraction.len() <= 6
        && (whole == "0" || !whole.starts_with('0'))
        && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}

/// Generates text that is often almost an amount.
fn nearly() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,12}(\\.[0-9]{1,8})?",
        "[-+0-9.,eE ]{0,10}",
        "[0-9]{1,3}[٣०５½ü,][0-9]{0,3}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parser_agrees_with_another_implementation(text in nearly()) {
        let parsed = text.parse::<Amount>();
        prop_assert_eq!(parsed.is_ok(), looks_right(&text), "{:?}", text);
        if let Ok(amount) = parsed {
            prop_assert_eq!(amount.to_string(), text.as_str());
            let json = serde_json::to_string(&amount).unwrap();
            prop_assert_eq!(serde_json::from_str::<Amount>(&json).unwrap().to_string(), text.as_str());
            let judged = Decimal::from_str_exact(&text).unwrap();
            prop_assert_eq!(Decimal::from(amount.units() as u64) / Decimal::from(1_000_000), judged);
        } else {
            let message = error(&text);
            prop_assert!(text.chars().count() < 4 || !message.contains(&text), "{}", message);
            prop_assert!(serde_json::from_value::<Amount>(text.into()).is_err());
        }
    }

    /// `amount!` calls `from_literal` with the literal and its text, and rustc shows the error.
    #[test]
    fn a_literal_is_accepted_if_its_text_is_an_amount(text in nearly()) {
        let literal = format!("{text:?}");
        let checked = Amount::from_literal(&literal, &text);
        prop_assert_eq!(checked.is_ok(), looks_right(&text), "{:?}", text);
        prop_assert_eq!(checked.ok().map(|it| it.to_string()), looks_right(&text).then_some(text));
    }

    #[test]
    fn order_sum_and_difference_agree_with_another_implementation(a in "[1-9][0-9]{0,9}(\\.[0-9]{1,6})?", b in "[1-9][0-9]{0,9}(\\.[0-9]{1,6})?") {
        let (one, other): (Amount, Amount) = (a.parse().unwrap(), b.parse().unwrap());
        let (x, y): (Decimal, Decimal) = (a.parse().unwrap(), b.parse().unwrap());
        prop_assert_eq!(one.cmp(&other), x.cmp(&y));
        prop_assert_eq!(one.checked_add(other).unwrap().to_string(), (x + y).to_string());
        let difference = one.checked_sub(other).map(|amount| amount.to_string());
        prop_assert_eq!(difference, (x > y).then(|| (x - y).to_string()));
        prop_assert_eq!(HashSet::from([one, other]).len() == 1, x == y);
    }

    #[test]
    fn units_convert_both_ways(units in 1_u128..100_000_000_000_000_000_000_000_000) {
        let amount = Amount::from_units(units).unwrap();
        prop_assert_eq!(amount.units(), units);
        prop_assert_eq!(amount.to_string().parse::<Amount>().unwrap(), amount);
    }

    #[test]
    fn units_match_the_text(whole in "[1-9][0-9]{0,24}") {
        let Ok(amount) = whole.parse::<Amount>() else {
            prop_assert!(whole.len() > 20);
            return Ok(());
        };
        prop_assert_eq!(amount.units().to_string(), format!("{whole}000000"));
    }

    #[test]
    fn a_reported_number_is_serialized_unchanged(number in any::<u64>()) {
        let json = number.to_string();
        let reported: ReportedAmount = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(reported.as_str(), json.as_str());
        prop_assert_eq!(serde_json::to_string(&reported).unwrap(), json);
    }

    #[test]
    fn any_reported_text_is_kept(text in any::<String>()) {
        let json = serde_json::to_string(&text).unwrap();
        let reported: ReportedAmount = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(reported.as_str(), text.as_str());
        prop_assert_eq!(serde_json::to_string(&reported).unwrap(), json);
        prop_assert_eq!(reported.amount(), text.parse::<Amount>());
    }
}

#[test]
fn the_decimal_places_of_the_token_are_checked() {
    let amount: TokenAmount = "0.0000001".parse().unwrap();
    for token in ["USDC", "USDT"] {
        assert!(amount.check(&Token::from(token)).is_err(), "{token} has 6 decimals");
    }
    let amount: TokenAmount = "0.0000000001".parse().unwrap();
    assert!(amount.check(&Token::Sol).is_err(), "SOL has 9 decimal places");
    assert!(amount.check(&Token::from("NEW")).is_ok(), "an unknown token must pass");
}

#[test]
fn both_types_treat_zeros_beyond_the_decimal_places_alike() {
    let amount = "1.0000000".parse::<Amount>().is_ok();
    let token = "1.0000000".parse::<TokenAmount>().unwrap().check(&Token::Usdc).is_ok();
    assert_eq!(amount, token);
}

#[test]
fn an_amount_that_is_too_large_is_rejected() {
    assert!("99999999999999999999.999999".parse::<Amount>().is_ok());
    let wanted = "an amount can have at most 20 digits before its decimal point";
    assert_eq!(error("100000000000000000000"), wanted);
    let most: Amount = "99999999999999999999".parse().unwrap();
    assert_eq!(most.checked_add(most), None);
    assert_eq!(Amount::from_units(u128::MAX).unwrap_err().to_string(), wanted);
}

#[cfg(feature = "rust_decimal")]
#[test]
fn a_decimal_with_zeros_at_its_end_is_an_amount() {
    let decimal: Decimal = "1.0000000".parse().unwrap();
    assert_eq!(Amount::try_from(decimal).map(|amount| amount.units()), Ok(1_000_000));
}
