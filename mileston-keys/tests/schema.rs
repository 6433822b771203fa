//! Checks that the JSON Schema of a key contains the pattern that the parser is tested against, but no examples.

use std::collections::BTreeMap;

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, Live, NormalKey, Test, WalletSecret, WebhookToken, pattern,
};
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

#[track_caller]
fn check<T: JsonSchema>(title: &str, pattern: &str) {
    let schema = schema_for!(T).to_value();
    assert_eq!(schema["title"], title);
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["pattern"], pattern);
}

#[test]
fn each_type_has_its_pattern() {
    check::<NormalKey<Test>>("NormalTestKey", NormalKey::<Test>::PATTERN);
    check::<NormalKey<Live>>("NormalLiveKey", NormalKey::<Live>::PATTERN);
    check::<CheckoutKey<Test>>("CheckoutTestKey", CheckoutKey::<Test>::PATTERN);
    check::<CheckoutKey<Live>>("CheckoutLiveKey", CheckoutKey::<Live>::PATTERN);
    check::<AnyKey>("AnyKey", pattern::ANY_KEY);
    check::<BusinessId>("BusinessId", BusinessId::PATTERN);
    check::<WebhookToken>("WebhookToken", WebhookToken::PATTERN);
}

#[test]
fn the_complete_schema_of_a_key_is_correct() {
    assert_eq!(
        schema_for!(NormalKey<Live>).to_value(),
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "NormalLiveKey",
            "description": "Mileston Normal API key for live mode. Keep it in the backend.",
            "type": "string",
            "pattern": "^Mileston_LIVE_[A-Za-z0-9]{1,242}$",
            "writeOnly": true,
        }),
    );
}

#[test]
fn the_complete_schema_of_a_wallet_secret_is_correct() {
    assert_eq!(
        schema_for!(WalletSecret).to_value(),
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "WalletSecret",
            "description": "Secret that signs Mileston wallet operations.",
            "type": "string",
            "minLength": 1,
            "maxLength": pattern::MAX_WALLET_SECRET_LEN,
            "writeOnly": true,
        }),
    );
}

#[test]
fn the_complete_schema_of_a_webhook_token_is_correct() {
    assert_eq!(
        schema_for!(WebhookToken).to_value(),
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "WebhookToken",
            "description": "Verification token of a Mileston webhook. Keep it secret, like a key.",
            "type": "string",
            "pattern": "^[!#-&(-_a-~](?:[ -~]{0,1022}[!#-&(-_a-~])?$",
            "writeOnly": true,
        }),
    );
}

/// The types have distinct names so that one document can contain all of them.
#[test]
fn one_document_can_contain_all_types() {
    type Everything = (
        NormalKey<Test>,
        NormalKey<Live>,
        CheckoutKey<Test>,
        CheckoutKey<Live>,
        AnyKey,
        BusinessId,
        WalletSecret,
        WebhookToken,
    );
    let schema = schema_for!(Everything).to_value();
    let found: BTreeMap<String, Value> = serde_json::from_value(schema["$defs"].clone()).unwrap();
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    let expected = [
        "AnyKey",
        "BusinessId",
        "CheckoutLiveKey",
        "CheckoutTestKey",
        "NormalLiveKey",
        "NormalTestKey",
        "WalletSecret",
        "WebhookToken",
    ];
    assert_eq!(names, expected);
}
