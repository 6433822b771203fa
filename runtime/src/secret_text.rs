//! Text in an answer that nobody but its reader should see, such as a recovery phrase.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use zeroize::Zeroizing;

/// A secret in a response, such as a recovery phrase: a text with the format `password` or the like in the document.
///
/// It is shown by nothing but [`expose_secret`](SecretText::expose_secret): `Debug` writes `SecretText(…)`, and there is no
/// `Display`. Memory is wiped when it is dropped, that of its clones too. It **is** written by `Serialize`, since a server
/// responds with the same types: don't write whole responses to a log as JSON.
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
    /// Takes the text over, whatever it is.
    pub fn new(text: impl Into<String>) -> Self {
        SecretText(Zeroizing::new(text.into()))
    }

    /// The secret as text: the one way out. Don't print it, don't store it where others read.
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
