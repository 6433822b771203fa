//! Implements HTTP Basic authentication: a user name and a password (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, HeaderValue};
use zeroize::Zeroizing;

use super::environment;
use super::key::{header, in_variable};
use crate::authenticate::Outgoing;
use crate::error::Error;
use crate::redact::Redactor;
use crate::secret_text::SecretText;

/// A user name and a password. Both are wiped when they are dropped. `Debug` shows neither.
#[derive(Clone)]
pub struct Basic {
    /// The user name. It is kept secret because some services expect a key there.
    user: SecretText,
    password: SecretText,
    value: HeaderValue,
}

impl Basic {
    /// Wraps a user name and a password for the credential type `name`. One of the two may be empty, because some
    /// services expect a key as the user name and no password.
    ///
    /// # Errors
    ///
    /// Returns an error if both are empty, the user name contains a colon, or one of them contains a control character.
    pub fn new(
        name: &str,
        user: impl Into<SecretText>,
        password: impl Into<SecretText>,
    ) -> Result<Self, Error> {
        let (user, password) = (user.into(), password.into());
        let name_text = user.expose_secret();
        let mistake = if name_text.is_empty() && password.expose_secret().is_empty() {
            "the user name and the password are empty"
        } else if name_text.contains(':') {
            "the user name has a colon, which Basic authentication doesn't allow"
        } else if name_text.chars().any(char::is_control) {
            "the user name has a control character"
        } else if password.expose_secret().chars().any(char::is_control) {
            "the password has a control character"
        } else {
            ""
        };
        if !mistake.is_empty() {
            return Err(Error::invalid_argument(format!("the {name} is invalid: {mistake}")));
        }
        let pair = Zeroizing::new(format!("{name_text}:{}", password.expose_secret()));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        let value = header(&Zeroizing::new(format!("Basic {}", *encoded)))?;
        Ok(Basic { user, password, value })
    }

    /// Reads the user name and the password from environment variables.
    ///
    /// # Errors
    ///
    /// Returns an error if a variable isn't set, or if [`new`](Basic::new) rejects its content.
    pub fn from_env(name: &str, user: &str, password: &str) -> Result<Self, Error> {
        let user_name = environment::read(name, user)?;
        let secret = environment::read(name, password)?;
        Basic::new(name, user_name, secret)
            .map_err(|error| in_variable(&error, &format!("{user}` or `{password}")))
    }

    /// Returns the user name.
    #[must_use]
    pub fn user(&self) -> &str {
        self.user.expose_secret()
    }

    /// Returns the password.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.password.expose_secret()
    }

    /// Adds the header to a request.
    ///
    /// # Errors
    ///
    /// Returns an error if the request contains too many headers.
    pub fn add(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        request.insert(AUTHORIZATION, self.value.clone())
    }

    /// Adds the password and the encoded credential to the secrets that are removed from responses. If the password is
    /// too short to be a secret, e.g. `X`, also adds the user name.
    pub fn redact(&self, redactor: &mut Redactor) {
        const SHORTEST: usize = 8;
        if self.expose_secret().len() < SHORTEST {
            redactor.add(self.user());
        }
        redactor.add(self.expose_secret());
        if let Some(encoded) =
            self.value.to_str().ok().and_then(|value| value.strip_prefix("Basic "))
        {
            redactor.add(encoded);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_matches_the_examples_of_rfc_7617() {
        let basic = Basic::new("Basic", "Aladdin", "open sesame").unwrap();
        assert_eq!(basic.value, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(basic.value.is_sensitive());
        let unicode = Basic::new("Basic", "test", "123£").unwrap();
        assert_eq!(unicode.value, "Basic dGVzdDoxMjPCow==");
        assert_eq!(Basic::new("Basic", "key", "").unwrap().value, "Basic a2V5Og==");
    }

    #[test]
    fn invalid_credentials_are_rejected_without_being_shown() {
        for (user, password, expected) in [
            ("", "", "the user name and the password are empty"),
            ("hunter:2", "x", "the user name has a colon"),
            ("hunter2\n", "x", "the user name has a control character"),
            ("x", "hunter2\u{0}", "the password has a control character"),
        ] {
            let error = Basic::new("BasicAuth", user, password).err().unwrap().to_string();
            assert!(error.starts_with("the BasicAuth is invalid: "), "{error}");
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("hunter"), "{error}");
        }
    }

    #[test]
    fn the_half_that_is_secret_is_redacted() {
        for (user, password, secret) in [
            ("freshdesk-key-hunter2", "X", "freshdesk-key-hunter2"),
            ("freshdesk-key-hunter2", "", "freshdesk-key-hunter2"),
            ("", "hunter2-password", "hunter2-password"),
            ("administrator", "hunter2-password", "hunter2-password"),
        ] {
            let mut redactor = Redactor::default();
            Basic::new("Basic", user, password).unwrap().redact(&mut redactor);
            assert!(redactor.finds_in(secret.as_bytes()), "{user}");
            assert_eq!(redactor.finds_in(user.as_bytes()), user == secret, "{user}");
        }
    }
}
