//! Implements API keys: secret text that is sent unchanged.

use http::header::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::authenticate::Outgoing;
use crate::error::Error;
use crate::redact::Redactor;
use crate::secret_text::SecretText;
use crate::wiped;

/// The part of a request in which secret text is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The header of this name, in lower case.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
}

/// Secret text, and the part of a request in which it is sent. The text is wiped when it is dropped, and `Debug`
/// doesn't show the text.
#[derive(Clone)]
pub struct Key {
    text: SecretText,
    place: Place,
    /// The header, which is created only once, so that a call neither copies the secret nor parses the name.
    header: Option<(HeaderName, HeaderValue)>,
}

impl Key {
    /// Wraps text for the credential type `name`. Trims surrounding whitespace, which pasted text often has.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is empty or contains a character that can't be sent in this part of a request.
    pub fn new(name: &str, place: Place, text: impl Into<SecretText>) -> Result<Self, Error> {
        let text = trimmed(text.into());
        let shown = text.expose_secret();
        if shown.is_empty() {
            return Err(Error::invalid_argument(format!("the {name} is empty")));
        }
        let allowed: fn(char) -> bool = match place {
            Place::Header(_) => |each| matches!(each, ' '..='~'),
            Place::Query(_) => |each| !each.is_control(),
            // RFC 6265, section 4.1.1: cookie-octet.
            Place::Cookie(_) => |each| each.is_ascii_graphic() && !"\",;\\".contains(each),
        };
        if let Some((at, _)) = shown.char_indices().find(|(_, each)| !allowed(*each)) {
            let place = match place {
                Place::Header(_) => "a header",
                Place::Query(_) => "a query",
                Place::Cookie(_) => "a cookie",
            };
            return Err(Error::invalid_argument(format!(
                "the {name} has a character at byte {at} that can't be sent in {place}"
            )));
        }
        let header = match place {
            Place::Header(name) => Some((header_name(name)?, header(shown)?)),
            Place::Query(_) | Place::Cookie(_) => None,
        };
        Ok(Key { text, place, header })
    }

    /// Reads the text from an environment variable.
    ///
    /// # Errors
    ///
    /// Returns an error if the variable isn't set, or if [`new`](Key::new) rejects its content.
    pub fn from_env(name: &str, place: Place, variable: &str) -> Result<Self, Error> {
        let text = super::environment::read(name, variable)?;
        Key::new(name, place, text).map_err(|error| in_variable(&error, variable))
    }

    /// Returns the secret.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.text.expose_secret()
    }

    /// Adds the key to a request.
    ///
    /// # Errors
    ///
    /// Returns any error from [`Outgoing::insert`], [`Outgoing::insert_query`] or [`Outgoing::insert_cookie`].
    pub fn add(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        match (self.place, &self.header) {
            (Place::Header(_), Some((name, value))) => request.insert(name.clone(), value.clone()),
            (Place::Query(name), _) => request.insert_query(name, self.expose_secret()),
            (Place::Cookie(name), _) => request.insert_cookie(name, self.expose_secret()),
            (Place::Header(_), None) => Err(unsendable()),
        }
    }

    /// Adds the secret to the secrets that are removed from responses.
    pub fn redact(&self, redactor: &mut Redactor) {
        redactor.add(self.expose_secret());
    }
}

/// Names the variable in an error about its content.
pub(super) fn in_variable(error: &Error, variable: &str) -> Error {
    Error::invalid_argument(format!("in the environment variable `{variable}`: {error}"))
}

fn trimmed(text: SecretText) -> SecretText {
    match text.expose_secret().trim() {
        same if same.len() == text.expose_secret().len() => text,
        trimmed => SecretText::new(trimmed),
    }
}

fn header_name(name: &str) -> Result<HeaderName, Error> {
    HeaderName::try_from(name)
        .map_err(|_| Error::invalid_argument(format!("`{name}` can't be the name of a header")))
}

/// Returns the text as a header value. The value is marked as sensitive so that no HTTP log shows it, and is wiped
/// from memory when its last clone is dropped. Returns `None` if a character isn't allowed in a header.
///
/// The copies that the HTTP client makes to send the header aren't wiped.
#[must_use]
pub fn secret_header(text: &str) -> Option<HeaderValue> {
    wiped::header(Zeroizing::new(text.to_owned()))
}

pub(super) fn header(text: &str) -> Result<HeaderValue, Error> {
    secret_header(text).ok_or_else(unsendable)
}

fn unsendable() -> Error {
    Error::authentication("the credential has a character that can't be sent in a header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_cannot_be_sent_is_rejected_without_being_shown() {
        let refused =
            |place, text: &str| Key::new("ApiKey", place, text).err().map(|it| it.to_string());
        let header = Place::Header("x-key");
        assert_eq!(refused(header, " \n"), Some("the ApiKey is empty".to_owned()));
        for (place, text, at, what) in [
            (header, "hunter2\nx", 7, "a header"),
            (header, "hunter2é", 7, "a header"),
            (header, "hunter2\u{7f}", 7, "a header"),
            (Place::Query("key"), "hunter2\u{0}x", 7, "a query"),
            (Place::Query("key"), "hunter2\u{85}x", 7, "a query"),
            (Place::Cookie("key"), "hunter2;x=1", 7, "a cookie"),
            (Place::Cookie("key"), "hunter2 x", 7, "a cookie"),
        ] {
            let expected =
                format!("the ApiKey has a character at byte {at} that can't be sent in {what}");
            assert_eq!(refused(place, text), Some(expected));
        }
        for (place, text) in
            [(header, " key \n"), (Place::Query("key"), "a&b=é"), (Place::Cookie("key"), "a=b")]
        {
            assert_eq!(refused(place, text), None, "{text}");
        }
    }
}
