//! Helper functions for generated structs that derive serde's traits, e.g. structs with properties that their schema
//! doesn't list.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::union::at;

/// Reads the values of a map as JSON first, and then as their type. If the values were read directly, numbers in
/// a flattened map would be lost when serde_json's `arbitrary_precision` feature is enabled.
///
/// # Errors
///
/// Returns an error if a value doesn't match its type. The error names the value's key.
pub fn additional<'de, M, T, D>(deserializer: D) -> Result<M, D::Error>
where
    M: FromIterator<(String, T)>,
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    let object = serde_json::Map::deserialize(deserializer)?;
    let read = |(key, value): (String, Value)| match T::deserialize(value) {
        Ok(value) => Ok((key, value)),
        Err(error) => Err(at(&key, &error)),
    };
    object.into_iter().map(read).collect()
}

/// Reads `null` as the default value, e.g. as an empty list or map.
///
/// # Errors
///
/// Returns an error if the value is neither `null` nor a `T`.
pub fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
