//! Implements `JsonSchema` for keys, business ids, wallet secrets and webhook tokens. The schemas contain the patterns
//! that the parser is tested against.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::any_key::AnyKey;
use crate::business_id::BusinessId;
use crate::key::{CheckoutKey, NormalKey};
use crate::mode::Mode;
use crate::pattern::{ANY_KEY, MAX_WALLET_SECRET_LEN};
use crate::wallet::WalletSecret;
use crate::webhook_token::WebhookToken;

impl<M: Mode> JsonSchema for NormalKey<M> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Normal{:?}Key", M::NAME))
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Owned(format!("mileston_keys::NormalKey<{:?}>", M::NAME))
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description =
            format!("Mileston Normal API key for {} mode. Keep it in the backend.", M::NAME);
        key_schema(&description, Self::PATTERN)
    }
}

impl<M: Mode> JsonSchema for CheckoutKey<M> {
    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("Checkout{:?}Key", M::NAME))
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Owned(format!("mileston_keys::CheckoutKey<{:?}>", M::NAME))
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let description = format!("Mileston Checkout API key for {} mode, for frontends.", M::NAME);
        key_schema(&description, Self::PATTERN)
    }
}

impl JsonSchema for AnyKey {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("AnyKey")
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Borrowed("mileston_keys::AnyKey")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        key_schema("Mileston API key, Normal or Checkout, for test or live mode.", ANY_KEY)
    }
}

impl JsonSchema for WalletSecret {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("WalletSecret")
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Borrowed("mileston_keys::WalletSecret")
    }

    /// Returns a schema without a pattern, because the vendor doesn't document a format, and because Unicode and ECMA
    /// 262 define whitespace differently.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Secret that signs Mileston wallet operations.",
            "minLength": 1,
            "maxLength": MAX_WALLET_SECRET_LEN,
            "writeOnly": true,
        })
    }
}

impl JsonSchema for WebhookToken {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("WebhookToken")
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Borrowed("mileston_keys::WebhookToken")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        key_schema(
            "Verification token of a Mileston webhook. Keep it secret, like a key.",
            Self::PATTERN,
        )
    }
}

impl JsonSchema for BusinessId {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("BusinessId")
    }

    fn schema_id() -> Cow<'static, str> {
        Cow::Borrowed("mileston_keys::BusinessId")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Mileston business id, from the menu next to the business logo in the dashboard.",
            "pattern": Self::PATTERN,
        })
    }
}

fn key_schema(description: &str, pattern: &str) -> Schema {
    json_schema!({
        "type": "string",
        "description": description,
        "pattern": pattern,
        "writeOnly": true,
    })
}
