//! Converts text into keys, business ids, wallet secrets and webhook tokens. `FromStr`, `TryFrom`, `serde` and the
//! functions that read the environment all use this code.

use zeroize::Zeroize;

use crate::error::{Expected, KeyError, KeyErrorKind};

/// A type whose values can be parsed from text.
pub(crate) trait FromText: Sized {
    /// The expected value, as named in the error message.
    const EXPECTED: Expected;

    /// Whether all values of the type must stay in the backend.
    const BACKEND_ONLY: bool;

    /// Checks the text, and copies it only if it is accepted.
    fn from_text(text: &str) -> Result<Self, KeyErrorKind>;

    /// Returns whether this value must stay in the backend.
    fn stays_in_backend(&self) -> bool {
        Self::BACKEND_ONLY
    }
}

/// Parses borrowed text.
pub(crate) fn borrowed<T: FromText>(text: &str) -> Result<T, KeyError> {
    T::from_text(text).map_err(rejection::<T>)
}

/// Returns the error for text that isn't a valid `T`.
pub(crate) fn rejection<T: FromText>(kind: KeyErrorKind) -> KeyError {
    KeyError::new(T::EXPECTED, kind)
}

/// Parses an owned string and wipes the string, even if the text is rejected.
///
/// The accepted text is copied, not moved: shrinking a `String` to its length may reallocate, and a reallocation
/// leaves the old bytes in memory.
pub(crate) fn owned<T: FromText>(mut text: String) -> Result<T, KeyError> {
    let outcome = borrowed(&text);
    text.zeroize();
    outcome
}

/// Implements the three standard conversions, which are the same for every `FromText` type. Example:
/// `text_conversions!({M: Mode} CheckoutKey<M>)`.
macro_rules! text_conversions {
    ({ $($generics:tt)* } $type:ty $(where $($bounds:tt)+)?) => {
        $crate::from_text::from_str!({ $($generics)* } $type $(where $($bounds)+)?);

        impl<$($generics)*> TryFrom<&str> for $type
        $(where $($bounds)+)?
        {
            type Error = $crate::KeyError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                $crate::from_text::borrowed(text)
            }
        }

        /// Wipes the given string, whether or not it is accepted.
        impl<$($generics)*> TryFrom<String> for $type
        $(where $($bounds)+)?
        {
            type Error = $crate::KeyError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                $crate::from_text::owned(text)
            }
        }
    };
}

/// Implements only `FromStr`.
macro_rules! from_str {
    ({ $($generics:tt)* } $type:ty $(where $($bounds:tt)+)?) => {
        impl<$($generics)*> std::str::FromStr for $type
        $(where $($bounds)+)?
        {
            type Err = $crate::KeyError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::from_text::borrowed(text)
            }
        }
    };
}

pub(crate) use {from_str, text_conversions};
