//! Describes the credentials of a client: no key, a Checkout key, a Normal key, or a Normal key with a wallet secret.

use std::fmt;

use crate::key::{CheckoutKey, NormalKey};
use crate::mode::{Mode, ModeName, Test};
use crate::scope::Keyed;
use crate::wallet::WalletKey;
use crate::wording::by_target;

by_target! {
    browser {
        message = "`{Self}` isn't a Mileston credential",
        label = "expected `CheckoutKey<M>` or `NoKey`",
        note = "parse a key that you have as text: `let key: CheckoutKey<Test> = text.parse()?`",
    }
    elsewhere {
        message = "`{Self}` isn't a Mileston credential",
        label = "expected `NormalKey<M>`, `CheckoutKey<M>`, `WalletKey<M>` or `NoKey`",
        note = "parse a key that you have as text: `let key: NormalKey<Test> = text.parse()?`",
    }
    /// The credential of a client. The code that sends requests reads the key and the wallet secret through this trait.
    /// Other crates can't implement it.
    ///
    /// The traits of [`scope`](crate::scope) say which operations a client with a credential may call. Every
    /// credential, including those that [can't exist in a browser](crate::backend), implements this trait on every
    /// target.
    ///
    /// ```
    /// use mileston_keys::{Credential, CredentialKind, ModeName, NoKey, NormalKey, Test};
    ///
    /// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
    /// assert_eq!(NormalKey::<Test>::KIND, CredentialKind::Normal);
    /// assert_eq!(key.mode(), Some(ModeName::Test));
    /// assert_eq!(key.expose_api_key(), Some("Mileston_TEST_fake0123"));
    /// assert_eq!(NoKey.expose_api_key(), None);
    /// # Ok::<(), mileston_keys::KeyError>(())
    /// ```
    pub trait Credential: sealed::Sealed + Clone + fmt::Debug + Send + Sync + 'static {
        /// The kind of credential.
        const KIND: CredentialKind;

        /// Returns the mode of the key, or `None` if there is no key.
        fn mode(&self) -> Option<ModeName>;

        /// Returns the value for the `apikey` header, or `None` if there is no key. This exposes the secret.
        fn expose_api_key(&self) -> Option<&str>;

        /// Returns the secret that signs requests, or `None` for a credential without one. This exposes the secret.
        fn expose_wallet_secret(&self) -> Option<&str>;
    }
}

by_target! {
    browser {
        message = "`Client::new` needs an API key, but `{Self}` isn't one",
        label = "expected a `CheckoutKey<M>`",
        note = "for a client without a key, use `Client::without_key()?`",
        note = "the key comes first: `Client::new(key, business_id)?`, where `let key: CheckoutKey<Test> = \"Mileston_TEST_CHECKOUTKEY_…\".parse()?`",
    }
    elsewhere {
        message = "`Client::new` needs an API key, but `{Self}` isn't one",
        label = "expected a `NormalKey<M>`, a `CheckoutKey<M>` or a `WalletKey<M>`",
        note = "for a client without a key, use `Client::without_key()?`",
        note = "the key comes first: `Client::new(key, business_id)?`, where `let key = NormalKey::<Test>::from_env(\"MILESTON_KEY\")?`",
        note = "for a key that you have as text: `let key: NormalKey<Test> = text.parse()?`",
    }
    /// A credential that contains an API key. `Client::new` requires such a credential. Other crates
    /// can't implement this trait.
    pub trait ApiKey: Keyed {}
}

impl<M: Mode> ApiKey for NormalKey<M> {}
impl<M: Mode> ApiKey for CheckoutKey<M> {}
impl<M: Mode> ApiKey for WalletKey<M> {}

/// A credential that may be sent over plain http to another machine, because it can't move real money: a key for test
/// mode, or no key. Other crates can't implement this trait.
///
/// The compiler rejects a live key, and a key that is generic over its mode:
///
/// ```compile_fail,E0277
/// use mileston_keys::{Live, NormalKey, PlainHttp};
///
/// fn send_in_clear<K: PlainHttp>(_key: &K) {}
///
/// let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse().unwrap();
/// send_in_clear(&key);
/// ```
#[diagnostic::on_unimplemented(
    message = "only a test key may be sent over plain http to another machine, and `{Self}` isn't always one",
    label = "is a live key, or may be one",
    note = "anyone on the network can read a key that is sent over plain http, and a live key moves real money",
    note = "use an https origin with `with_origin`, or a key for test mode: `NormalKey<Test>`, `CheckoutKey<Test>` or `WalletKey<Test>`"
)]
pub trait PlainHttp: Credential {}

impl PlainHttp for NormalKey<Test> {}
impl PlainHttp for CheckoutKey<Test> {}
impl PlainHttp for WalletKey<Test> {}
impl PlainHttp for NoKey {}

/// The kind of credential that a client holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// [`NoKey`]
    None,
    /// [`CheckoutKey`]
    Checkout,
    /// [`NormalKey`]
    Normal,
    /// [`WalletKey`]
    Wallet,
}

/// The credential of a client without a key. Such a client can call only the operations that are open to anyone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NoKey;

impl Credential for NoKey {
    const KIND: CredentialKind = CredentialKind::None;

    fn mode(&self) -> Option<ModeName> {
        None
    }

    fn expose_api_key(&self) -> Option<&str> {
        None
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        None
    }
}

impl<M: Mode> Credential for CheckoutKey<M> {
    const KIND: CredentialKind = CredentialKind::Checkout;

    fn mode(&self) -> Option<ModeName> {
        Some(M::NAME)
    }

    fn expose_api_key(&self) -> Option<&str> {
        Some(self.expose_secret())
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        None
    }
}

impl<M: Mode> Credential for NormalKey<M> {
    const KIND: CredentialKind = CredentialKind::Normal;

    fn mode(&self) -> Option<ModeName> {
        Some(M::NAME)
    }

    fn expose_api_key(&self) -> Option<&str> {
        Some(self.expose_secret())
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        None
    }
}

impl<M: Mode> Credential for WalletKey<M> {
    const KIND: CredentialKind = CredentialKind::Wallet;

    fn mode(&self) -> Option<ModeName> {
        Some(M::NAME)
    }

    fn expose_api_key(&self) -> Option<&str> {
        Some(self.normal_key().expose_secret())
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        Some(self.wallet_secret().expose_secret())
    }
}

mod sealed {
    //! Restricts [`Credential`](super::Credential), and so every scope, to the four credential types of
    //! this crate.

    use super::{CheckoutKey, Mode, NoKey, NormalKey, WalletKey};

    pub trait Sealed {}
    impl Sealed for NoKey {}
    impl<M: Mode> Sealed for CheckoutKey<M> {}
    impl<M: Mode> Sealed for NormalKey<M> {}
    impl<M: Mode> Sealed for WalletKey<M> {}
}
