//! Converts JavaScript values to our types, or determines that our types can't represent them.

use mileston_api::{
    Address, Amount, Email, InvoiceId, PaymentId, PaymentLinkId, RecurringPaymentId, SubwalletId,
    Timestamp, TokenAmount, types,
};

use super::js::Js;
use super::json::Text;

/// Why our types can't represent a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unrepresentable {
    /// The value has the wrong type.
    WrongType,
    /// The number doesn't fit into our type.
    NumberOutOfRange,
    /// A required value is `undefined`, `null` or missing.
    Missing,
    /// The payload isn't an object.
    NotAnObject,
    /// A string contains a lone surrogate.
    LoneSurrogate,
    /// An invalid `Date`.
    InvalidDate,
    /// A `Date` outside the range of our instants, roughly the years -9999 to 9999.
    DateOutOfRange,
    /// A string that isn't an instant, for a field that is an instant in our type.
    NotADate,
    /// An unknown payment type.
    PaymentType,
    /// An unknown type of payment wallet.
    WalletType,
    /// The key, the business id or the wallet secret is `undefined`, `null` or missing.
    MissingCredential,
    /// A string that isn't a valid amount.
    InvalidAmount,
    /// A string that isn't a valid email address.
    InvalidEmail,
    /// A string that isn't a valid business id.
    InvalidBusinessId,
    /// Two lists that belong together but have different lengths.
    UnequalLists,
    /// An environment that differs from the key's.
    WrongEnvironment,
    /// Arguments that the recording can't contain.
    NotRecordable,
}

/// Why a call couldn't be translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Our types can't represent the call. Contains the reason, and the place in the call.
    Unrepresentable(Unrepresentable, String),
    /// The test itself has a mistake.
    Wrong(String),
}

/// A conversion from a JavaScript value.
pub trait FromJs: Sized {
    /// Converts the value.
    ///
    /// # Errors
    ///
    /// Returns an error if our type can't represent the value.
    fn from_js(value: &Js) -> Result<Self, Unrepresentable>;
}

/// A `Date` in a payload becomes the string that JavaScript writes for it in JSON.
impl FromJs for String {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        match value {
            Js::Text(text) => text.text().ok_or(Unrepresentable::LoneSurrogate),
            Js::Date(text) => text.clone().ok_or(Unrepresentable::InvalidDate),
            _ => Err(Unrepresentable::WrongType),
        }
    }
}

impl FromJs for bool {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        match value {
            Js::Bool(value) => Ok(*value),
            _ => Err(Unrepresentable::WrongType),
        }
    }
}

impl FromJs for u32 {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        let Js::Number(text) = value else { return Err(Unrepresentable::WrongType) };
        let text = if text == "-0" { "0" } else { text };
        text.parse().map_err(|_| Unrepresentable::NumberOutOfRange)
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        match value {
            Js::Array(items) => items.iter().map(T::from_js).collect(),
            _ => Err(Unrepresentable::WrongType),
        }
    }
}

/// Accepts a `Date` or a string, because the vendor's SDK sends strings unchanged.
impl FromJs for Timestamp {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        match value {
            Js::Date(None) => Err(Unrepresentable::InvalidDate),
            Js::Date(Some(text)) => text.parse().map_err(|_| Unrepresentable::DateOutOfRange),
            Js::Text(_) => String::from_js(value)?.parse().map_err(|_| Unrepresentable::NotADate),
            _ => Err(Unrepresentable::WrongType),
        }
    }
}

macro_rules! amounts {
    ($($name:ident)*) => {$(
        impl FromJs for $name {
            fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
                String::from_js(value)?.parse().map_err(|_| Unrepresentable::InvalidAmount)
            }
        }
    )*};
}

amounts!(Amount TokenAmount);

impl FromJs for Email {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        String::from_js(value)?.parse().map_err(|_| Unrepresentable::InvalidEmail)
    }
}

/// The recordings contain invented addresses, so this conversion bypasses the checks.
impl FromJs for Address {
    fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
        String::from_js(value).map(Address::unchecked)
    }
}

macro_rules! ids {
    ($($name:ident)*) => {$(
        impl FromJs for $name {
            fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
                String::from_js(value).map(Self::from)
            }
        }
    )*};
}

ids!(InvoiceId PaymentId PaymentLinkId RecurringPaymentId SubwalletId);

macro_rules! open_enums {
    ($($name:ident)*) => {$(
        impl FromJs for types::$name {
            fn from_js(value: &Js) -> Result<Self, Unrepresentable> {
                String::from_js(value).map(Self::from)
            }
        }
    )*};
}

open_enums!(Chain Environment EvmChain NativeToken RecurringPaymentStatus Token WalletType);

/// Converts a string for a URL or a header. Rejects a `Date`, which JavaScript writes differently there than in JSON.
///
/// # Errors
///
/// Returns an error if the value is missing or can't be represented.
pub fn plain(name: &str, value: &Js) -> Result<String, Stop> {
    match value {
        Js::Date(_) => Err(Stop::Unrepresentable(Unrepresentable::WrongType, name.to_owned())),
        _ => required(name, value),
    }
}

/// Checks the environment, which our client takes from its key. The key is always a test key.
///
/// # Errors
///
/// Returns an error if the environment isn't `test`.
pub fn environment(value: &Js) -> Result<(), Stop> {
    match String::from_js(value).as_deref() {
        Ok("test") => Ok(()),
        _ => Err(Stop::Unrepresentable(Unrepresentable::WrongEnvironment, "env".to_owned())),
    }
}

/// Converts a required argument.
///
/// # Errors
///
/// Returns an error if the value is missing or can't be represented.
pub fn required<T: FromJs>(name: &str, value: &Js) -> Result<T, Stop> {
    let said = match value {
        Js::Undefined | Js::Null => Err(Unrepresentable::Missing),
        _ => T::from_js(value),
    };
    said.map_err(|reason| Stop::Unrepresentable(reason, name.to_owned()))
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
    /// Returns the fields of an object.
    ///
    /// # Errors
    ///
    /// Returns an error if the payload isn't an object.
    pub fn of(payload: &'a Js) -> Result<Self, Stop> {
        let reason = match payload {
            Js::Object(_) => return Ok(Fields { object: payload, asked: vec![], nulls: vec![] }),
            Js::Undefined | Js::Null => Unrepresentable::Missing,
            _ => Unrepresentable::NotAnObject,
        };
        Err(Stop::Unrepresentable(reason, "payload".to_owned()))
    }

    /// Reads a field that our type requires.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is missing or can't be represented.
    pub fn required<T: FromJs>(&mut self, name: &'static str) -> Result<T, Stop> {
        self.asked.push(name);
        required(name, self.object.get(name))
    }

    /// Reads an optional field.
    ///
    /// # Errors
    ///
    /// Returns an error if the value can't be represented.
    pub fn optional<T: FromJs>(&mut self, name: &'static str) -> Result<Option<T>, Stop> {
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
    /// Returns an error if the field differs from the environment of the client's key.
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
