//! The id of a business, sent with every key.

use std::fmt;

use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{FromText, rejection, text_conversions};
use crate::parse::classify;
use crate::paste::{check_ascii, check_copied, check_size, is_line};
use crate::pattern::{self, MAX_BUSINESS_ID_LEN};
use crate::prefix::find_key;
use crate::unknown_form::check_header_value;

/// The id of a business. Every request with a key also contains the id, in the `businessid` header.
///
/// The dashboard shows it in the menu next to the business logo. Source: "Why Use API Keys", Combine API Keys with Your
/// Business ID. The vendor doesn't document a format. This type accepts 1 to [`MAX_BUSINESS_ID_LEN`] visible ASCII
/// characters without quotes ([`PATTERN`](BusinessId::PATTERN)), so the id can be sent in a header without encoding.
///
/// The id isn't secret, so it can be printed and compared. Because it may be printed, parsing rejects text that
/// contains an API key, even a mistyped one. An error never shows the *rejected* text, because it may be a key.
///
/// # Errors
///
/// Parsing (`FromStr`, `TryFrom<&str>`, `TryFrom<String>`) returns a [`KeyError`].
///
/// ```
/// use mileston_keys::BusinessId;
///
/// let business: BusinessId = "my-business".parse()?;
/// assert_eq!(business.to_string(), "my-business");
///
/// let error = BusinessId::try_from("Mileston_TEST_fake0123").unwrap_err();
/// assert!(error.to_string().contains("did you swap the key and the business id?"));
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BusinessId(Box<str>);

impl BusinessId {
    /// The accepted values as an ECMA 262 regular expression, the same as [`pattern::BUSINESS_ID`].
    pub const PATTERN: &'static str = pattern::BUSINESS_ID;

    /// Reads the id from an environment variable. Only the `from_env` functions of this crate read the environment.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the variable is unset, isn't Unicode or doesn't contain a business id. The error
    /// contains the variable's name, but never its value.
    ///
    /// ```
    /// let error = mileston_keys::BusinessId::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.variable(), Some("AN_UNSET_VARIABLE"));
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError> {
        env::read(variable)
    }

    /// Accepts an id in a format that this version doesn't recognise yet: a longer id, or one with characters that
    /// `parse` rejects.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the text contains an API key, can't be sent in a header, is empty, or has whitespace
    /// around it.
    ///
    /// ```
    /// use mileston_keys::BusinessId;
    ///
    /// let text = "my business";
    /// assert!(BusinessId::try_from(text).is_err());
    /// assert!(BusinessId::from_unknown_form(text).is_ok());
    /// assert!(BusinessId::from_unknown_form("Mileston_TEST_fake0123").is_err());
    /// ```
    pub fn from_unknown_form(text: &str) -> Result<Self, KeyError> {
        check_header_value(text)
            .and_then(|()| check_holds_no_key(text))
            .map_err(rejection::<Self>)?;
        Ok(BusinessId::of_checked(text))
    }

    /// Wraps text that a parser has already checked.
    pub(crate) fn of_checked(text: &str) -> Self {
        BusinessId(Box::from(text))
    }

    /// Returns the id as text.
    ///
    /// ```
    /// let business: mileston_keys::BusinessId = "my-business".parse()?;
    /// assert_eq!(business.as_str(), "my-business");
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromText for BusinessId {
    const EXPECTED: Expected = Expected::BusinessId;
    const BACKEND_ONLY: bool = false;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        check_size(text, MAX_BUSINESS_ID_LEN)?;
        check_holds_no_key(text)?;
        check_copied(text, MAX_BUSINESS_ID_LEN)?;
        check_ascii(text)?;
        if let Some(at) = text.bytes().position(|byte| !is_allowed(byte)) {
            return Err(KeyErrorKind::ForbiddenCharacter { position: at + 1 });
        }
        Ok(BusinessId::of_checked(text))
    }
}

/// Rejects text that contains a key anywhere, because a business id may be printed.
fn check_holds_no_key(text: &str) -> Result<(), KeyErrorKind> {
    if let Ok((kind, mode)) = classify(text) {
        return Err(KeyErrorKind::WrongKey { kind, mode });
    }
    match find_key(text) {
        Some(_) => Err(KeyErrorKind::MalformedKey),
        None => Ok(()),
    }
}

/// Returns whether [`BusinessId`] accepts the text. Can be called at compile time.
pub(crate) const fn well_formed(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [byte, others @ ..] = rest {
        if !is_allowed(*byte) {
            return false;
        }
        rest = others;
    }
    !text.is_empty()
        && text.len() <= MAX_BUSINESS_ID_LEN
        && find_key(text).is_none()
        && !is_line(text)
}

/// Returns whether the byte is visible and isn't a quote.
const fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`')
}

text_conversions!({} BusinessId);

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BusinessId({})", self.0)
    }
}
