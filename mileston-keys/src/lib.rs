//! Mileston's API keys as types, so that the compiler checks what a key may do and whether it moves real money.
//!
//! # The smallest example
//!
//! ```
//! use mileston_keys::{BusinessId, NormalKey, Test};
//!
//! let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
//! let business: BusinessId = "my-business".parse()?;
//! assert_eq!(format!("{key:?}"), "NormalKey<Test>(Mileston_TEST_…)");
//! # let _ = business;
//! # Ok::<(), mileston_keys::KeyError>(())
//! ```
//!
//! A real program reads the key from the environment: `NormalKey::<Test>::from_env("MILESTON_KEY")`.
//!
//! # The model: key, mode, scope
//!
//! * **Key.** Mileston issues two kinds ("Why Use API Keys", Types of API Keys): the *Normal* key for the backend,
//!   [`NormalKey`], and the *Checkout* key for frontends, [`CheckoutKey`]. Wallet operations are also signed with a
//!   *wallet secret*. A Normal key and a [`WalletSecret`] together form a [`WalletKey`]. Every call with a key also
//!   contains the [`BusinessId`]. Operations that don't need a key accept [`NoKey`]. In the other direction, every
//!   request that the platform sends to a webhook contains a [`WebhookToken`].
//! * **Mode.** Each key is for [`Test`] or for [`Live`], and the key's text says which. Both modes use the same hosts,
//!   so only the key determines whether real money moves. Code that works with either mode is generic over [`M:
//!   Mode`](Mode). Code that learns the mode at run time parses an [`AnyKey`] and matches on it.
//! * **Scope.** An operation requires a [`scope`], not a specific type: [`scope::Normal`], [`scope::Checkout`],
//!   [`scope::Wallet`], or [`scope::Keyed`] if either kind of key works. A call with the wrong key doesn't compile, and
//!   the compiler says which key is needed and where to get it.
//!
//! | format of the key | type | scopes |
//! | --- | --- | --- |
//! | `Mileston_TEST_…` | [`NormalKey<Test>`] | Normal, Keyed |
//! | `Mileston_LIVE_…` | [`NormalKey<Live>`] | Normal, Keyed |
//! | `Mileston_TEST_CHECKOUTKEY_…` | [`CheckoutKey<Test>`] | Checkout, Keyed |
//! | `Mileston_LIVE_CHECKOUTKEY_…` | [`CheckoutKey<Live>`] | Checkout, Keyed |
//! | a Normal key and a wallet secret | [`WalletKey<M>`] | Wallet, Normal, Keyed |
//!
//! # Frontends
//!
//! A page uses a Checkout key. [`checkout_key!`] and [`business_id!`] read the key and the business id from environment
//! variables at build time. `cargo check` fails if a variable is unset or contains the wrong kind of value, such as a
//! Normal key or a key for the other mode:
//!
//! ```rust,ignore
//! let key = checkout_key!(Test, "MILESTON_CHECKOUT_KEY");
//! let business = business_id!("MILESTON_BUSINESS_ID");
//! ```
//!
//! If you build once and deploy to several places, let the page read its key at run time, from a `<meta>` tag or a
//! `/config.json`, and parse it: `text.parse::<CheckoutKey<Test>>()?`.
//!
//! A Normal key must never reach a page, because anyone who opens the page can read it. On `wasm32-unknown-unknown`,
//! code that creates a Normal key, a wallet secret or a webhook token doesn't compile, and [`AnyKey`] rejects a Normal
//! key at run time. For details, and for backends that run as WebAssembly, see the [`backend`] module.
//!
//! # What a scope does not prove
//!
//! The text of a parsed key has the right *form*. That doesn't prove that Mileston issued the key, that the key hasn't
//! been revoked, that it belongs to the given business id, or that the server allows the operation. Only the server can
//! check these facts. A scope prevents calls that can't succeed, and keeps a Normal key out of code written for a
//! frontend.
//!
//! # Keys in a new format
//!
//! The vendor documents neither the length nor the alphabet of a key, so future keys may not match the format that this
//! version accepts. The `from_unknown_form` function of each type accepts such keys. The function trusts the caller,
//! but still rejects text that would be wrong in any format: for example, text that begins with the prefix of a
//! different kind or mode, even if that prefix is in the wrong case or cut off, and text that can't be sent in a
//! header.
//!
//! # Copies in memory
//!
//! A key's text is copied once, into one allocation of exactly its size, and wiped when the key is dropped. Each clone
//! has its own copy, which is wiped in the same way. `TryFrom<String>`, `from_env` and `Deserialize` also wipe any
//! `String` in which they receive the text, whether or not they accept the text. A borrowed `&str` isn't wiped. Only
//! the `expose_…` methods return the text:
//!
//! ```compile_fail,E0277
//! # let key: mileston_keys::NormalKey<mileston_keys::Test> = "Mileston_TEST_fake0123".parse().unwrap();
//! println!("{key}"); // no Display
//! ```
//!
//! ```compile_fail,E0308
//! # let key: mileston_keys::NormalKey<mileston_keys::Test> = "Mileston_TEST_fake0123".parse().unwrap();
//! let text: &str = &key; // no Deref
//! ```
//!
//! ```compile_fail,E0277
//! # let key: mileston_keys::NormalKey<mileston_keys::Test> = "Mileston_TEST_fake0123".parse().unwrap();
//! let text = serde_json::to_string(&key); // no Serialize
//! ```
//!
//! # Features
//!
//! * `serde`: Implements `Deserialize` for keys, business ids, wallet secrets and webhook tokens, but never
//!   `Serialize`. Adds the `serde` crate.
//! * `schemars`: Implements `JsonSchema`, with the patterns of [`pattern`]. Adds the `schemars`, `serde` and
//!   `serde_json` crates.

mod any_key;
pub mod backend;
mod business_id;
mod bytes;
#[doc(hidden)]
pub mod compiled;
mod credential;
mod env;
mod error;
mod from_text;
mod key;
mod macros;
mod mode;
mod parse;
mod paste;
pub mod pattern;
mod prefix;
mod report;
#[cfg(feature = "schemars")]
mod schema;
pub mod scope;
mod secret;
#[cfg(feature = "serde")]
mod serde_impls;
mod unknown_form;
mod wallet;
mod webhook_token;
mod wording;

pub use any_key::AnyKey;
pub use business_id::BusinessId;
pub use credential::{ApiKey, Credential, CredentialKind, NoKey, PlainHttp};
pub use error::{KeyError, KeyErrorKind};
pub use key::{CheckoutKey, NormalKey};
pub use mode::{Live, Mode, ModeName, Test};
pub use parse::KeyKind;
pub use paste::is_invisible;
pub use prefix::public_prefix;
pub use report::write_report;
pub use wallet::{WalletKey, WalletSecret};
pub use webhook_token::WebhookToken;

/// Compiles and runs the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
