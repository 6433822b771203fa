//! Checks e-mail addresses, so that a name or other text isn't sent in place of an address.

use std::fmt;
use std::str::FromStr;

use mileston_keys::write_report;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use crate::{Error, ErrorKind};

/// An e-mail address: text of at most 254 bytes with one `@`, text on both sides of it, and no whitespace or control
/// characters.
///
/// The check is only meant to catch mistakes, such as a name that is passed as an address. Only sending a message
/// shows whether an address works.
///
/// Response types store an e-mail address as a `String`, so an unusual address doesn't make a response unreadable.
///
/// ```
/// use mileston_api::Email;
///
/// let email: Email = "ada@example.com".parse()?;
/// assert_eq!(email.as_str(), "ada@example.com");
///
/// let error = "Ada Lovelace".parse::<Email>().unwrap_err();
/// assert_eq!(error.to_string(), "an e-mail address can't contain whitespace");
/// # Ok::<(), mileston_api::EmailError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// The text isn't an e-mail address. The error says what is wrong, but doesn't show the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EmailError {
    problem: &'static str,
}

const EMPTY: EmailError = EmailError { problem: "the e-mail address is empty" };
const TOO_LONG: EmailError = EmailError { problem: "an e-mail address can have at most 254 bytes" };
const WHITESPACE: EmailError = EmailError { problem: "an e-mail address can't contain whitespace" };
const CONTROL: EmailError =
    EmailError { problem: "an e-mail address can't contain control characters" };
const NO_AT: EmailError =
    EmailError { problem: "an e-mail address needs an `@`, like `ada@example.com`" };
const SEVERAL_AT: EmailError =
    EmailError { problem: "an e-mail address has only one `@`; pass a single address" };
const ONE_SIDE: EmailError = EmailError {
    problem: "an e-mail address needs text on both sides of its `@`, like `ada@example.com`",
};

/// The maximum length of an address in an SMTP command (RFC 5321).
const MAX_LEN: usize = 254;

impl Email {
    /// Returns the address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(text: &str) -> Result<(), EmailError> {
    if text.is_empty() {
        return Err(EMPTY);
    }
    if text.len() > MAX_LEN {
        return Err(TOO_LONG);
    }
    if text.contains(char::is_whitespace) {
        return Err(WHITESPACE);
    }
    if text.contains(char::is_control) {
        return Err(CONTROL);
    }
    match text.split_once('@') {
        None => Err(NO_AT),
        Some((_, host)) if host.contains('@') => Err(SEVERAL_AT),
        Some((user, host)) if user.is_empty() || host.is_empty() => Err(ONE_SIDE),
        Some(_) => Ok(()),
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        check(text).map(|()| Email(text.to_owned()))
    }
}

impl TryFrom<&str> for Email {
    type Error = EmailError;

    fn try_from(text: &str) -> Result<Self, EmailError> {
        text.parse()
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        check(&text).map(|()| Email(text))
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

impl AsRef<str> for Email {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Email {
    fn eq(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl PartialEq<&str> for Email {
    fn eq(&self, text: &&str) -> bool {
        self.0 == *text
    }
}

/// Compares an address with text in a response.
impl PartialEq<Email> for String {
    fn eq(&self, email: &Email) -> bool {
        *self == email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({:?})", self.0)
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl fmt::Display for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem)
    }
}

/// Writes the message. `{:#?}` writes the fields.
impl fmt::Debug for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("EmailError").field("problem", &self.problem).finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for EmailError {}

/// Allows `?` in a function that makes calls. The error says that nothing was sent.
impl From<EmailError> for Error {
    fn from(error: EmailError) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(error.to_string()).with_source(error)
    }
}
