//! Sealed traits that define what an operation requires of the client's credential. A call with the wrong key doesn't
//! compile.
//!
//! The scope of an operation is a trait bound, so the compiler checks it.
//!
//! ```
//! use mileston_keys::{NormalKey, Test, scope};
//!
//! fn create_invoice<K: scope::Normal>(_credential: &K) {}
//!
//! let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
//! create_invoice(&key);
//! # Ok::<(), mileston_keys::KeyError>(())
//! ```
//!
//! Passing a Checkout key here is a compile error:
//!
//! ```compile_fail,E0277
//! # use mileston_keys::{CheckoutKey, Test, scope};
//! # fn create_invoice<K: scope::Normal>(_credential: &K) {}
//! let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
//! create_invoice(&key);
//! // error[E0277]: this operation needs a Normal key, but the client holds `CheckoutKey<mileston_keys::Test>`
//! ```
//!
//! A scope says only which kind of credential the client holds. It doesn't prove that Mileston issued the key, that the
//! key is still valid or that it belongs to the business: only the server can check that.
//!
//! Sources: "Why Use API Keys", Types of API Keys; for wallets, the `Wallet` class of `mileston-payments` 0.2.3. Other
//! crates can't implement these traits, because they can't implement [`Credential`].

use crate::credential::Credential;
use crate::key::{CheckoutKey, NormalKey};
use crate::mode::Mode;
use crate::wallet::WalletKey;
use crate::wording::{backend_only, by_target};

by_target! {
    browser {
        message = "this operation needs an API key, but the client holds `{Self}`",
        label = "needs a Checkout key",
        note = "the Checkout key is in the Developers tab of the dashboard at https://business.mileston.co",
        note = "build the client with `Client::new(key, business_id)`, where the key is a `CheckoutKey<M>`",
    }
    elsewhere {
        message = "this operation needs an API key, but the client holds `{Self}`",
        label = "needs a Normal or a Checkout key",
        note = "both keys are in the Developers tab of the dashboard at https://business.mileston.co",
        note = "build the client with `Client::new(key, business_id)`, where the key is a `NormalKey<M>` or a `CheckoutKey<M>`",
    }
    /// The scope of operations that accept any API key: every credential except [`NoKey`](crate::NoKey).
    pub trait Keyed: Credential {}
}

backend_only! {
    message = "this operation needs a Normal key, which can't exist in a browser: call it in your backend",
    label = "needs a Normal key, so call it in your backend",
    elsewhere {
        message = "this operation needs a Normal key, but the client holds `{Self}`",
        label = "needs a Normal key",
        note = "it uses the business's own data, so Mileston allows it only from a backend; a Checkout key can only start payments and read their status",
        note = "the Normal key (`Mileston_TEST_…` or `Mileston_LIVE_…`) is in the Developers tab of the dashboard at https://business.mileston.co",
        note = "build the client with `Client::new(key, business_id)`, where `let key = NormalKey::<Test>::from_env(\"MILESTON_KEY\")?`",
    }
    /// The scope of backend operations: a Normal key, with or without a wallet secret.
    ///
    /// No type implements this trait [in a browser](crate::backend).
    pub trait Normal: Keyed {}
}

/// The scope of the operations that a frontend may call: a Checkout key. A Normal key is rejected, because it must
/// never reach a frontend.
#[diagnostic::on_unimplemented(
    message = "this operation needs a Checkout key, but the client holds `{Self}`",
    label = "needs a Checkout key",
    note = "it starts a payment or reads its status from a frontend, which must never hold a Normal key",
    note = "the Checkout key (`Mileston_TEST_CHECKOUTKEY_…` or `Mileston_LIVE_CHECKOUTKEY_…`) is in the Developers tab of the dashboard at https://business.mileston.co",
    note = "build the client with `Client::new(key, business_id)`, where `let key: CheckoutKey<Test> = \"Mileston_TEST_CHECKOUTKEY_…\".parse()?`"
)]
pub trait Checkout: Keyed {}

backend_only! {
    message = "this operation needs a wallet secret, which can't exist in a browser: call it in your backend",
    label = "needs a wallet secret, so call it in your backend",
    elsewhere {
        message = "this operation needs a Normal key with a wallet secret, but the client holds `{Self}`",
        label = "needs a Normal key with a wallet secret",
        note = "it moves money in the business's wallets, so its request is signed with the wallet secret",
        note = "the wallet secret comes with the wallet API keys, in the Developers tab of the dashboard at https://business.mileston.co",
        note = "build the client with `Client::new(key.with_wallet_secret(secret), business_id)`, where `key` is a `NormalKey<M>` and `let secret = WalletSecret::from_env(\"MILESTON_WALLET_SECRET\")?`",
    }
    /// The scope of operations whose requests are signed: a Normal key with a wallet secret.
    ///
    /// No type implements this trait [in a browser](crate::backend).
    pub trait Wallet: Normal {}
}

impl<M: Mode> Keyed for NormalKey<M> {}
impl<M: Mode> Keyed for CheckoutKey<M> {}
impl<M: Mode> Keyed for WalletKey<M> {}

impl<M: Mode> Checkout for CheckoutKey<M> {}

#[cfg(not(all(target_family = "wasm", not(target_os = "wasi"), not(mileston_backend_in_wasm))))]
mod elsewhere {
    //! Implements the scopes of backend keys, on every target except browsers.

    use super::{Mode, Normal, NormalKey, Wallet, WalletKey};

    impl<M: Mode> Normal for NormalKey<M> {}
    impl<M: Mode> Normal for WalletKey<M> {}

    impl<M: Mode> Wallet for WalletKey<M> {}
}
