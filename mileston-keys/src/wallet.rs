//! The wallet secret, and the credential that it makes together with a Normal key.

use std::fmt;

use crate::backend::{BackendText, MayHold, ThisTarget, backend_secret, keep, may_hold};
use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{FromText, refusal};
use crate::key::NormalKey;
use crate::mode::Mode;
use crate::paste::{check_copied, check_edges, check_size};
use crate::pattern::{MAX_UNKNOWN_FORM_LEN, MAX_WALLET_SECRET_LEN};
use crate::prefix::public_prefix;
use crate::unknown_form::check_not_a_key;

/// The secret that signs wallet operations; it comes with the wallet API keys of the dashboard. A program that makes one
/// [in a browser](crate::backend) doesn't compile.
///
/// Text: anything from 1 to [`MAX_WALLET_SECRET_LEN`] bytes without control characters and without whitespace or
/// quotes around it; a text that begins like an API key is refused, since that is a mix-up. The vendor gives no format. Its SDK
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
pub struct WalletSecret(BackendText);

/// A Normal key and a wallet secret: what signed wallet operations need. It can do everything that a Normal key can.
///
/// Made by [`NormalKey::with_wallet_secret`], but not [in a browser](crate::backend). `Debug` shows the public prefix of
/// the key and nothing of the secret.
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
    /// The variable is unset, not Unicode or no such secret; or build tools publish variables of such a name to browsers
    /// (`NEXT_PUBLIC_…`, `VITE_…` and others). The error names the variable, never its value.
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

    /// Takes a secret of a form that did not exist when this version was written: longer, or of characters that `parse`
    /// refuses.
    ///
    /// # Errors
    ///
    /// The text begins like an API key, has control characters, is empty, or has whitespace around it.
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
        edges.and_then(|()| checked(text)).map_err(refusal::<Self>)
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

/// The secret signs and is never sent, so it may have characters that no header carries.
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
        write!(f, "WalletKey<{:?}>({}…, …)", M::NAME, public_prefix(self.key.expose_secret()))
    }
}
