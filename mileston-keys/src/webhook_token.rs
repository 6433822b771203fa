//! Defines the verification token of a webhook. Every delivery must contain the token.

use std::fmt;

use crate::backend::{BackendText, MayHold, ThisTarget, backend_secret, keep};
use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{FromText, rejection};
use crate::paste::{check_ascii, check_copied};
use crate::pattern::{self, MAX_WEBHOOK_TOKEN_LEN};
use crate::unknown_form::{check_header_value, check_not_a_key};

/// The verification token of a webhook. You register it in the dashboard together with the webhook's URL and events.
///
/// The platform sends it unchanged in the `X-Webhook-Signature` header of every delivery (vendor docs, Webhooks). It
/// isn't a digest of the body: anyone who has seen one delivery can forge more, so keep the token as secret as a key.
/// Code that creates a webhook token doesn't compile [for browsers](crate::backend).
///
/// Format: 1 to [`MAX_WEBHOOK_TOKEN_LEN`] visible ASCII characters, with spaces allowed between them but no quotes
/// around them ([`PATTERN`](WebhookToken::PATTERN)). The vendor doesn't document a format. This type accepts text that
/// can be sent in a header without encoding. Text that looks like an API key is rejected, because the caller probably
/// passed it by mistake.
///
/// # Errors
///
/// Parsing (`FromStr`, `TryFrom<&str>`, or `TryFrom<String>`, which also wipes the string) returns a [`KeyError`] if it
/// rejects the text.
///
/// ```
/// use mileston_keys::WebhookToken;
///
/// let token: WebhookToken = "fake-webhook-token".parse()?;
/// assert_eq!(format!("{token:?}"), "WebhookToken(…)");
/// assert!("fake-webhook-token\n".parse::<WebhookToken>().is_err());
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
#[derive(Clone)]
pub struct WebhookToken(BackendText);

impl WebhookToken {
    /// The accepted values as an ECMA 262 regular expression, the same as [`pattern::WEBHOOK_TOKEN`].
    pub const PATTERN: &'static str = pattern::WEBHOOK_TOKEN;

    /// Reads the token from an environment variable. Only the `from_env` functions of this crate read the environment.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the variable is unset, isn't Unicode or doesn't contain a webhook token, or if the
    /// variable's name makes build tools publish it to browsers (`NEXT_PUBLIC_…`, `VITE_…` and others). The error
    /// contains the variable's name, but never its value.
    ///
    /// ```
    /// let error = mileston_keys::WebhookToken::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.variable(), Some("AN_UNSET_VARIABLE"));
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError>
    where
        for<'a> ThisTarget: MayHold<Self>,
    {
        env::read(variable)
    }

    /// Accepts a token in a format that this version doesn't recognise yet: a longer token, or one that `parse` rejects
    /// because it has quotes around it, begins with an authorization scheme or looks like a line from a file.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the text looks like an API key, can't be sent in a header, is empty, or has whitespace
    /// around it.
    ///
    /// ```
    /// use mileston_keys::WebhookToken;
    ///
    /// let text = "\"quoted\"";
    /// assert!(WebhookToken::try_from(text).is_err());
    /// assert!(WebhookToken::from_unknown_form(text).is_ok());
    /// assert!(WebhookToken::from_unknown_form("Mileston_TEST_fake0123").is_err());
    /// ```
    pub fn from_unknown_form(text: &str) -> Result<Self, KeyError>
    where
        for<'a> ThisTarget: MayHold<Self>,
    {
        check_header_value(text).and_then(|()| check_not_a_key(text)).map_err(rejection::<Self>)?;
        Ok(WebhookToken(keep::<Self>(text)))
    }

    /// Returns the token as text. Don't print it. Don't compare it with `==`: that comparison stops at the first
    /// difference, so the time that it takes reveals how much of the token matched.
    ///
    /// ```
    /// let token: mileston_keys::WebhookToken = "fake-webhook-token".parse()?;
    /// assert_eq!(token.expose_secret(), "fake-webhook-token");
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn expose_secret(&self) -> &str {
        self.0.expose()
    }
}

impl FromText for WebhookToken
where
    for<'a> ThisTarget: MayHold<Self>,
{
    const EXPECTED: Expected = Expected::WebhookToken;
    const BACKEND_ONLY: bool = true;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        check_copied(text, MAX_WEBHOOK_TOKEN_LEN)?;
        check_ascii(text)?;
        if let Some(at) = text.bytes().position(|byte| byte.is_ascii_control()) {
            return Err(KeyErrorKind::ForbiddenCharacter { position: at + 1 });
        }
        check_not_a_key(text)?;
        Ok(WebhookToken(keep::<Self>(text)))
    }
}

backend_secret!({} WebhookToken);

/// Shows nothing about the token, not even its length.
impl fmt::Debug for WebhookToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookToken(…)")
    }
}
