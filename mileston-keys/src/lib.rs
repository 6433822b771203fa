//! Mileston's API keys as types: what a key may do and whether it moves real money is known to the compiler.
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
//! In a program the text comes from the environment: `NormalKey::<Test>::from_env("MILESTON_KEY")`.
//!
//! # The model: key, mode, scope
//!
//! * **Key.** Mileston issues two kinds ("Why Use API Keys", Types of API Keys): the *Normal* key for the
//!   backend, [`NormalKey`], and the *Checkout* key for frontends, [`CheckoutKey`]. Wallet operations are also
//!   signed with a *wallet secret*; a Normal key and a [`WalletSecret`] together make a [`WalletKey`]. Every call
//!   names the business as well, by its [`BusinessId`]. What needs no key at all takes [`NoKey`].
//!   The other way round, what the platform sends to a webhook brings a [`WebhookToken`] along.
//! * **Mode.** Each key is for [`Test`] or for [`Live`]; the text says which. Both reach the same hosts, so
//!   nothing but the key tells play money from real money. Code that doesn't care is generic over
//!   [`M: Mode`](Mode); code that learns it at run time parses an [`AnyKey`] and matches.
//! * **Scope.** An operation asks for a [`scope`], not for a type: [`scope::Normal`], [`scope::Checkout`],
//!   [`scope::Wallet`], or [`scope::Keyed`] where either key will do. A client with the wrong key doesn't compile,
//!   and the compiler says which key is needed and where to get it.
//!
//! | text of the key | type | scopes |
//! | --- | --- | --- |
//! | `Mileston_TEST_…` | [`NormalKey<Test>`] | Normal, Keyed |
//! | `Mileston_LIVE_…` | [`NormalKey<Live>`] | Normal, Keyed |
//! | `Mileston_TEST_CHECKOUTKEY_…` | [`CheckoutKey<Test>`] | Checkout, Keyed |
//! | `Mileston_LIVE_CHECKOUTKEY_…` | [`CheckoutKey<Live>`] | Checkout, Keyed |
//! | a Normal key and a wallet secret | [`WalletKey<M>`] | Wallet, Normal, Keyed |
//!
//! # Frontends
//!
//! A page takes a Checkout key. [`checkout_key!`] and [`business_id!`] read it and the business id from environment
//! variables when the page is built, and `cargo check` fails if a variable is unset or holds anything else, such as a Normal
//! key or a key of the other mode:
//!
//! ```rust,ignore
//! let key = checkout_key!(Test, "MILESTON_CHECKOUT_KEY");
//! let business = business_id!("MILESTON_BUSINESS_ID");
//! ```
//!
//! If one build is deployed to several places, the page brings the key along instead, in a `<meta>` tag or a
//! `/config.json`, and parses it: `text.parse::<CheckoutKey<Test>>()?`.
//!
//! A Normal key must never get there, because everyone who opens the page can read it. On `wasm32-unknown-unknown` a program
//! that makes a Normal key, a wallet secret or a webhook token doesn't compile, and [`AnyKey`] refuses a Normal key at run
//! time. The module [`backend`] says more, also about backends that run as WebAssembly.
//!
//! # What a scope does not prove
//!
//! A value of a key type proves that its text has the right *form*. It does not prove that Mileston issued the
//! key, that the key has not been withdrawn, that it belongs to the business id next to it, or that the server
//! allows the operation. Only the server knows these. A scope spares the calls that cannot succeed, and keeps a
//! Normal key out of code written for a frontend.
//!
//! # Keys of a form that did not exist yet
//!
//! The vendor documents neither length nor alphabet of a key, so a later one may not fit what is accepted here.
//! `from_unknown_form` of each type is the way in for such a text. It believes the caller, but still refuses what begins
//! with the prefix of another kind or mode, in any case or cut off, and what no header can carry.
//!
//! # What happens to the text
//!
//! It is copied once, into one allocation of the right size, and wiped when the key (or its clone) is dropped.
//! `TryFrom<String>`, `from_env` and `Deserialize` also wipe the string that they were given, accepted or not; a
//! borrowed `&str` stays with its owner. The one way out is `expose_secret`:
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
//! * `serde`: `Deserialize` for all of them; never `Serialize`. Costs `serde`.
//! * `schemars`: `JsonSchema`, with the patterns of [`pattern`]. Costs `schemars`, `serde` and `serde_json`.

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
pub use credential::{ApiKey, Credential, CredentialKind, NoKey};
pub use error::{KeyError, KeyErrorKind};
pub use key::{CheckoutKey, NormalKey};
pub use mode::{Live, Mode, ModeName, Test};
pub use parse::KeyKind;
pub use paste::is_invisible;
pub use prefix::public_prefix;
pub use report::write_report;
pub use wallet::{WalletKey, WalletSecret};
pub use webhook_token::WebhookToken;

/// Compiles and runs the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
