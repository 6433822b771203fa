//! The wallet secret, and the credential that it makes together with a Normal key.

use std::fmt;

use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{FromText, text_conversions};
use crate::key::NormalKey;
use crate::mode::Mode;
use crate::parse::{check_copied, classify};
use crate::pattern::MAX_WALLET_SECRET_LEN;
use crate::secret::SecretText;

/// The secret that signs wallet operations; it comes with the wallet API keys of the dashboard.
///
/// Text: anything from 1 to [`MAX_WALLET_SECRET_LEN`] bytes without control characters and without whitespace or
/// quotes around it; a whole API key is refused, since that is a mix-up. The vendor gives no format. Its SDK
/// takes the text as it is, UTF-8, also when it looks like hexadecimal (`mileston-payments` 0.2.3,
/// `dist/core/BaseAPI.js`), and sends no signature at all for an empty one; here an empty one is refused.
///
/// # Errors
///
/// Parsing (`FromStr`, `TryFrom<&str>`, `TryFrom<String>`, which also wipes the string) gives a [`KeyError`].
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
pub struct WalletSecret(SecretText);

/// A Normal key and a wallet secret: what signed wallet operations need. Also good for whatever a Normal key can do.
///
/// Made by [`NormalKey::with_wallet_secret`]. `Debug` shows the public prefix of the key and nothing of the secret.
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
    /// Reads the secret from an environment variable. Nothing else in this crate reads the environment.
    ///
    /// # Errors
    ///
    /// The variable is unset, not Unicode or no such secret. The error names the variable, never its value.
    ///
    /// ```
    /// let error = mileston_keys::WalletSecret::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.variable(), Some("AN_UNSET_VARIABLE"));
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError> {
        env::read(variable)
    }

    /// The secret as text: the one way out. Don't print it, don't store it where it is not wiped.
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

    /// The Normal key, sent in the header `apikey`.
    pub fn normal_key(&self) -> &NormalKey<M> {
        &self.key
    }

    /// The secret that signs; it is never sent.
    pub fn wallet_secret(&self) -> &WalletSecret {
        &self.secret
    }
}

impl FromText for WalletSecret {
    const EXPECTED: Expected = Expected::WalletSecret;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        check_copied(text, MAX_WALLET_SECRET_LEN)?;
        if let Some(at) = text.find(char::is_control) {
            return Err(KeyErrorKind::ForbiddenCharacter { position: at + 1 });
        }
        if let Ok((kind, mode)) = classify(text) {
            return Err(KeyErrorKind::WrongKey { kind, mode });
        }
        Ok(WalletSecret(SecretText::new(text)))
    }
}

text_conversions!({} WalletSecret);

// Written out, for a derived `Clone` would ask for `M: Clone`.
impl<M: Mode> Clone for WalletKey<M> {
    fn clone(&self) -> Self {
        WalletKey { key: self.key.clone(), secret: self.secret.clone() }
    }
}

/// Shows nothing of the secret, its length neither.
impl fmt::Debug for WalletSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WalletSecret(…)")
    }
}

/// Shows the public prefix of the key only.
impl<M: Mode> fmt::Debug for WalletKey<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WalletKey<{:?}>({}…, …)", M::NAME, NormalKey::<M>::PREFIX)
    }
}
