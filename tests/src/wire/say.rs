//! Whether a JavaScript value can be said with our types: decided by trying.

use mileston_api::{
    Address, Amount, Email, InvoiceId, PaymentId, PaymentLinkId, RecurringPaymentId, SubwalletId,
    Timestamp, TokenAmount, types,
};

use super::js::Js;
use super::json::Text;

/// Why a call cannot be said with our types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsayable {
    /// The value has another type than ours.
    AnotherType,
    /// It is a number, but not one of ours.
    AnotherNumber,
    /// What we require is `undefined`, `null` or not there.
    Missing,
    /// The payload is no object.
    NoObject,
    /// A text holds half a surrogate pair.
    LoneSurrogate,
    /// A `Date` that is none.
    InvalidDate,
    /// A `Date` before year -9999 or after 9999.
    DateOutOfRange,
    /// A text that is no instant, where we have an instant.
    DateText,
    /// No type of payment that there is.
    PaymentType,
    /// No type of wallet that can be paid to.
    WalletType,
    /// The key, the business id or the wallet secret is `undefined`.
    NoCredential,
    /// A text that is no amount of ours.
    NoAmount,
    /// A text that isn't an e-mail address of ours.
    NoEmail,
    /// A text that isn't the id of a business.
    NoBusinessId,
    /// Two lists that belong together by position and are not equally long.
    UnequalLists,
    /// An environment that the key is not for.
    OtherEnvironment,
    /// Arguments that not even the recording can write down.
    BeyondJson,
}

/// Why there is no call of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It cannot be said, and where it can't.
    Unsayable(Unsayable, String),
    /// Something is wrong.
    Wrong(String),
}

/// What a JavaScript value becomes.
pub trait Say: Sized {
    /// Tries it.
    ///
    /// # Errors
    ///
    /// There is no such value of ours.
    fn say(value: &Js) -> Result<Self, Unsayable>;
}

/// A `Date` in a payload is the text that JSON makes of it.
impl Say for String {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        match value {
            Js::Text(text) => text.text().ok_or(Unsayable::LoneSurrogate),
            Js::Date(text) => text.clone().ok_or(Unsayable::InvalidDate),
            _ => Err(Unsayable::AnotherType),
        }
    }
}

impl Say for bool {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        match value {
            Js::Bool(value) => Ok(*value),
            _ => Err(Unsayable::AnotherType),
        }
    }
}

impl Say for u32 {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        let Js::Number(text) = value else { return Err(Unsayable::AnotherType) };
        let text = if text == "-0" { "0" } else { text };
        text.parse().map_err(|_| Unsayable::AnotherNumber)
    }
}

impl<T: Say> Say for Vec<T> {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        match value {
            Js::Array(items) => items.iter().map(T::say).collect(),
            _ => Err(Unsayable::AnotherType),
        }
    }
}

/// A text is tried as well: it's what the vendor's SDK sends as it is.
impl Say for Timestamp {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        match value {
            Js::Date(None) => Err(Unsayable::InvalidDate),
            Js::Date(Some(text)) => text.parse().map_err(|_| Unsayable::DateOutOfRange),
            Js::Text(_) => String::say(value)?.parse().map_err(|_| Unsayable::DateText),
            _ => Err(Unsayable::AnotherType),
        }
    }
}

macro_rules! amounts {
    ($($name:ident)*) => {$(
        impl Say for $name {
            fn say(value: &Js) -> Result<Self, Unsayable> {
                String::say(value)?.parse().map_err(|_| Unsayable::NoAmount)
            }
        }
    )*};
}

amounts!(Amount TokenAmount);

impl Say for Email {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        String::say(value)?.parse().map_err(|_| Unsayable::NoEmail)
    }
}

/// The recordings have invented addresses, which take the explicit way around the checks.
impl Say for Address {
    fn say(value: &Js) -> Result<Self, Unsayable> {
        String::say(value).map(Address::unchecked)
    }
}

macro_rules! ids {
    ($($name:ident)*) => {$(
        impl Say for $name {
            fn say(value: &Js) -> Result<Self, Unsayable> {
                String::say(value).map(Self::from)
            }
        }
    )*};
}

ids!(InvoiceId PaymentId PaymentLinkId RecurringPaymentId SubwalletId);

macro_rules! open_enums {
    ($($name:ident)*) => {$(
        impl Say for types::$name {
            fn say(value: &Js) -> Result<Self, Unsayable> {
                String::say(value).map(Self::from)
            }
        }
    )*};
}

open_enums!(Chain Environment EvmChain NativeToken RecurringPaymentStatus Token WalletType);

/// A text that goes into a URL or a header, where a `Date` would be written otherwise than in JSON.
///
/// # Errors
///
/// It is missing or cannot be said.
pub fn plain(name: &str, value: &Js) -> Result<String, Stop> {
    match value {
        Js::Date(_) => Err(Stop::Unsayable(Unsayable::AnotherType, name.to_owned())),
        _ => required(name, value),
    }
}

/// The environment, which our client takes from its key: that of a test key, here.
///
/// # Errors
///
/// It is another one, or none.
pub fn environment(value: &Js) -> Result<(), Stop> {
    match String::say(value).as_deref() {
        Ok("test") => Ok(()),
        _ => Err(Stop::Unsayable(Unsayable::OtherEnvironment, "env".to_owned())),
    }
}

/// A required argument.
///
/// # Errors
///
/// It is missing or cannot be said.
pub fn required<T: Say>(name: &str, value: &Js) -> Result<T, Stop> {
    let said = match value {
        Js::Undefined | Js::Null => Err(Unsayable::Missing),
        _ => T::say(value),
    };
    said.map_err(|reason| Stop::Unsayable(reason, name.to_owned()))
}

/// The fields of a payload, as they are asked for one after the other.
#[derive(Debug)]
pub struct Fields<'a> {
    object: &'a Js,
    asked: Vec<&'static str>,
    /// Optional fields that are `null`.
    pub nulls: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of an object.
    ///
    /// # Errors
    ///
    /// It is none.
    pub fn of(payload: &'a Js) -> Result<Self, Stop> {
        let reason = match payload {
            Js::Object(_) => return Ok(Fields { object: payload, asked: vec![], nulls: vec![] }),
            Js::Undefined | Js::Null => Unsayable::Missing,
            _ => Unsayable::NoObject,
        };
        Err(Stop::Unsayable(reason, "payload".to_owned()))
    }

    /// A field that our type requires.
    ///
    /// # Errors
    ///
    /// It is missing or cannot be said.
    pub fn required<T: Say>(&mut self, name: &'static str) -> Result<T, Stop> {
        self.asked.push(name);
        required(name, self.object.get(name))
    }

    /// A field that may be left out.
    ///
    /// # Errors
    ///
    /// It cannot be said.
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

    /// The field `env`, which our client fills in.
    ///
    /// # Errors
    ///
    /// It says another one than the client's key.
    pub fn environment(&mut self) -> Result<(), Stop> {
        self.asked.push("env");
        environment(self.object.get("env"))
    }

    /// The fields that nobody asked for.
    #[must_use]
    pub fn unknown(&self) -> Vec<Text> {
        let Js::Object(fields) = self.object else { return Vec::new() };
        let known = |key: &Text| self.asked.iter().any(|name| key == *name);
        fields.iter().map(|(key, _)| key).filter(|key| !known(key)).cloned().collect()
    }
}
