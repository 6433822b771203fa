//! Tests `from_env` with a real environment.
//!
//! Setting a variable in the current process is unsafe, so each case runs this test binary again as a child process,
//! with the variable in the child's environment. The child prints its result, and the parent checks it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper fails the test")]

use std::env;
use std::ffi::{OsStr, OsString};
use std::process::Command;

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, KeyError, NormalKey, Test, WalletSecret, WebhookToken,
};

/// The variable that says which type the child should parse. It is unset in the parent.
const PLACE: &str = "MILESTON_KEYS_TESTED_PLACE";
/// The variable to read, unless [`NAME`] contains another name.
const VARIABLE: &str = "MILESTON_KEYS_TESTED";
/// Passes another variable name to the child.
const NAME: &str = "MILESTON_KEYS_TESTED_NAME";
/// The text that the child prints before its result, so that the parent can find the result in the output.
const MARK: &str = "the child found: ";

/// Runs one case in a child process and checks its result.
#[track_caller]
fn check(place: &str, value: Option<&OsStr>, expected: &str) {
    check_named(VARIABLE, place, value, expected);
}

#[track_caller]
fn check_named(variable: &str, place: &str, value: Option<&OsStr>, expected: &str) {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "run_the_case_in_the_child", "--nocapture", "--test-threads=1"]);
    child.env(PLACE, place).env(NAME, variable).env_remove(variable);
    if let Some(value) = value {
        child.env(variable, value);
    }
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let found = said.lines().find_map(|line| line.split_once(MARK)).map(|(_, found)| found);
    assert_eq!(found, Some(expected), "the child must print its result: {said}");
    assert!(!said.contains("fake0123"), "the child must not print the secret: {said}");
}

fn variable() -> String {
    env::var_os(NAME)
        .and_then(|name| name.into_string().ok())
        .unwrap_or_else(|| VARIABLE.to_owned())
}

/// Runs the case in the child. When the test runner runs this test in the parent, no variable is set, so the test only
/// checks the error for an unset variable.
#[test]
fn run_the_case_in_the_child() {
    let place = env::var_os(PLACE).unwrap_or_else(|| "NormalKey<Test>".into());
    let variable = variable();
    let found = match place.to_str().unwrap() {
        "NormalKey<Test>" => {
            report(NormalKey::<Test>::from_env(&variable), |key| key.expose_secret())
        }
        "CheckoutKey<Test>" => {
            report(CheckoutKey::<Test>::from_env(&variable), |key| key.expose_secret())
        }
        "AnyKey" => report(AnyKey::from_env(&variable), |key| key.expose_secret()),
        "BusinessId" => report(BusinessId::from_env(&variable), |business| business.as_str()),
        "WalletSecret" => {
            report(WalletSecret::from_env(&variable), |secret| secret.expose_secret())
        }
        "WebhookToken" => report(WebhookToken::from_env(&variable), |token| token.expose_secret()),
        unknown => panic!("no such place: {unknown}"),
    };
    println!("\n{MARK}{found}");
    if env::var_os(&variable).is_none() {
        assert!(found.contains("at business.mileston.co"), "{found}");
    }
}

fn report<T: std::fmt::Debug>(found: Result<T, KeyError>, expose: fn(&T) -> &str) -> String {
    match found {
        Ok(value) => {
            assert_eq!(Some(OsString::from(expose(&value))), env::var_os(variable()));
            format!("{value:?}")
        }
        Err(error) => {
            assert_eq!(error.variable(), Some(variable().as_str()));
            error.to_string()
        }
    }
}

#[test]
fn a_valid_value_is_read() {
    let good = |text: &'static str| Some(OsStr::new(text));
    check("NormalKey<Test>", good("Mileston_TEST_fake0123"), "NormalKey<Test>(Mileston_TEST_…)");
    check("AnyKey", good("Mileston_LIVE_fake0123"), "NormalLive(NormalKey<Live>(Mileston_LIVE_…))");
    check("WalletSecret", good("fake0123 ünïcode"), "WalletSecret(…)");
    check("WebhookToken", good("fake0123 token"), "WebhookToken(…)");
    check("BusinessId", good("my-business"), "BusinessId(my-business)");
}

#[test]
fn an_unset_variable_is_an_error() {
    check(
        "NormalKey<Test>",
        None,
        "environment variable `MILESTON_KEYS_TESTED`: expected a Normal key for test mode \
         (`Mileston_TEST_…`), found nothing: the variable is not set; copy the Normal key from the \
         Developers tab at business.mileston.co, or paste the `export` lines that `mileston-sandbox serve` \
         prints",
    );
    check(
        "WalletSecret",
        None,
        "environment variable `MILESTON_KEYS_TESTED`: expected a wallet secret, found nothing: the \
         variable is not set; copy the wallet secret that comes with the wallet API keys at \
         business.mileston.co, or paste the `export` lines that `mileston-sandbox serve` prints",
    );
    check(
        "WebhookToken",
        None,
        "environment variable `MILESTON_KEYS_TESTED`: expected a webhook token, found nothing: the \
         variable is not set; the webhook token is the verification token registered with the webhook \
         at business.mileston.co",
    );
}

#[test]
fn an_empty_variable_is_an_error() {
    check(
        "BusinessId",
        Some(OsStr::new("")),
        "environment variable `MILESTON_KEYS_TESTED`: expected a business id, found nothing: the text \
         is empty or only whitespace; copy the business id from the menu next to the business logo at \
         business.mileston.co, or paste the `export` lines that `mileston-sandbox serve` prints",
    );
}

#[test]
fn the_wrong_key_is_an_error() {
    check(
        "NormalKey<Test>",
        Some(OsStr::new("Mileston_LIVE_fake0123")),
        "environment variable `MILESTON_KEYS_TESTED`: expected a Normal key for test mode \
         (`Mileston_TEST_…`), found a Normal key for live mode; a live key moves real money: use `Live` \
         as the mode if that is intended",
    );
}

/// Build tools publish these variables, so reading a backend secret from one of them is an error.
#[test]
fn a_backend_secret_is_not_read_from_a_published_variable() {
    let value = |text: &'static str| Some(OsStr::new(text));
    let sentence = |variable: &str, what: &str, prefix: &str, name: &str| {
        format!(
            "environment variable `{variable}`: {what} must stay in the backend, but build tools copy variables \
             that begin with `{prefix}` into the code that browsers load; rename the variable, and replace the \
             {name} at business.mileston.co if a frontend was ever built with it, because it may be public already"
        )
    };
    for (variable, prefix) in [
        ("NEXT_PUBLIC_KEY", "NEXT_PUBLIC_"),
        ("VITE_KEY", "VITE_"),
        ("react_app_key", "react_app_"),
        ("PUBLIC_KEY", "PUBLIC_"),
    ] {
        let normal = sentence(variable, "a Normal key", prefix, "key");
        let key = value("Mileston_TEST_fake0123");
        check_named(variable, "NormalKey<Test>", key, &normal);
        check_named(variable, "NormalKey<Test>", None, &normal);
        check_named(variable, "AnyKey", key, &normal);
        let secret = sentence(variable, "a wallet secret", prefix, "secret");
        check_named(variable, "WalletSecret", value("fake0123 secret"), &secret);
        let token = sentence(variable, "a webhook token", prefix, "token");
        check_named(variable, "WebhookToken", value("fake0123 token"), &token);
    }
}

#[test]
fn a_frontend_value_is_read_from_any_variable() {
    let key = Some(OsStr::new("Mileston_TEST_CHECKOUTKEY_fake0123"));
    let shown = "CheckoutKey<Test>(Mileston_TEST_CHECKOUTKEY_…)";
    check_named("NEXT_PUBLIC_KEY", "CheckoutKey<Test>", key, shown);
    check_named("VITE_KEY", "AnyKey", key, &format!("CheckoutTest({shown})"));
    let business = Some(OsStr::new("my-business"));
    check_named("PUBLIC_BUSINESS", "BusinessId", business, "BusinessId(my-business)");
}

/// The key is already in a published variable, so the error must say to replace it.
#[test]
fn a_normal_key_in_a_published_variable_must_be_replaced() {
    check_named(
        "VITE_CHECKOUT_KEY",
        "CheckoutKey<Test>",
        Some(OsStr::new("Mileston_TEST_fake0123")),
        "environment variable `VITE_CHECKOUT_KEY`: expected a Checkout key for test mode \
         (`Mileston_TEST_CHECKOUTKEY_…`), found a Normal key for test mode; a Normal key must never \
         reach a frontend: copy the Checkout key from the Developers tab at business.mileston.co; build \
         tools copy variables that begin with `VITE_` into frontends, so replace the Normal key: it may \
         be public already",
    );
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_unicode_are_an_error() {
    use std::os::unix::ffi::OsStrExt as _;
    check(
        "AnyKey",
        Some(OsStr::from_bytes(b"Mileston_TEST_fake0123\xff")),
        "environment variable `MILESTON_KEYS_TESTED`: expected a Mileston API key, found bytes that \
         aren't valid Unicode; copy the text again directly, not through a document or a chat",
    );
}

/// A user may write `from_env(secret)` instead of `from_env("NAME")`.
#[test]
fn a_secret_passed_instead_of_a_name_is_not_shown() {
    let too_long = "n".repeat(129);
    for name in [
        "Mileston_TEST_fake0123",
        "\"Mileston_LIVE_fake0123\"",
        "KEY=Mileston_LIVE_fake0123",
        "my fake0123 secret",
        "fake0123+/==",
        "fake\n0123",
        "fake\0secret",
        "fäke0123",
        too_long.as_str(),
        "",
    ] {
        let error = WalletSecret::from_env(name).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a wallet secret, found text that can't be the name of an environment variable; \
             pass the name of the variable to `from_env` (letters, digits, `_`, `-`, `.`); if you have \
             the key as text, use `parse`",
        );
        assert_eq!(error.variable(), None);
        assert!(name.is_empty() || !format!("{error:?}").contains(name));
    }
}

#[test]
fn ordinary_names_are_shown() {
    for name in ["MILESTON_TEST_KEY", "mileston_live_key", "mileston.key", "mileston-key", "K2"] {
        let error = AnyKey::from_env(name).unwrap_err();
        assert_eq!(error.variable(), Some(name));
        assert!(error.to_string().starts_with(&format!("environment variable `{name}`: ")));
    }
}
