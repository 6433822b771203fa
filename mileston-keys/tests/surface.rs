//! Checks which traits each type implements, and which it must not implement. The checks are ordinary tests, not
//! programs that must fail to compile. Also checks the crate's dependencies.

use std::borrow::Borrow;
use std::fmt::{Debug, Display, LowerHex};
use std::hash::Hash;
use std::marker::PhantomData;
use std::ops::Deref;
use std::process::Command;

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, Credential, KeyError, Live, NoKey, NormalKey, Test, WalletKey,
    WalletSecret, WebhookToken, scope,
};
use serde::Serialize;

/// Expands to `true` if the type implements the trait. This works because an inherent constant whose bound holds takes
/// precedence over a trait's constant.
macro_rules! implements {
    ($type:ty, $($bound:tt)+) => {{
        #[allow(dead_code, reason = "never constructed")]
        struct Question<T>(PhantomData<T>);
        #[allow(dead_code, reason = "unused if the type implements the trait")]
        trait Otherwise {
            const ANSWER: bool = false;
        }
        impl<T> Otherwise for Question<T> {}
        #[allow(dead_code, reason = "unused if the type doesn't implement the trait")]
        impl<T: $($bound)+> Question<T> {
            const ANSWER: bool = true;
        }
        <Question<$type>>::ANSWER
    }};
}

/// Checks that each of the types implements a trait (`true`) or doesn't (`false`). The message names the type and the
/// trait.
macro_rules! check {
    ($answer:literal, $bound:path: $($type:ty),+ $(,)?) => {
        $(assert_eq!(
            implements!($type, $bound),
            $answer,
            "whether `{}` implements `{}`",
            stringify!($type),
            stringify!($bound),
        );)+
    };
}

/// Checks all types that contain a secret.
macro_rules! check_secrets {
    ($answer:literal: $($bound:path),+ $(,)?) => {
        $(check!(
            $answer, $bound: NormalKey<Test>, NormalKey<Live>, CheckoutKey<Test>, CheckoutKey<Live>, AnyKey,
            WalletSecret, WalletKey<Test>, WalletKey<Live>, WebhookToken,
        );)+
    };
}

#[test]
fn the_macro_can_return_either_result() {
    check!(true, Display: String, &str, u8);
    check!(false, Display: Vec<u8>, ());
    check!(true, Serialize: String, &str, u8);
    check!(true, Deref<Target = str>: String, Box<str>);
}

#[test]
fn a_secret_can_be_read_only_through_expose_secret() {
    check_secrets!(false: Display, LowerHex, ToString);
    check_secrets!(false: Serialize);
    check_secrets!(false: Deref, AsRef<str>, AsRef<[u8]>, Borrow<str>, Into<String>, Into<Box<str>>);
}

/// A comparison that stops at the first difference reveals how much matched.
#[test]
fn a_secret_is_neither_compared_nor_hashed() {
    check_secrets!(false: PartialEq, PartialOrd, Hash);
}

#[test]
fn a_secret_implements_neither_copy_nor_default() {
    check_secrets!(false: Copy, Default);
}

#[test]
fn a_client_can_hold_a_credential() {
    check_secrets!(true: Debug, Clone, Send, Sync, Unpin);
    check!(true, Credential: NoKey, NormalKey<Test>, CheckoutKey<Live>, WalletKey<Live>);
    check!(false, Credential: AnyKey, WalletSecret, WebhookToken, BusinessId, String, &'static str);
}

#[test]
fn the_business_id_is_not_secret_but_still_not_serialized() {
    check!(true, Display: BusinessId);
    check!(true, Hash: BusinessId);
    check!(false, Deref: BusinessId);
    check!(false, Serialize: BusinessId);
}

#[test]
fn the_error_can_be_sent_between_threads() {
    check!(true, std::error::Error: KeyError);
    check!(true, Into<Box<dyn std::error::Error + Send + Sync>>: KeyError);
}

/// The expected scopes are those in the table in the crate's documentation.
#[test]
fn each_credential_has_only_its_scopes() {
    check!(true, scope::Normal: NormalKey<Test>, NormalKey<Live>, WalletKey<Test>, WalletKey<Live>);
    check!(false, scope::Normal: NoKey, CheckoutKey<Test>, CheckoutKey<Live>, AnyKey);
    check!(true, scope::Checkout: CheckoutKey<Test>, CheckoutKey<Live>);
    check!(false, scope::Checkout: NoKey, NormalKey<Test>, NormalKey<Live>, WalletKey<Live>, AnyKey);
    check!(true, scope::Wallet: WalletKey<Test>, WalletKey<Live>);
    check!(false, scope::Wallet: NoKey, NormalKey<Test>, NormalKey<Live>, CheckoutKey<Live>, AnyKey);
    check!(true, scope::Keyed: NormalKey<Live>, CheckoutKey<Test>, WalletKey<Test>);
    check!(false, scope::Keyed: NoKey, AnyKey);
}

/// Checks that the only dependency is `zeroize`. In particular, the crate must never depend on an HTTP library.
#[test]
fn zeroize_is_the_only_dependency() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal", "--prefix", "none", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["mileston-keys", "zeroize"]);
}
