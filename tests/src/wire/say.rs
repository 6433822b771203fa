//! Converts JavaScript values to our types, or finds out that our types can't represent them.

use mileston_api::{
    Address, Amount, Email, InvoiceId, PaymentId, PaymentLinkId, RecurringPaymentId, SubwalletId,
    Timestamp, TokenAmount, types,
};

use super::js::Js;
use super::json::Text;

/// Why our types can't represent a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inexpressible {
    /// The value has a different type.
    AnotherType,
    /// The number doesn't fit our type.
    AnotherNumber,
    /// A required value is `undefined`, `null` or missing.
    Missing,
    /// The payload isn't an object.
    NoObject,
    /// A string has half a surrogate pair.
    LoneSurrogate,
    /// An invalid `Date`.
    InvalidDate,
    /// A `Date` before year -9999 or after 9999.
    DateOutOfRange,
    /// A string that isn't an instant, where our type has one.
    DateText,
    /// An unknown payment type.
    PaymentType,
    /// An unknown type of wallet to pay to.
    WalletType,
    /// The key, the business id or the wallet secret is `undefined`.
    NoCredential,
    /// A string that isn't a valid amount.
    NoAmount,
    /// A string that isn't a valid e-mail address.
    NoEmail,
    /// A string that isn't a valid business id.
    NoBusinessId,
    /// Two lists of pairs with different lengths.
    UnequalLists,
    /// An environment that differs from the key's.
    OtherEnvironment,
    /// Arguments that the recording can't contain.
    BeyondJson,
}

/// Why a call couldn't be translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It can't be represented: the reason and the place.
    Inexpressible(Inexpressible, String),
    /// The test itself has a mistake.
    Wrong(String),
}

/// A conversion from a JavaScript value.
pub trait Say: Sized {
    /// Converts the value.
    ///
    /// # Errors
    ///
    /// Returns an error if our type has no such value.
    fn say(value: &Js) -> Result<Self, Inexpressible>;
}

/// A `Date` in a payload is its text in JSON.
impl Say for String {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        match value {
            Js::Text(text) => text.text().ok_or(Inexpressible::LoneSurrogate),
            Js::Date(text) => text.clone().ok_or(Inexpressible::InvalidDate),
            _ => Err(Inexpressible::AnotherType),
        }
    }
}

impl Say for bool {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        match value {
            Js::Bool(value) => Ok(*value),
            _ => Err(Inexpressible::AnotherType),
        }
    }
}

impl Say for u32 {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        let Js::Number(text) = value else { return Err(Inexpressible::AnotherType) };
        let text = if text == "-0" { "0" } else { text };
        text.parse().map_err(|_| Inexpressible::AnotherNumber)
    }
}

impl<T: Say> Say for Vec<T> {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        match value {
            Js::Array(items) => items.iter().map(T::say).collect(),
            _ => Err(Inexpressible::AnotherType),
        }
    }
}

/// Also converts a string, because the vendor's SDK sends it unchanged.
impl Say for Timestamp {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        match value {
            Js::Date(None) => Err(Inexpressible::InvalidDate),
            Js::Date(Some(text)) => text.parse().map_err(|_| Inexpressible::DateOutOfRange),
            Js::Text(_) => String::say(value)?.parse().map_err(|_| Inexpressible::DateText),
            _ => Err(Inexpressible::AnotherType),
        }
    }
}

macro_rules! amounts {
    ($($name:ident)*) => {$(
        impl Say for $name {
            fn say(value: &Js) -> Result<Self, Inexpressible> {
                String::say(value)?.parse().map_err(|_| Inexpressible::NoAmount)
            }
        }
    )*};
}

amounts!(Amount TokenAmount);

impl Say for Email {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        String::say(value)?.parse().map_err(|_| Inexpressible::NoEmail)
    }
}

/// The recordings have invented addresses, so this bypasses the checks explicitly.
impl Say for Address {
    fn say(value: &Js) -> Result<Self, Inexpressible> {
        String::say(value).map(Address::unchecked)
    }
}

macro_rules! ids {
    ($($name:ident)*) => {$(
        impl Say for $name {
            fn say(value: &Js) -> Result<Self, Inexpressible> {
                String::say(value).map(Self::from)
            }
        }
    )*};
}

ids!(InvoiceId PaymentId PaymentLinkId RecurringPaymentId SubwalletId);

macro_rules! open_enums {
    ($($name:ident)*) => {$(
        impl Say for types::$name {
            fn say(value: &Js) -> Result<Self, Inexpressible> {
                String::say(value).map(Self::from)
            }
        }
    )*};
}

open_enums!(Chain Environment EvmChain NativeToken RecurringPaymentStatus Token WalletType);

/// Converts a string for a URL or a header, where a `Date` would be written differently than in JSON.
///
/// # Errors
///
/// Returns an error if the value is missing or can't be represented.
pub fn plain(name: &str, value: &Js) -> Result<String, Stop> {
    match value {
        Js::Date(_) => Err(Stop::Inexpressible(Inexpressible::AnotherType, name.to_owned())),
        _ => required(name, value),
    }
}

/// Checks the environment, which our client takes from its key. The key here is a test key.
///
/// # Errors
///
/// Returns an error if it is another one, or missing.
pub fn environment(value: &Js) -> Result<(), Stop> {
    match String::say(value).as_deref() {
        Ok("test") => Ok(()),
        _ => Err(Stop::Inexpressible(Inexpressible::OtherEnvironment, "env".to_owned())),
    }
}

/// Converts a required argument.
///
/// # Errors
///
/// Returns an error if the value is missing or can't be represented.
pub fn required<T: Say>(name: &str, value: &Js) -> Result<T, Stop> {
    let said = match value {
        Js::Undefined | Js::Null => Err(Inexpressible::Missing),
        _ => T::say(value),
    };
    said.map_err(|reason| Stop::Inexpressible(reason, name.to_owned()))
}

/// The fields of a payload, and the names of those that were read.
#[derive(Debug)]
pub struct Fields<'a> {
    object: &'a Js,
    asked: Vec<&'static str>,
    /// Optional fields that are `null`.
    pub nulls: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Creates the fields of an object.
    ///
    /// # Errors
    ///
    /// Returns an error if the payload isn't an object.
    pub fn of(payload: &'a Js) -> Result<Self, Stop> {
        let reason = match payload {
            Js::Object(_) => return Ok(Fields { object: payload, asked: vec![], nulls: vec![] }),
            Js::Undefined | Js::Null => Inexpressible::Missing,
            _ => Inexpressible::NoObject,
        };
        Err(Stop::Inexpressible(reason, "payload".to_owned()))
    }

    /// Reads a field that our type requires.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is missing or can't be represented.
    pub fn required<T: Say>(&mut self, name: &'static str) -> Result<T, Stop> {
        self.asked.push(name);
        required(name, self.object.get(name))
    }

    /// Reads an optional field.
    ///
    /// # Errors
    ///
    /// Returns an error if the value can't be represented.
    pub fn optional<T: Say>(&mut self, name: &'static str) -> Result<Option<T>, Stop> {
        self.asked.push(name);
        match self.object.get(name) {
            Js::Undefined => Ok(None),
            Js::Null => {
                self.nulls.push(name);
                Ok(None)
            }
            value => required(name, value).map(Some),
        }
    }

    /// Reads the `env` field, which our client fills in.
    ///
    /// # Errors
    ///
    /// Returns an error if it differs from the environment of the client's key.
    pub fn environment(&mut self) -> Result<(), Stop> {
        self.asked.push("env");
        environment(self.object.get("env"))
    }

    /// Returns the fields that weren't read.
    #[must_use]
    pub fn unknown(&self) -> Vec<Text> {
        let Js::Object(fields) = self.object else { return Vec::new() };
        let known = |key: &Text| self.asked.iter().any(|name| key == *name);
        fields.iter().map(|(key, _)| key).filter(|key| !known(key)).cloned().collect()
    }
}
