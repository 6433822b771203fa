//! Reads JSON as a type. If a value doesn't match, reports the place and the reason without quoting the value.
//!
//! Typed responses aren't read with `serde_json`. To find out where a mismatch is and which fields the body has,
//! `serde_json` would need a wrapper, and the compiler would duplicate the code of both for each type. With this
//! module, a type adds only the code that `derive` generates, and nothing is read twice. If the text isn't JSON,
//! `serde_json` determines the reason.

mod containers;
mod key;
mod number;
mod problem;
mod reader;
mod text;
mod value;

use std::any::Any;

use serde::de::DeserializeOwned;

pub use self::number::float;
pub(crate) use self::number::is_number;
pub(crate) use self::problem::{Problem, ReadError};
pub use self::reader::Failure;
pub(crate) use self::reader::{At, Field, Notice, Reader};

/// A value of a type that only the caller knows.
pub(crate) type AnyValue = Box<dyn Any>;

/// Reads a value of a specific type.
pub(crate) type ReadValue = fn(At<'_, '_>) -> Result<AnyValue, ReadError>;

/// Reads a `T`.
pub(crate) fn value_of<T: DeserializeOwned + 'static>(
    at: At<'_, '_>,
) -> Result<AnyValue, ReadError> {
    T::deserialize(at).map(|value| Box::new(value) as AnyValue)
}

/// Reads JSON as a type.
///
/// # Errors
///
/// Returns an error if the text isn't JSON, or a value doesn't match its type.
pub fn read<T: DeserializeOwned + 'static>(text: &str) -> Result<T, Failure> {
    read_all(text, None, value_of::<T>)?.downcast().map(|it| *it).map_err(|_| Failure::unknown())
}

/// Reads the complete text as a type.
pub(crate) fn read_all<'a>(
    text: &'a str,
    notice: Option<&'a mut dyn Notice>,
    read: ReadValue,
) -> Result<AnyValue, Failure> {
    let mut reader = Reader::new(text, notice);
    let value = read(reader.value());
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| reader.failure(error))
}

#[cfg(test)]
mod tests;
