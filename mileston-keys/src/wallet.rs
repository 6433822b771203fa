//! Defines the wallet secret, and the credential that combines it with a Normal key.

use std::fmt;

use crate::backend::{BackendText, MayHold, ThisTarget, backend_secret, keep, may_hold};
use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{FromText, rejection};
use crate::key::NormalKey;
use crate::mode::Mode;
use crate::paste::{check_copied, check_edges, check_size};
use crate::pattern::{MAX_UNKNOWN_FORM_LEN, MAX_WALLET_SECRET_LEN};
use crate::prefix::public_prefix;
use crate::unknown_form::check_not_a_key;

/// The secret that signs wallet operations. The dashboard issues it with the wallet API keys. Code that creates a
/// wallet secret doesn't compile [for browsers](crate::backend).
///
/// Format: 1 to [`MAX_WALLET_SECRET_LEN`] bytes, without control characters, and without whitespace or quotes at the
/// start or the end. Text that looks like an API key is rejected, because the caller probably passed it by mistake. The
/// vendor doesn't document a format. Its SDK uses the text unchanged as UTF-8, even if it looks like hexadecimal
/// (`mileston-payments` 0.2.3, `dist/core/BaseAPI.js`), and sends no signature if the secret is empty. This type
/// rejects an empty secret.
///
/// # Errors
///
/// Parsing (`FromStr`, `TryFrom<&str>`, or `TryFrom<String>`, which also wipes the string) returns a [`KeyError`] if it
/// rejects the text.
///
/// ```
/// use mileston_keys::WalletSecret;
///
/// let secret: WalletSecret = "fake wallet secret".parse()?;
/// assert_eq!(format!("{secret:?}"), "WalletSecret(…)");
/// assert!("".parse::<WalletSecret>().is_err());
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
#[derive(Clone)]
pub struct WalletSecret(BackendText);

/// A Normal key together with a wallet secret. Signed wallet operations need both. A `WalletKey` can do everything that
/// a Normal key can.
///
/// Create one with [`NormalKey::with_wallet_secret`]. A program that calls this method doesn't compile [for
/// browsers](crate::backend). `Debug` shows the key's public prefix, but no part of the secret.
///
/// ```
/// use mileston_keys::{NormalKey, Test};
///
/// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
/// let wallet = key.with_wallet_secret("fake wallet secret".parse()?);
/// assert_eq!(wallet.normal_key().expose_secret(), "Mileston_TEST_fake0123");
/// assert_eq!(format!("{wallet:?}"), "WalletKey<Test>(Mileston_TEST_…, …)");
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
pub struct WalletKey<M: Mode> {
    key: NormalKey<M>,
    secret: WalletSecret,
}

impl WalletSecret {
    /// Reads the secret from an environment variable. Only the `from_env` functions of this crate read the environment.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the variable is unset, isn't Unicode or doesn't contain a wallet secret, or if the
    /// variable's name makes build tools publish it to browsers (`NEXT_PUBLIC_…`, `VITE_…` and others). The error
    /// contains the variable's name, but never its value.
    ///
    /// ```
    /// let error = mileston_keys::WalletSecret::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.variable(), Some("AN_UNSET_VARIABLE"));
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError>
    where
        for<'a> ThisTarget: MayHold<Self>,
    {
        env::read(variable)
    }

    /// Accepts a secret in a format that this version doesn't recognise yet: a longer secret, or one that `parse`
    /// rejects because it has quotes around it or looks like a line from a file.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the text looks like an API key, has control characters, is empty, or has whitespace
    /// around it.
    ///
    /// ```
    /// use mileston_keys::WalletSecret;
    ///
    /// let text = "FAKE_0=123";
    /// assert!(WalletSecret::try_from(text).is_err());
    /// assert!(WalletSecret::from_unknown_form(text).is_ok());
    /// assert!(WalletSecret::from_unknown_form("Mileston_TEST_fake0123").is_err());
    /// ```
    pub fn from_unknown_form(text: &str) -> Result<Self, KeyError>
    where
        for<'a> ThisTarget: MayHold<Self>,
    {
        let edges = check_size(text, MAX_UNKNOWN_FORM_LEN).and_then(|()| check_edges(text));
        edges.and_then(|()| checked(text)).map_err(rejection::<Self>)
    }

    /// Returns the secret as text. This is the only way to read it. Don't print the text, and don't keep a copy that
    /// isn't wiped.
    ///
    /// ```
    /// let secret: mileston_keys::WalletSecret = "fake wallet secret".parse()?;
    /// assert_eq!(secret.expose_secret(), "fake wallet secret");
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn expose_secret(&self) -> &str {
        self.0.expose()
    }
}

impl<M: Mode> WalletKey<M> {
    pub(crate) fn new(key: NormalKey<M>, secret: WalletSecret) -> Self {
        WalletKey { key, secret }
    }

    /// Returns the Normal key, which is sent in the `apikey` header.
    pub fn normal_key(&self) -> &NormalKey<M> {
        &self.key
    }

    /// Returns the secret that signs requests. It is never sent.
    pub fn wallet_secret(&self) -> &WalletSecret {
        &self.secret
    }
}

impl FromText for WalletSecret
where
    for<'a> ThisTarget: MayHold<Self>,
{
    const EXPECTED: Expected = Expected::WalletSecret;
    const BACKEND_ONLY: bool = true;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        check_copied(text, MAX_WALLET_SECRET_LEN)?;
        checked(text)
    }
}

/// Checks a wallet secret. The secret is never sent, so it may contain characters that a header can't contain.
fn checked(text: &str) -> Result<WalletSecret, KeyErrorKind>
where
    for<'a> ThisTarget: MayHold<WalletSecret>,
{
    if let Some(at) = text.find(char::is_control) {
        return Err(KeyErrorKind::ForbiddenCharacter { position: at + 1 });
    }
    check_not_a_key(text)?;
    Ok(WalletSecret(keep::<WalletSecret>(text)))
}

backend_secret!({} WalletSecret);
may_hold!({ M: Mode } WalletKey<M>);

// `Clone` isn't derived because that would require `M: Clone`.
impl<M: Mode> Clone for WalletKey<M> {
    fn clone(&self) -> Self {
        WalletKey { key: self.key.clone(), secret: self.secret.clone() }
    }
}

/// Shows nothing about the secret, not even its length.
impl fmt::Debug for WalletSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WalletSecret(…)")
    }
}

/// Shows only the key's public prefix.
impl<M: Mode> fmt::Debug for WalletKey<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WalletKey<{:?}>({}…, …)", M::NAME, public_prefix(self.key.expose_secret()))
    }
}
