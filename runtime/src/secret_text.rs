//! Defines the type for secret text in a response, e.g. a recovery phrase.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use zeroize::Zeroizing;

/// A secret in a response, e.g. a recovery phrase. The generator's settings determine which `format` values in the
/// OpenAPI document map to this type.
///
/// Only [`expose_secret`](SecretText::expose_secret) returns the text. `Debug` prints `SecretText(…)`, and there is no
/// `Display`. Each value, including a clone, wipes its text from memory when it is dropped. `Serialize` **does** write
/// the text, because servers use the same types to respond. Don't log complete responses as JSON.
///
/// ```
/// use openapi_keys_runtime::SecretText;
///
/// let phrase: SecretText = serde_json::from_str(r#""fake words""#)?;
/// assert_eq!(format!("{phrase:?}"), "SecretText(…)");
/// assert_eq!(phrase.expose_secret(), "fake words");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Wraps any text.
    pub fn new(text: impl Into<String>) -> Self {
        SecretText(Zeroizing::new(text.into()))
    }

    /// Returns the secret as text. Don't print it, and don't store it where others can read it.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        SecretText::new(text)
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        SecretText::new(text)
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(SecretText::new)
    }
}
