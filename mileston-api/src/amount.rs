//! Represents amounts of money as exact decimals, never as floats.

mod decimal;
mod error;
mod reported;
mod text;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use crate::types::Token;
use decimal::Decimal;

pub use error::AmountError;
pub use reported::ReportedAmount;

macro_rules! amounts {
    ($($(#[$documentation:meta])* $name:ident: $decimals:literal, $macro:literal)+) => {$(
        $(#[$documentation])*
        ///
        /// Like the vendor's SDKs, this crate sends an amount exactly as it was written: `100.00` stays `100.00`.
        /// Amounts are compared as numbers. They can't be converted from floats, because a float can't represent most
        /// decimals exactly.
        #[derive(Clone, Copy)]
        pub struct $name(Decimal);

        impl $name {
            /// The maximum number of decimal places.
            pub const DECIMALS: u8 = $decimals;

            const fn parse(text: &str) -> Result<Self, AmountError> {
                match Decimal::parse(text, $decimals) {
                    Ok(decimal) if decimal.is_zero() => Err(AmountError::ZERO),
                    Ok(decimal) => Ok($name(decimal)),
                    Err(error) => Err(error),
                }
            }

            /// Converts the literal that was passed to the macro. `source` is the literal as written, and `text` is its
            /// value. The macro calls this function in a `const`, so that rustc reports an error at compile time.
            ///
            /// # Errors
            ///
            /// Returns an error if the literal isn't a string literal, or if the string isn't an amount.
            #[doc(hidden)]
            pub const fn from_literal(source: &str, text: &str) -> Result<Self, &'static str> {
                if !matches!(source.as_bytes(), [b'"' | b'r', ..]) {
                    return Err(concat!("write the amount in quotes: `", $macro, "!(\"12.50\")`"));
                }
                match Self::parse(text) {
                    Ok(amount) => Ok(amount),
                    Err(error) => Err(error.sentence()),
                }
            }

            /// Returns the sum, or `None` if it has more than 20 digits before the decimal point.
            #[must_use]
            pub fn checked_add(self, other: Self) -> Option<Self> {
                self.0.checked_add(other.0).map($name)
            }

            /// Returns the difference, or `None` if it is zero or less.
            #[must_use]
            pub fn checked_sub(self, other: Self) -> Option<Self> {
                self.0.checked_sub(other.0).map($name)
            }
        }

        impl FromStr for $name {
            type Err = AmountError;

            /// Parses digits with at most one decimal point between them, e.g. `100`, `0.5` or `100.00`.
            fn from_str(text: &str) -> Result<Self, AmountError> {
                $name::parse(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = AmountError;

            fn try_from(text: &str) -> Result<Self, AmountError> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = AmountError;

            fn try_from(text: String) -> Result<Self, AmountError> {
                text.parse()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.cmp(&other.0) == Ordering::Equal
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.0.cmp(&other.0)
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.without_trailing_zeros().hash(state);
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }

        #[cfg(feature = "rust_decimal")]
        impl TryFrom<rust_decimal::Decimal> for $name {
            type Error = AmountError;

            /// Converts a decimal. If it has too many decimal places, drops its trailing zeros.
            fn try_from(decimal: rust_decimal::Decimal) -> Result<Self, AmountError> {
                if decimal.scale() > $decimals { decimal.normalize() } else { decimal }.to_string().parse()
            }
        }

        #[cfg(feature = "rust_decimal")]
        impl TryFrom<$name> for rust_decimal::Decimal {
            type Error = rust_decimal::Error;

            fn try_from(amount: $name) -> Result<Self, rust_decimal::Error> {
                rust_decimal::Decimal::from_str_exact(&amount.to_string())
            }
        }
    )+};
}

amounts! {
    /// An amount of US dollars, paid in USDC: positive, with at most 6 decimal places. USDC has 6 decimal places on
    /// every chain that the platform supports.
    ///
    /// The request contains decimal text, as in the vendor's SDKs (`mileston-payments` 0.2.3, `dist/types/*.d.ts`). One
    /// page of the vendor's documentation shows a number instead; this crate doesn't follow that page.
    ///
    /// ```
    /// use mileston_api::{Amount, amount};
    ///
    /// let price = amount!("100.00");
    /// assert_eq!(price.to_string(), "100.00");
    /// assert_eq!(price, Amount::from_units(100_000_000)?);
    /// assert_eq!(price, Amount::try_from(100u32)?);
    /// assert!(price.checked_sub(price).is_none());
    ///
    /// let error = "0.0000001".parse::<Amount>().unwrap_err();
    /// assert_eq!(error.to_string(), "the amount has more than 6 decimal places; round it to 6, like `12.345678`");
    /// # Ok::<(), mileston_api::AmountError>(())
    /// ```
    ///
    /// ```compile_fail,E0277
    /// let price = mileston_api::Amount::try_from(0.1 + 0.2);
    /// ```
    Amount: 6, "amount"
    /// An amount of any token that the checkout accepts: positive, with at most 18 decimal places, because no token has
    /// more. [`check`](TokenAmount::check) checks whether a specific token has enough decimal places for it.
    ///
    /// ```
    /// use mileston_api::{token_amount, types::Token};
    ///
    /// let wei = token_amount!("0.000000000000000001");
    /// assert!(wei.check(&Token::Eth).is_ok());
    /// assert!(wei.check(&Token::Usdc).is_err());
    /// ```
    TokenAmount: 18, "token_amount"
}

impl Amount {
    /// Creates an amount from millionths of a dollar, the smallest unit of USDC.
    ///
    /// # Errors
    ///
    /// Returns an error for zero units, or for more units than an amount can represent.
    pub fn from_units(units: u128) -> Result<Self, AmountError> {
        Decimal::from_units(units, Self::DECIMALS).map(Amount)
    }

    /// Returns the amount in millionths of a dollar, the smallest unit of USDC.
    #[must_use]
    pub fn units(self) -> u128 {
        self.0.units(Self::DECIMALS)
    }
}

impl TokenAmount {
    /// Checks that the amount can be paid in a token. USDC and USDT have 6 decimal places, SOL has 9, and ETH, POL and
    /// AVAX have 18. An unknown token may have up to 18.
    ///
    /// # Errors
    ///
    /// Returns an error if the amount is written with more decimal places than the token has.
    pub fn check(&self, token: &Token) -> Result<(), AmountError> {
        let decimals = match token {
            Token::Usdc | Token::Usdt => 6,
            Token::Sol => 9,
            _ => Self::DECIMALS,
        };
        if self.0.behind() > decimals {
            return Err(AmountError::decimals(decimals));
        }
        Ok(())
    }
}

impl From<Amount> for TokenAmount {
    fn from(amount: Amount) -> Self {
        TokenAmount(amount.0)
    }
}

impl From<&Amount> for TokenAmount {
    fn from(amount: &Amount) -> Self {
        TokenAmount(amount.0)
    }
}

macro_rules! from_integers {
    ($($integer:ty)+) => {$(
        impl TryFrom<$integer> for Amount {
            type Error = AmountError;

            /// Converts whole dollars.
            fn try_from(dollars: $integer) -> Result<Self, AmountError> {
                Decimal::from_units(u128::from(dollars), 0).map(Amount)
            }
        }
    )+};
}

from_integers!(u8 u16 u32 u64);
