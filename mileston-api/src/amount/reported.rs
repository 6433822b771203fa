//! Represents amounts and balances as the platform reports them.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Amount, AmountError};
use openapi_keys_runtime::json;

/// An amount or a balance in a response, kept as text.
///
/// Most amounts in the vendor's types are text, but some are numbers (`getAllWallets`, `mileston-payments` 0.2.3,
/// `dist/types/WalletTypes.d.ts`). It is unknown whether the platform returns an amount exactly as it was sent. This
/// type accepts any text or number, so that an unusual amount doesn't make a response unreadable. Text is kept
/// unchanged. A whole number that fits in a `u64` or an `i64` keeps all its digits. Any other number becomes the
/// shortest text that parses to the same `f64`.
///
/// ```
/// use mileston_api::{Amount, ReportedAmount};
///
/// let text: ReportedAmount = serde_json::from_str(r#""100.00""#)?;
/// let number: ReportedAmount = serde_json::from_str("100")?;
/// assert_eq!(text.amount()?, number.amount()?);
///
/// let empty: ReportedAmount = serde_json::from_str("0.0")?;
/// assert!(empty.amount().is_err() && empty.as_str() == "0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ReportedAmount {
    text: String,
    /// Whether the value was a number in JSON. If so, the value is also serialized as a number.
    number: bool,
}

impl ReportedAmount {
    /// Creates an amount from text, and keeps the text unchanged.
    pub fn new(text: impl Into<String>) -> Self {
        ReportedAmount { text: text.into(), number: false }
    }

    /// Creates an amount from a JSON number. Some responses from the platform contain amounts as numbers. NaN and
    /// infinity become text.
    #[must_use]
    pub fn from_number(number: f64) -> Self {
        ReportedAmount { text: json::float_text(number), number: number.is_finite() }
    }

    /// Returns the reported text, or the number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether this amount and `other` are decimals that represent the same number, regardless of trailing
    /// zeros: `12.5` equals `12.500`.
    ///
    /// ```
    /// use mileston_api::ReportedAmount;
    ///
    /// assert!(ReportedAmount::new("100").is_same_number("100.00"));
    /// assert!(!ReportedAmount::new("a hundred").is_same_number("a hundred"));
    /// ```
    #[must_use]
    pub fn is_same_number(&self, other: impl AsRef<str>) -> bool {
        super::text::same(&self.text, other.as_ref())
    }

    /// Converts the reported text to an [`Amount`].
    ///
    /// # Errors
    ///
    /// Returns an error if the text isn't a valid [`Amount`], e.g. because the balance is zero.
    pub fn amount(&self) -> Result<Amount, AmountError> {
        self.text.parse()
    }
}

impl fmt::Debug for ReportedAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReportedAmount({:?})", self.text)
    }
}

impl fmt::Display for ReportedAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl AsRef<str> for ReportedAmount {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for ReportedAmount {
    fn from(text: &str) -> Self {
        ReportedAmount::new(text)
    }
}

impl From<String> for ReportedAmount {
    fn from(text: String) -> Self {
        ReportedAmount::new(text)
    }
}

impl From<Amount> for ReportedAmount {
    fn from(amount: Amount) -> Self {
        ReportedAmount::new(amount.to_string())
    }
}

impl FromStr for ReportedAmount {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(ReportedAmount::new(text))
    }
}

impl PartialEq<str> for ReportedAmount {
    fn eq(&self, text: &str) -> bool {
        self.text == text
    }
}

impl PartialEq<&str> for ReportedAmount {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

impl Serialize for ReportedAmount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.number {
            if let Ok(integer) = self.text.parse::<u64>() {
                return serializer.serialize_u64(integer);
            }
            if let Ok(integer) = self.text.parse::<i64>() {
                return serializer.serialize_i64(integer);
            }
            if let Some(number) = json::float(&self.text) {
                return serializer.serialize_f64(number);
            }
        }
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for ReportedAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNumber;

        impl<'de> Visitor<'de> for TextOrNumber {
            type Value = ReportedAmount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount as text or as a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<ReportedAmount, E> {
                Ok(ReportedAmount::new(text))
            }

            fn visit_string<E>(self, text: String) -> Result<ReportedAmount, E> {
                Ok(ReportedAmount::new(text))
            }

            fn visit_u64<E>(self, number: u64) -> Result<ReportedAmount, E> {
                Ok(ReportedAmount { text: number.to_string(), number: true })
            }

            fn visit_i64<E>(self, number: i64) -> Result<ReportedAmount, E> {
                Ok(ReportedAmount { text: number.to_string(), number: true })
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<ReportedAmount, E> {
                of_float(number)
            }

            /// Visits a number, which is passed as a map if any crate in the program enables
            /// `serde_json/arbitrary_precision`.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ReportedAmount, A::Error> {
                match map.next_key::<String>()? {
                    Some(key) if key == json::TOKEN => of_text(&map.next_value::<String>()?),
                    _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
                }
            }
        }

        deserializer.deserialize_any(TextOrNumber)
    }
}

/// Converts the text of a JSON number in the same way as `visit_u64`, `visit_i64` and `visit_f64`.
fn of_text<E: de::Error>(text: &str) -> Result<ReportedAmount, E> {
    let whole = text.parse::<u64>().map(|number| number.to_string());
    let whole = whole.or_else(|_| text.parse::<i64>().map(|number| number.to_string()));
    match (whole, json::float(text)) {
        (Ok(text), _) => Ok(ReportedAmount { text, number: true }),
        (Err(_), Some(number)) => of_float(number),
        (Err(_), None) => Err(de::Error::custom("not a number")),
    }
}

fn of_float<E: de::Error>(number: f64) -> Result<ReportedAmount, E> {
    if !number.is_finite() {
        return Err(de::Error::custom("number out of range"));
    }
    // `-0` becomes `0`, which is the same number.
    Ok(ReportedAmount::from_number(if number == 0.0 { 0.0 } else { number }))
}

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, MapDeserializer};

    use super::*;

    /// Deserializes a number from the map that `serde_json` passes if `arbitrary_precision` is enabled. The test builds
    /// this map itself, so it doesn't need the feature.
    fn with_arbitrary_precision(number: &str) -> Result<ReportedAmount, Error> {
        let map = std::iter::once(("$serde_json::private::Number", number));
        ReportedAmount::deserialize(MapDeserializer::new(map))
    }

    #[test]
    fn a_number_is_read_the_same_whichever_serde_json_features_are_enabled() {
        for (number, expected) in [
            ("12.5", "12.5"),
            ("12.50", "12.5"),
            ("100", "100"),
            ("1e2", "100"),
            ("1.0", "1"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("-7", "-7"),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "18446744073709552000"),
            ("0.30000000000000004", "0.30000000000000004"),
            // If they are read without `float_roundtrip`, these numbers are off by one in the last place.
            ("1.2345678901234567e-5", "0.000012345678901234568"),
            (
                "5708990770823838890407843763683279797179383808",
                "5708990770823839000000000000000000000000000000",
            ),
        ] {
            let plain: ReportedAmount = serde_json::from_str(number).unwrap();
            assert_eq!(plain.as_str(), expected, "{number}");
            let other = with_arbitrary_precision(number).unwrap();
            assert_eq!(other, plain, "{number}");
        }
        for number in ["1e400", "-1e400"] {
            assert!(serde_json::from_str::<ReportedAmount>(number).is_err());
            assert!(with_arbitrary_precision(number).is_err());
        }
        assert!(with_arbitrary_precision("hunter2").is_err());
        assert!(serde_json::from_str::<ReportedAmount>(r#"{"a":1}"#).is_err());
    }
}
