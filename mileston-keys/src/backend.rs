//! Rejects, at compile time, code that creates a backend secret in a browser.
//!
//! Anyone who opens a page can read everything in it. So on `wasm32-unknown-unknown` and Emscripten, the targets for
//! programs that run in browsers, no code can create a [`NormalKey`], a [`WalletKey`], a [`WalletSecret`] or a
//! [`WebhookToken`]. Code there can still name the types, for example `Client<NormalKey<Test>>` in code that a backend
//! shares with its frontend. A program that calls a constructor (`parse`, `TryFrom`, `from_env`, `from_unknown_form`,
//! `Deserialize`, `with_wallet_secret`) doesn't compile. The same goes for a program that calls an operation that
//! requires [`scope::Normal`](crate::scope::Normal) or [`scope::Wallet`](crate::scope::Wallet).
//! [`AnyKey`](crate::AnyKey) rejects a Normal key at run time.
//!
//! WASI isn't a browser target, so nothing is restricted there.
//!
//! # A backend that runs as WebAssembly
//!
//! To compile a backend for `wasm32-unknown-unknown` and run it outside a browser, build it with
//! ```sh
//! RUSTFLAGS="--cfg mileston_backend_in_wasm" cargo build --target wasm32-unknown-unknown
//! ```
//!
//! The setting isn't a Cargo feature, because Cargo enables a feature for the whole build if any crate enables it.
//!
//! [`NormalKey`]: crate::NormalKey
//! [`WalletKey`]: crate::WalletKey
//! [`WalletSecret`]: crate::WalletSecret
//! [`WebhookToken`]: crate::WebhookToken

#[cfg(not(all(target_family = "wasm", not(target_os = "wasi"), not(mileston_backend_in_wasm))))]
#[path = "backend/elsewhere.rs"]
mod here;
#[cfg(all(target_family = "wasm", not(target_os = "wasi"), not(mileston_backend_in_wasm)))]
#[path = "backend/browser.rs"]
mod here;

use crate::wording::backend_only;

pub(crate) use here::{
    BackendText, IN_BROWSER, Proof, backend_secret, keep_if_allowed, may_hold, proven,
};

/// Represents the target that the program is compiled for. Only the bounds of constructors use this
/// type: see [`MayHold`].
#[derive(Clone, Copy, Debug)]
pub enum ThisTarget {}

backend_only! {
    message = "`{Secret}` can't exist in a browser: it must stay in your backend",
    label = "can't be made in a browser",
    elsewhere {
        message = "`{Secret}` isn't one of the secrets that must stay in the backend",
        label = "expected `NormalKey<M>`, `WalletKey<M>`, `WalletSecret` or `WebhookToken`",
    }
    /// The bound on every function that creates a secret that must stay in the backend. [`ThisTarget`] implements the
    /// trait for all of these secrets, except in a browser, where it is implemented for none.
    ///
    /// Other crates can't implement this trait. Code that is generic over the mode needs this bound only if the code is
    /// also compiled for browsers. Such code puts the same bound on its own functions:
    ///
    /// ```
    /// use mileston_keys::backend::{MayHold, ThisTarget};
    /// use mileston_keys::{KeyError, Mode, NormalKey};
    ///
    /// fn key<M: Mode>() -> Result<NormalKey<M>, KeyError>
    /// where
    ///     ThisTarget: MayHold<NormalKey<M>>,
    /// {
    ///     NormalKey::from_env("MILESTON_KEY")
    /// }
    /// # let _ = key::<mileston_keys::Test>;
    /// ```
    // The secret is a parameter instead of `Self`: if the bound were on the type that is parsed or deserialized, the
    // compiler would show the message of `TryFrom` or serde instead of this trait's message.
    //
    // Bounds that don't depend on a parameter begin with `for<'a>`. Without it, on a target where such a bound doesn't
    // hold, the compiler would reject the definition of the function instead of a call to it.
    pub trait MayHold<Secret>: sealed::Sealed<Secret> {}
}

/// Stores a secret in a buffer. On a target where nothing satisfies the bound, this function can't be called.
pub(crate) fn keep<Secret>(text: &str) -> BackendText
where
    ThisTarget: MayHold<Secret>,
{
    proven(text, <ThisTarget as sealed::Sealed<Secret>>::proof())
}

pub(crate) mod sealed {
    //! Restricts [`MayHold`](super::MayHold) to the four secrets, and proves that they may exist.

    use super::Proof;

    pub trait Sealed<Secret> {
        fn proof() -> Proof;
    }
}
