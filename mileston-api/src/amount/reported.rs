//! Amounts and balances as the platform tells them.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Amount, AmountError};

/// An amount or a balance in an answer: whatever was there, as text.
///
/// The vendor's types have text in most places and a number in some (`getAllWallets`, `mileston-payments` 0.2.3,
/// `dist/types/WalletTypes.d.ts`), and whether an amount comes back as it was sent is not known. So text and numbers are
/// both read, nothing that happened is turned into an error, and what was there is kept: a whole number in its digits,
/// another in the shortest text that is the same `f64`.
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
    /// Whether it is a number in JSON. It is written back as it came.
    number: bool,
}

impl ReportedAmount {
    /// Takes the text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        ReportedAmount { text: text.into(), number: false }
    }

    /// A number in JSON, as the platform has it in some answers. Not a number (NaN) and infinity become text.
    #[must_use]
    pub fn from_number(number: f64) -> Self {
        ReportedAmount { text: number.to_string(), number: number.is_finite() }
    }

    /// What was there.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether both are decimals, and the same number: `12.5` is `12.500`, in any number of digits.
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

    /// The amount that it is.
    ///
    /// # Errors
    ///
    /// It is zero, as a balance may be, or something else than an [`Amount`].
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
            if let Ok(number) = self.text.parse::<f64>() {
                return serializer.serialize_f64(number);
            }
        }
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for ReportedAmount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNumber;

        impl Visitor<'_> for TextOrNumber {
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

            fn visit_f64<E>(self, number: f64) -> Result<ReportedAmount, E> {
                Ok(ReportedAmount::from_number(number))
            }
        }

        deserializer.deserialize_any(TextOrNumber)
    }
}
