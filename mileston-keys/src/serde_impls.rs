//! Implements `Deserialize`. The implementation never quotes a rejected value, and wipes any `String` that it receives.
//!
//! `Serialize` isn't implemented. A data format's own error may quote the line that was read. For example, the
//! `Display` output of a `toml` error quotes it, so print only the error's `message()`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Unexpected, Visitor};

use crate::any_key::AnyKey;
use crate::backend::{MayHold, ThisTarget};
use crate::business_id::BusinessId;
use crate::from_text::{self, FromText};
use crate::key::{CheckoutKey, NormalKey};
use crate::mode::Mode;
use crate::wallet::WalletSecret;
use crate::webhook_token::WebhookToken;

impl<'de, M: Mode> Deserialize<'de> for NormalKey<M>
where
    ThisTarget: MayHold<Self>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<'de, M: Mode> Deserialize<'de> for CheckoutKey<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for AnyKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for WalletSecret
where
    for<'a> ThisTarget: MayHold<Self>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for WebhookToken
where
    for<'a> ThisTarget: MayHold<Self>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for BusinessId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// Calls `deserialize_any` for text formats. With `deserialize_string`, `serde_json` reports a number with its own
/// error, which quotes the number. With `deserialize_any`, it passes the number to the visitor, which doesn't quote it.
/// Binary formats don't support `deserialize_any`, so this function calls `deserialize_string` for them.
fn deserialize<'de, T: FromText, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let visitor = TextVisitor(PhantomData);
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(visitor)
    } else {
        deserializer.deserialize_string(visitor)
    }
}

struct TextVisitor<T>(PhantomData<fn() -> T>);

impl<T: FromText> TextVisitor<T> {
    /// Returns the error for a value of the wrong type. Serde's default error quotes the value.
    fn not_a_string<E: Error>(found: &str) -> Result<T, E> {
        let expected = T::EXPECTED;
        Err(E::custom(format_args!(
            "expected {expected} as a string, found {found}; put it in quotes"
        )))
    }
}

impl<'de, T: FromText> Visitor<'de> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as a string", T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        from_text::borrowed(text).map_err(E::custom)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        from_text::owned(text).map_err(E::custom)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Self::not_a_string("true or false")
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<T, E> {
        Self::not_a_string("a number")
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<T, E> {
        Self::not_a_string("a number")
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<T, E> {
        Self::not_a_string("a number")
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<T, E> {
        Self::not_a_string("a number")
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Self::not_a_string("a number")
    }

    /// Visits a number, which `serde_json` passes as a map if any crate in the program enables `arbitrary_precision`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == "$serde_json::private::Number" => Self::not_a_string("a number"),
            _ => Err(Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}
