//! Reduces values to what is needed to decide whether a body reports an error, and interprets them.

use std::fmt;

use http::StatusCode;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::text::LONGEST_MESSAGE;
use crate::json::{TOKEN, canonical, canonical_float, is_number};

/// The values of `error` that mean that there is no error.
const NO_ERROR: [&str; 8] = ["", "false", "null", "none", "nil", "undefined", "ok", "success"];

/// The values of `status` that mean failure.
const FAILURES: [&str; 9] = [
    "error",
    "fail",
    "failed",
    "failure",
    "rejected",
    "refused",
    "denied",
    "unauthorized",
    "forbidden",
];

/// The parts of a value that matter when deciding whether a body reports an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Scalar {
    #[default]
    Nothing,
    Bool(bool),
    /// A number in its normalised form.
    Number(String),
    Text(String),
    Empty,
    Full,
}

impl Scalar {
    /// Returns the value as a status. Returns `None` if the value isn't a number or text that starts with a number, and
    /// `Some(None)` if the number isn't a valid status.
    pub(super) fn as_status(&self) -> Option<Option<StatusCode>> {
        let number = match self {
            Scalar::Number(number) => number.clone(),
            // The status may also be text like `400 Bad Request`.
            Scalar::Text(text) => {
                canonical(text.split_whitespace().next().filter(|word| is_number(word))?)
            }
            _ => return None,
        };
        Some(number.parse().ok().and_then(|number: u16| StatusCode::from_u16(number).ok()))
    }

    /// Returns whether this value of `error` or `errors` reports an error.
    pub(super) fn is_error(&self) -> bool {
        match self {
            Scalar::Nothing | Scalar::Empty => false,
            Scalar::Bool(error) => *error,
            Scalar::Number(number) => number != "0",
            Scalar::Text(text) => {
                let text = text.trim().to_ascii_lowercase();
                !NO_ERROR.contains(&&*text) && text.bytes().any(|byte| byte != b'0')
            }
            Scalar::Full => true,
        }
    }

    /// Returns whether this value of `success` or `ok` reports a failure.
    pub(super) fn is_denial(&self) -> bool {
        match self {
            Scalar::Bool(success) => !success,
            Scalar::Number(number) => number == "0",
            Scalar::Text(text) => {
                matches!(&*text.trim().to_ascii_lowercase(), "false" | "0" | "no")
            }
            _ => false,
        }
    }

    /// Returns whether this value of `status` or `code` is `false`, a word that means failure, or an HTTP status from
    /// 300 to 599. Other numbers, such as 0 and 1, have no fixed meaning.
    pub(super) fn is_failure(&self) -> bool {
        let word = |text: &str| FAILURES.contains(&&*text.trim().to_ascii_lowercase());
        let status = self.as_status().flatten().map(|status| status.as_u16());
        *self == Scalar::Bool(false)
            || matches!(self, Scalar::Text(text) if word(text))
            || status.is_some_and(|status| (300..600).contains(&status))
    }
}

/// Defines visitor methods for values that are neither text nor containers.
macro_rules! scalars {
    () => {
        fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
            Ok(Scalar::Bool(value))
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
            Ok(Scalar::Number(value.to_string()))
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
            Ok(Scalar::Number(value.to_string()))
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
            Ok(Scalar::Number(canonical_float(value)))
        }

        fn visit_unit<E: de::Error>(self) -> Result<Scalar, E> {
            Ok(Scalar::Nothing)
        }
    };
}

pub(super) use scalars;

/// Reads a value as a [`Scalar`].
pub(super) struct Value;

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.chars().take(LONGEST_MESSAGE).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            // With `arbitrary_precision`, `serde_json` passes a number as a map that contains only this key.
            if name == TOKEN {
                return map.next_value::<String>().map(|number| Scalar::Number(canonical(&number)));
            }
            map.next_value::<IgnoredAny>()?;
            scalar = Scalar::Full;
        }
        Ok(scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        let mut scalar = Scalar::Empty;
        while list.next_element::<IgnoredAny>()?.is_some() {
            scalar = Scalar::Full;
        }
        Ok(scalar)
    }

    scalars! {}
}
