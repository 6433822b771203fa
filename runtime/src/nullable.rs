//! Defines a property that can be absent, `null` or a value.

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The value of an optional, `nullable` property in a request: absent, `null`, or a value.
///
/// A `PATCH` leaves an absent property unchanged and clears a property that is `null`. `Option` can't represent both
/// cases. Setters accept anything that converts into this type:
///
/// | setter | sends |
/// | --- | --- |
/// | not called | nothing |
/// | `.note(None)` | `"note": null` |
/// | `.note("x")`, `.note(Some(text))` | `"note": "x"` |
///
/// A field of this type in your own struct needs `#[serde(default, skip_serializing_if = "Nullable::is_absent")]`.
/// Without `default`, serde reads an absent property as `null`. Without `skip_serializing_if`, writing an absent
/// property is an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// The property is not in the request, so it is left unchanged.
    #[default]
    Absent,
    /// The property is `null`, so it is cleared.
    Null,
    /// The property is set to this value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns whether the property is not in the request.
    pub fn is_absent(&self) -> bool {
        matches!(self, Nullable::Absent)
    }

    /// Returns whether the property is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Nullable::Null)
    }

    /// Returns the value, or `None` if there is none.
    pub fn value(&self) -> Option<&T> {
        match self {
            Nullable::Value(value) => Some(value),
            Nullable::Absent | Nullable::Null => None,
        }
    }

    /// Consumes the property and returns the value, or `None` if there is none.
    pub fn into_value(self) -> Option<T> {
        match self {
            Nullable::Value(value) => Some(value),
            Nullable::Absent | Nullable::Null => None,
        }
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(nullable: Nullable<T>) -> Self {
        nullable.into_value()
    }
}

impl<'n, T> From<&'n Nullable<T>> for Option<&'n T> {
    fn from(nullable: &'n Nullable<T>) -> Self {
        nullable.value()
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Nullable::Value(value)
    }
}

/// `None` becomes `null`, not absent.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Nullable::Null, Nullable::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Nullable::Value(value.to_owned())
    }
}

/// Writes the value or `null`. Returns an error for an absent value that can't be omitted, because writing `null`
/// instead would clear the property.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Nullable::Absent => Err(S::Error::custom(
                "an absent value can't be written here: add `#[serde(skip_serializing_if = \"Nullable::is_absent\")]`",
            )),
            Nullable::Null => serializer.serialize_none(),
            Nullable::Value(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(Nullable::from)
    }
}
