//! Checks that `Deserialize` accepts the same values as parsing, and that no error quotes a rejected value.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper fails the test")]

use std::fmt::Debug;

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, Live, NormalKey, Test, WalletSecret, WebhookToken,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{BytesDeserializer, Error as ValueError};
use serde_json::json;

/// Returns the error from deserializing a `Value`. Checks that `from_str` and `from_reader` return the same error, with
/// a position.
#[track_caller]
fn rejection<T: DeserializeOwned + Debug>(json: &str) -> String {
    let from_str = serde_json::from_str::<T>(json).unwrap_err();
    let from_reader = serde_json::from_reader::<_, T>(json.as_bytes()).unwrap_err();
    let value = serde_json::from_str::<serde_json::Value>(json).unwrap();
    let from_value = serde_json::from_value::<T>(value).unwrap_err().to_string();
    for error in [from_str, from_reader] {
        assert!(error.to_string().starts_with(&from_value), "{error} must begin with {from_value}");
        assert!(format!("{error:?}").contains(&format!("{from_value:?}")), "{error:?}");
    }
    from_value
}

#[track_caller]
fn check<T: DeserializeOwned + Debug>(json: &str, expected: &str) {
    assert_eq!(rejection::<T>(json), expected);
}

#[derive(Debug, Deserialize)]
struct Settings {
    key: NormalKey<Test>,
    checkout: CheckoutKey<Live>,
    any: AnyKey,
    business: BusinessId,
    secret: Option<WalletSecret>,
    webhook: Option<WebhookToken>,
}

#[test]
fn a_settings_file_is_read() {
    let settings: Settings = serde_json::from_value(json!({
        "key": "Mileston_TEST_fake0123",
        "checkout": "Mileston_LIVE_CHECKOUTKEY_fake0123",
        "any": "Mileston_LIVE_fake0123",
        "business": "my-business",
        "secret": "fake wallet secret",
        "webhook": "fake webhook token",
    }))
    .unwrap();
    assert_eq!(settings.key.expose_secret(), "Mileston_TEST_fake0123");
    assert_eq!(settings.checkout.expose_secret(), "Mileston_LIVE_CHECKOUTKEY_fake0123");
    assert!(matches!(settings.any, AnyKey::NormalLive(_)));
    assert_eq!(settings.business.as_str(), "my-business");
    assert_eq!(settings.secret.map(|secret| secret.expose_secret().len()), Some(18));
    assert_eq!(settings.webhook.map(|token| token.expose_secret().len()), Some(18));
}

#[test]
fn escaped_text_is_unescaped_before_it_is_checked() {
    let key: NormalKey<Test> = serde_json::from_str(r#""Mileston\u005fTEST_fake0123""#).unwrap();
    assert_eq!(key.expose_secret(), "Mileston_TEST_fake0123");
}

#[test]
fn a_missing_field_is_an_error() {
    let error = serde_json::from_value::<Settings>(json!({})).unwrap_err();
    assert_eq!(error.to_string(), "missing field `key`");
}

#[test]
fn rejected_text_gets_the_parsers_error() {
    let refused = "Mileston_LIVE_fake0123";
    let expected = NormalKey::<Test>::try_from(refused).unwrap_err().to_string();
    check::<NormalKey<Test>>(&json!(refused).to_string(), &expected);
    let expected = BusinessId::try_from(refused).unwrap_err().to_string();
    check::<BusinessId>(&json!(refused).to_string(), &expected);
    let expected = WebhookToken::try_from(refused).unwrap_err().to_string();
    check::<WebhookToken>(&json!(refused).to_string(), &expected);
}

#[test]
fn a_number_is_not_quoted() {
    for number in ["90210777", "-90210777", "90210.777", "18446744073709551615", "9.0210777e30"] {
        check::<NormalKey<Test>>(
            number,
            "expected a Normal key for test mode (`Mileston_TEST_…`) as a string, found a number; put it \
             in quotes",
        );
        check::<BusinessId>(
            number,
            "expected a business id as a string, found a number; put it in quotes",
        );
        check::<WalletSecret>(
            number,
            "expected a wallet secret as a string, found a number; put it in quotes",
        );
        check::<WebhookToken>(
            number,
            "expected a webhook token as a string, found a number; put it in quotes",
        );
    }
}

/// Simulates how `serde_json` passes a number with `arbitrary_precision`, whether or not the feature is enabled in this
/// build.
#[test]
fn a_number_is_recognised_whichever_serde_json_features_are_enabled() {
    use serde::de::value::{Error, MapDeserializer};
    let map = std::iter::once(("$serde_json::private::Number", "90210777"));
    let read =
        <BusinessId as serde::Deserialize>::deserialize(MapDeserializer::<_, Error>::new(map));
    let expected = "expected a business id as a string, found a number; put it in quotes";
    assert_eq!(read.unwrap_err().to_string(), expected);
    check::<BusinessId>(
        r#"{"90210777":1}"#,
        "invalid type: map, expected a business id as a string",
    );
}

#[test]
fn other_values_are_not_quoted() {
    check::<AnyKey>(
        "true",
        "expected a Mileston API key as a string, found true or false; put it in quotes",
    );
    check::<AnyKey>("null", "invalid type: null, expected a Mileston API key as a string");
    check::<AnyKey>(
        r#"["fake0123"]"#,
        "invalid type: sequence, expected a Mileston API key as a string",
    );
    check::<WalletSecret>(
        r#"{"fake0123": "fake4567"}"#,
        "invalid type: map, expected a wallet secret as a string",
    );
}

#[test]
fn bytes_are_not_quoted() {
    let bytes = BytesDeserializer::<ValueError>::new(b"Mileston_TEST_fake0123");
    let error = NormalKey::<Test>::deserialize(bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid type: byte array, expected a Normal key for test mode (`Mileston_TEST_…`) as a string",
    );
}
