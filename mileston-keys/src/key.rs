//! Defines the two typed keys: `NormalKey` for the backend and `CheckoutKey` for frontends. Each is for one mode.

use std::fmt;
use std::marker::PhantomData;

use crate::backend::{BackendText, MayHold, ThisTarget, backend_secret, keep, keep_if_allowed};
use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{FromText, rejection, text_conversions};
use crate::mode::{Mode, ModeName};
use crate::parse::{KeyKind, classify};
use crate::pattern;
use crate::prefix::{prefix, public_prefix};
use crate::secret::SecretText;
use crate::unknown_form::check_key;
use crate::wallet::{WalletKey, WalletSecret};

/// The key for a backend, which uses it to create payment links, invoices and recurring payments. Keep the key in the
/// backend. Code that creates a Normal key doesn't compile [for browsers](crate::backend).
///
/// Format: `Mileston_TEST_` or `Mileston_LIVE_`, then letters and digits ([`PATTERN`](NormalKey::PATTERN)). Source:
/// "Why Use API Keys", Normal API Key. The key is sent in the `apikey` header (`mileston-payments` 0.2.3,
/// `dist/core/BaseAPI.js`).
///
/// # Errors
///
/// Parsing (`FromStr`, `TryFrom<&str>`, `TryFrom<String>`) returns a [`KeyError`] if the text isn't a Normal key for
/// this mode. The error says what was found instead, for example a Checkout key or a key for the other mode.
/// `TryFrom<String>` also wipes the string.
///
/// # Example: parse and use
///
/// ```
/// use mileston_keys::{NormalKey, Test};
///
/// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
/// assert_eq!(format!("{key:?}"), "NormalKey<Test>(Mileston_TEST_…)");
/// assert_eq!(key.expose_secret(), "Mileston_TEST_fake0123");
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
pub struct NormalKey<M: Mode> {
    text: BackendText,
    mode: PhantomData<fn() -> M>,
}

/// The key for a frontend. It can only start payments and read their status.
///
/// Format: `Mileston_TEST_CHECKOUTKEY_` or `Mileston_LIVE_CHECKOUTKEY_`, then letters and digits
/// ([`PATTERN`](CheckoutKey::PATTERN)). Source: "Why Use API Keys", Checkout API Key. The key is sent in the `apikey`
/// header (`mileston-payment-client` 0.9.3, `dist/index.mjs`).
///
/// Anyone who opens the page can read this key. This crate still keeps it out of logs, like any other key.
///
/// # Errors
///
/// Parsing (`FromStr`, `TryFrom<&str>`, `TryFrom<String>`) returns a [`KeyError`] if the text isn't a Checkout key for
/// this mode. The error says what was found instead, for example a Normal key or a key for the other mode.
/// `TryFrom<String>` also wipes the string.
///
/// # Example: a Normal key is rejected
///
/// ```
/// use mileston_keys::{CheckoutKey, KeyErrorKind, KeyKind, ModeName, Test};
///
/// assert!("Mileston_TEST_CHECKOUTKEY_fake0123".parse::<CheckoutKey<Test>>().is_ok());
///
/// let error = CheckoutKey::<Test>::try_from("Mileston_TEST_fake0123").unwrap_err();
/// assert_eq!(error.kind(), KeyErrorKind::WrongKey { kind: KeyKind::Normal, mode: ModeName::Test });
/// ```
pub struct CheckoutKey<M: Mode> {
    text: SecretText,
    mode: PhantomData<fn() -> M>,
}

impl<M: Mode> NormalKey<M> {
    /// The public text that a Normal key begins with. A Checkout key's prefix also begins with this text.
    ///
    /// ```
    /// assert_eq!(mileston_keys::NormalKey::<mileston_keys::Live>::PREFIX, "Mileston_LIVE_");
    /// ```
    pub const PREFIX: &'static str = prefix(KeyKind::Normal, M::NAME);

    /// The accepted values as an ECMA 262 regular expression. [`pattern::NORMAL_KEY`] accepts both modes.
    ///
    /// ```
    /// let pattern = mileston_keys::NormalKey::<mileston_keys::Test>::PATTERN;
    /// assert_eq!(pattern, "^Mileston_TEST_[A-Za-z0-9]{1,242}$");
    /// ```
    pub const PATTERN: &'static str = pattern::of(KeyKind::Normal, M::NAME);

    /// Reads the key from an environment variable. Only the `from_env` functions of this crate read the environment.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the variable is unset, isn't Unicode or doesn't contain a Normal key for this mode, or
    /// if the variable's name makes build tools publish it to browsers (`NEXT_PUBLIC_…`, `VITE_…` and others). The
    /// error contains the variable's name, but never its value.
    ///
    /// ```
    /// use mileston_keys::{KeyErrorKind, NormalKey, Test};
    ///
    /// let error = NormalKey::<Test>::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.kind(), KeyErrorKind::Unset);
    /// assert_eq!(error.variable(), Some("AN_UNSET_VARIABLE"));
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError>
    where
        ThisTarget: MayHold<Self>,
    {
        env::read(variable)
    }

    /// Accepts a key in a format that this version doesn't recognise yet. Prefer `parse`, which checks the format. If
    /// the prefix isn't a known one, this function can't check the kind and mode, so the caller must be sure of them.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the text begins with the prefix of a different kind or mode, even if that prefix is in
    /// the wrong case or cut off. Also returns an error if the text is only a prefix, begins with the old prefix
    /// `Mileston_PROD_`, can't be sent in a header, is empty, has whitespace or quotes around it, or was copied
    /// together with other text, such as `NAME=`.
    ///
    /// ```
    /// use mileston_keys::{NormalKey, Test};
    ///
    /// let text = "Mileston_TEST_fake_01-23";
    /// assert!(text.parse::<NormalKey<Test>>().is_err());
    /// assert!(NormalKey::<Test>::from_unknown_form(text).is_ok());
    ///
    /// let other = "mileston_live_fake_01-23";
    /// assert!(NormalKey::<Test>::from_unknown_form(other).is_err());
    /// ```
    pub fn from_unknown_form(text: &str) -> Result<Self, KeyError>
    where
        ThisTarget: MayHold<Self>,
    {
        check_key(text, KeyKind::Normal, M::NAME).map_err(rejection::<Self>)?;
        Ok(Self::of_checked(text))
    }

    /// Returns the complete key as text. Only this method and
    /// [`Credential::expose_api_key`](crate::Credential::expose_api_key) return it. Don't print the text, and don't
    /// store it anywhere that isn't wiped.
    ///
    /// ```
    /// let key: mileston_keys::NormalKey<mileston_keys::Test> = "Mileston_TEST_fake0123".parse()?;
    /// assert_eq!(key.expose_secret().len(), 22);
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn expose_secret(&self) -> &str {
        self.text.expose()
    }

    /// Combines this key with the secret that signs wallet operations, and returns both as a [`WalletKey`].
    ///
    /// ```
    /// use mileston_keys::{NormalKey, Test, WalletKey, WalletSecret};
    ///
    /// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
    /// let secret: WalletSecret = "fake wallet secret".parse()?;
    /// let wallet: WalletKey<Test> = key.with_wallet_secret(secret);
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn with_wallet_secret(self, secret: WalletSecret) -> WalletKey<M>
    where
        ThisTarget: MayHold<WalletKey<M>>,
    {
        WalletKey::new(self, secret)
    }

    /// Wraps text that a parser has already checked.
    pub(crate) fn of_checked(text: &str) -> Self
    where
        ThisTarget: MayHold<Self>,
    {
        NormalKey { text: keep::<Self>(text), mode: PhantomData }
    }

    /// Wraps text for the parser that accepts any key. Rejects the key on a target where Normal keys aren't allowed.
    pub(crate) fn if_allowed(text: &str) -> Result<Self, KeyErrorKind> {
        match keep_if_allowed(text) {
            Some(text) => Ok(NormalKey { text, mode: PhantomData }),
            None => Err(KeyErrorKind::WrongKey { kind: KeyKind::Normal, mode: M::NAME }),
        }
    }
}

impl<M: Mode> CheckoutKey<M> {
    /// The public text that a Checkout key begins with.
    ///
    /// ```
    /// let prefix = mileston_keys::CheckoutKey::<mileston_keys::Live>::PREFIX;
    /// assert_eq!(prefix, "Mileston_LIVE_CHECKOUTKEY_");
    /// ```
    pub const PREFIX: &'static str = prefix(KeyKind::Checkout, M::NAME);

    /// The accepted values as an ECMA 262 regular expression. [`pattern::CHECKOUT_KEY`] accepts both modes.
    ///
    /// ```
    /// let pattern = mileston_keys::CheckoutKey::<mileston_keys::Test>::PATTERN;
    /// assert_eq!(pattern, "^Mileston_TEST_CHECKOUTKEY_[A-Za-z0-9]{1,230}$");
    /// ```
    pub const PATTERN: &'static str = pattern::of(KeyKind::Checkout, M::NAME);

    /// Reads the key from an environment variable. Only the `from_env` functions of this crate read the environment.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the variable is unset, isn't Unicode or doesn't contain a Checkout key for this mode.
    /// The error contains the variable's name, but never its value.
    ///
    /// ```
    /// use mileston_keys::{CheckoutKey, KeyErrorKind, Test};
    ///
    /// let error = CheckoutKey::<Test>::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.kind(), KeyErrorKind::Unset);
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError> {
        env::read(variable)
    }

    /// Accepts a key in a format that this version doesn't recognise yet. Prefer `parse`, which checks the format. If
    /// the prefix isn't a known one, this function can't check the kind and mode, so the caller must be sure of them.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the text begins with the prefix of a different kind or mode, even if that prefix is in
    /// the wrong case or cut off. Also returns an error if the text is only a prefix, begins with the old prefix
    /// `Mileston_PROD_`, can't be sent in a header, is empty, has whitespace or quotes around it, or was copied
    /// together with other text, such as `NAME=`.
    ///
    /// ```
    /// use mileston_keys::{CheckoutKey, Test};
    ///
    /// let text = "Mileston_TEST_CHECKOUTKEY_fake_01-23";
    /// assert!(text.parse::<CheckoutKey<Test>>().is_err());
    /// assert!(CheckoutKey::<Test>::from_unknown_form(text).is_ok());
    ///
    /// let other = "Mileston_TEST_fake_01-23";
    /// assert!(CheckoutKey::<Test>::from_unknown_form(other).is_err());
    /// ```
    pub fn from_unknown_form(text: &str) -> Result<Self, KeyError> {
        check_key(text, KeyKind::Checkout, M::NAME).map_err(rejection::<Self>)?;
        Ok(Self::of_checked(text))
    }

    /// Returns the complete key as text. Only this method and
    /// [`Credential::expose_api_key`](crate::Credential::expose_api_key) return it. Don't print the text, and don't
    /// store it anywhere that isn't wiped.
    ///
    /// ```
    /// use mileston_keys::{CheckoutKey, Test};
    ///
    /// let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse()?;
    /// assert_eq!(key.expose_secret().len(), 34);
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn expose_secret(&self) -> &str {
        self.text.expose()
    }

    /// Wraps text that a parser has already checked.
    pub(crate) fn of_checked(text: &str) -> Self {
        CheckoutKey { text: SecretText::new(text), mode: PhantomData }
    }
}

/// Accepts only a key of this kind for this mode.
fn expect(text: &str, kind: KeyKind, mode: ModeName) -> Result<(), KeyErrorKind> {
    let (found_kind, found_mode) = classify(text)?;
    if (found_kind, found_mode) == (kind, mode) {
        Ok(())
    } else {
        Err(KeyErrorKind::WrongKey { kind: found_kind, mode: found_mode })
    }
}

impl<M: Mode> FromText for NormalKey<M>
where
    ThisTarget: MayHold<Self>,
{
    const EXPECTED: Expected = Expected::Key(KeyKind::Normal, M::NAME);
    const BACKEND_ONLY: bool = true;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        expect(text, KeyKind::Normal, M::NAME)?;
        Ok(Self::of_checked(text))
    }
}

impl<M: Mode> FromText for CheckoutKey<M> {
    const EXPECTED: Expected = Expected::Key(KeyKind::Checkout, M::NAME);
    const BACKEND_ONLY: bool = false;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        expect(text, KeyKind::Checkout, M::NAME)?;
        Ok(Self::of_checked(text))
    }
}

backend_secret!({ M: Mode } NormalKey<M>);
text_conversions!({ M: Mode } CheckoutKey<M>);

// `Clone` isn't derived because that would require `M: Clone`.
impl<M: Mode> Clone for NormalKey<M> {
    fn clone(&self) -> Self {
        NormalKey { text: self.text.clone(), mode: PhantomData }
    }
}

impl<M: Mode> Clone for CheckoutKey<M> {
    fn clone(&self) -> Self {
        CheckoutKey { text: self.text.clone(), mode: PhantomData }
    }
}

/// Shows only the public prefix.
impl<M: Mode> fmt::Debug for NormalKey<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NormalKey<{:?}>({}…)", M::NAME, public_prefix(self.expose_secret()))
    }
}

/// Shows only the public prefix.
impl<M: Mode> fmt::Debug for CheckoutKey<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckoutKey<{:?}>({}…)", M::NAME, public_prefix(self.expose_secret()))
    }
}
