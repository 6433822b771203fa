//! A key whose kind and mode are known only at run time.

use crate::env;
use crate::error::{Expected, KeyError, KeyErrorKind};
use crate::from_text::{self, FromText, rejection, text_conversions};
use crate::key::{CheckoutKey, NormalKey};
use crate::mode::{Live, ModeName, Test};
use crate::parse::{KeyKind, classify};
use crate::unknown_form::check_key;

/// A key of any kind and mode. To find out the kind and mode, parse the text and `match` on the result.
///
/// The four variants cover every key that Mileston issues ("Why Use API Keys", Types of API Keys). The enum is
/// exhaustive on purpose: if Mileston adds a new kind of key, every `match` needs a review. `Debug` shows only
/// the public prefix.
///
/// Normal keys can't exist [in a browser](crate::backend). Parsing a Normal key in a browser returns a
/// [`WrongKey`](KeyErrorKind::WrongKey) error, whose message says to replace the key because it may already be public.
///
/// # Example: reject live keys on a developer's machine
///
/// ```
/// use mileston_keys::AnyKey;
///
/// let message = match AnyKey::parse("Mileston_LIVE_fake0123")? {
///     AnyKey::NormalTest(_) | AnyKey::CheckoutTest(_) => "fine",
///     AnyKey::NormalLive(_) | AnyKey::CheckoutLive(_) => "not on this machine",
/// };
/// assert_eq!(message, "not on this machine");
/// # Ok::<(), mileston_keys::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub enum AnyKey {
    /// `Mileston_TEST_…`
    NormalTest(NormalKey<Test>),
    /// `Mileston_LIVE_…`
    NormalLive(NormalKey<Live>),
    /// `Mileston_TEST_CHECKOUTKEY_…`
    CheckoutTest(CheckoutKey<Test>),
    /// `Mileston_LIVE_CHECKOUTKEY_…`
    CheckoutLive(CheckoutKey<Live>),
}

impl AnyKey {
    /// Parses a key of any kind and mode. `FromStr` and `TryFrom` do the same.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the text isn't a key, or if it is a Normal key and the program runs in a browser.
    ///
    /// ```
    /// use mileston_keys::{AnyKey, KeyErrorKind};
    ///
    /// assert!(matches!(AnyKey::parse("Mileston_TEST_fake0123"), Ok(AnyKey::NormalTest(_))));
    /// assert_eq!(AnyKey::parse("mileston_test_fake0123").unwrap_err().kind(), KeyErrorKind::WrongCase);
    /// ```
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        from_text::borrowed(text)
    }

    /// Reads the key from an environment variable. Only the `from_env` functions of this crate read the environment.
    ///
    /// # Errors
    ///
    /// Returns a [`KeyError`] if the variable is unset, isn't Unicode or doesn't contain a key. Also returns an error for
    /// a Normal key in a variable whose name makes build tools publish it to browsers (`NEXT_PUBLIC_…`, `VITE_…` and
    /// others). The error contains the variable's name, but never its value.
    ///
    /// ```
    /// let error = mileston_keys::AnyKey::from_env("AN_UNSET_VARIABLE").unwrap_err();
    /// assert_eq!(error.variable(), Some("AN_UNSET_VARIABLE"));
    /// ```
    pub fn from_env(variable: &str) -> Result<Self, KeyError> {
        env::read(variable)
    }

    /// Accepts a key in a format that this version doesn't recognise yet. The kind and mode can't be read from such a
    /// key, so the caller passes them.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`NormalKey::from_unknown_form`]. In a browser, also returns an error for a Normal
    /// key.
    ///
    /// ```
    /// use mileston_keys::{AnyKey, KeyKind, ModeName};
    ///
    /// let text = "Mileston_TEST_fake_01-23";
    /// assert!(AnyKey::from_unknown_form(text, KeyKind::Normal, ModeName::Test).is_ok());
    /// assert!(AnyKey::from_unknown_form(text, KeyKind::Normal, ModeName::Live).is_err());
    /// ```
    pub fn from_unknown_form(text: &str, kind: KeyKind, mode: ModeName) -> Result<Self, KeyError> {
        check_key(text, kind, mode)
            .map_err(|problem| KeyError::new(Expected::Key(kind, mode), problem))?;
        AnyKey::of_checked(text, kind, mode).map_err(rejection::<Self>)
    }

    /// Wraps text that has already been checked. Rejects a Normal key in a browser.
    fn of_checked(text: &str, kind: KeyKind, mode: ModeName) -> Result<Self, KeyErrorKind> {
        match (kind, mode) {
            (KeyKind::Normal, ModeName::Test) => {
                NormalKey::if_allowed(text).map(AnyKey::NormalTest)
            }
            (KeyKind::Normal, ModeName::Live) => {
                NormalKey::if_allowed(text).map(AnyKey::NormalLive)
            }
            (KeyKind::Checkout, ModeName::Test) => {
                Ok(AnyKey::CheckoutTest(CheckoutKey::of_checked(text)))
            }
            (KeyKind::Checkout, ModeName::Live) => {
                Ok(AnyKey::CheckoutLive(CheckoutKey::of_checked(text)))
            }
        }
    }

    /// Returns the kind of the key: Normal or Checkout.
    ///
    /// ```
    /// use mileston_keys::{AnyKey, KeyKind};
    ///
    /// let key = AnyKey::parse("Mileston_TEST_CHECKOUTKEY_fake0123")?;
    /// assert_eq!(key.kind(), KeyKind::Checkout);
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn kind(&self) -> KeyKind {
        match self {
            AnyKey::NormalTest(_) | AnyKey::NormalLive(_) => KeyKind::Normal,
            AnyKey::CheckoutTest(_) | AnyKey::CheckoutLive(_) => KeyKind::Checkout,
        }
    }

    /// Returns the mode of the key: test or live.
    ///
    /// ```
    /// use mileston_keys::{AnyKey, ModeName};
    ///
    /// assert_eq!(AnyKey::parse("Mileston_TEST_fake0123")?.mode(), ModeName::Test);
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn mode(&self) -> ModeName {
        match self {
            AnyKey::NormalTest(_) | AnyKey::CheckoutTest(_) => ModeName::Test,
            AnyKey::NormalLive(_) | AnyKey::CheckoutLive(_) => ModeName::Live,
        }
    }

    /// Returns the complete key as text. Don't print the text, and don't store it anywhere that isn't wiped.
    ///
    /// ```
    /// let key = mileston_keys::AnyKey::parse("Mileston_TEST_fake0123")?;
    /// assert_eq!(key.expose_secret(), "Mileston_TEST_fake0123");
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub fn expose_secret(&self) -> &str {
        match self {
            AnyKey::NormalTest(key) => key.expose_secret(),
            AnyKey::NormalLive(key) => key.expose_secret(),
            AnyKey::CheckoutTest(key) => key.expose_secret(),
            AnyKey::CheckoutLive(key) => key.expose_secret(),
        }
    }
}

impl FromText for AnyKey {
    const EXPECTED: Expected = Expected::AnyKey;
    const BACKEND_ONLY: bool = false;

    fn from_text(text: &str) -> Result<Self, KeyErrorKind> {
        let (kind, mode) = classify(text)?;
        AnyKey::of_checked(text, kind, mode)
    }

    fn stays_in_backend(&self) -> bool {
        self.kind() == KeyKind::Normal
    }
}

text_conversions!({} AnyKey);

impl From<NormalKey<Test>> for AnyKey {
    fn from(key: NormalKey<Test>) -> Self {
        AnyKey::NormalTest(key)
    }
}

impl From<NormalKey<Live>> for AnyKey {
    fn from(key: NormalKey<Live>) -> Self {
        AnyKey::NormalLive(key)
    }
}

impl From<CheckoutKey<Test>> for AnyKey {
    fn from(key: CheckoutKey<Test>) -> Self {
        AnyKey::CheckoutTest(key)
    }
}

impl From<CheckoutKey<Live>> for AnyKey {
    fn from(key: CheckoutKey<Live>) -> Self {
        AnyKey::CheckoutLive(key)
    }
}
