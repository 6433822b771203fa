//! `from_env` against a real environment.
//!
//! Setting a variable of one's own process is unsafe, so each case runs this test binary again as a child, with the
//! variable in the child's environment. The child prints what it found and the parent compares.

#![allow(clippy::unwrap_used, reason = "helpers outside a `#[test]` stop a test too")]

use std::env;
use std::ffi::{OsStr, OsString};
use std::process::Command;

use mileston_keys::{AnyKey, BusinessId, KeyError, NormalKey, Test, WalletSecret, WebhookToken};

/// Tells the child what to read; the parent has no such variable.
const PLACE: &str = "MILESTON_KEYS_TESTED_PLACE";
/// The variable that is read.
const VARIABLE: &str = "MILESTON_KEYS_TESTED";
/// Goes before the line that the parent looks for.
const MARK: &str = "the child found: ";

/// Parent of one case or child, depending on the environment.
#[track_caller]
fn check(place: &str, value: Option<&OsStr>, expected: &str) {
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", "in_the_child", "--nocapture", "--test-threads=1"]);
    child.env(PLACE, place).env_remove(VARIABLE);
    if let Some(value) = value {
        child.env(VARIABLE, value);
    }
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let found = said.lines().find_map(|line| line.split_once(MARK)).map(|(_, found)| found);
    assert_eq!(found, Some(expected), "the child said: {said}");
    assert!(!said.contains("fake0123"), "the child shows the secret: {said}");
}

/// The child's part. Run as an ordinary test it finds the variable unset.
#[test]
fn in_the_child() {
    let place = env::var_os(PLACE).unwrap_or_else(|| "NormalKey<Test>".into());
    let found = match place.to_str().unwrap() {
        "NormalKey<Test>" => {
            report(NormalKey::<Test>::from_env(VARIABLE), |key| key.expose_secret())
        }
        "AnyKey" => report(AnyKey::from_env(VARIABLE), |key| key.expose_secret()),
        "BusinessId" => report(BusinessId::from_env(VARIABLE), |business| business.as_str()),
        "WalletSecret" => report(WalletSecret::from_env(VARIABLE), |secret| secret.expose_secret()),
        "WebhookToken" => report(WebhookToken::from_env(VARIABLE), |token| token.expose_secret()),
        unknown => panic!("no such place: {unknown}"),
    };
    println!("\n{MARK}{found}");
    if env::var_os(VARIABLE).is_none() {
        assert!(found.ends_with("at business.mileston.co"), "{found}");
    }
}

fn report<T: std::fmt::Debug>(found: Result<T, KeyError>, expose: fn(&T) -> &str) -> String {
    match found {
        Ok(value) => {
            assert_eq!(Some(OsString::from(expose(&value))), env::var_os(VARIABLE));
            format!("{value:?}")
        }
        Err(error) => {
            assert_eq!(error.variable(), Some(VARIABLE));
            error.to_string()
        }
    }
}

#[test]
fn a_good_value_is_read() {
    let good = |text: &'static str| Some(OsStr::new(text));
    check("NormalKey<Test>", good("Mileston_TEST_fake0123"), "NormalKey<Test>(Mileston_TEST_…)");
    check("AnyKey", good("Mileston_LIVE_fake0123"), "NormalLive(NormalKey<Live>(Mileston_LIVE_…))");
    check("WalletSecret", good("fake0123 ünïcode"), "WalletSecret(…)");
    check("WebhookToken", good("fake0123 token"), "WebhookToken(…)");
    check("BusinessId", good("my-business"), "BusinessId(my-business)");
}

#[test]
fn an_unset_variable() {
    check(
        "NormalKey<Test>",
        None,
        "environment variable `MILESTON_KEYS_TESTED`: expected a Normal key for test mode \
         (`Mileston_TEST_…`), found nothing: the variable is not set; take the Normal key from the \
         Developers tab at business.mileston.co",
    );
    check(
        "WalletSecret",
        None,
        "environment variable `MILESTON_KEYS_TESTED`: expected a wallet secret, found nothing: the \
         variable is not set; the wallet secret comes with the wallet API keys at business.mileston.co",
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
fn an_empty_variable() {
    check(
        "BusinessId",
        Some(OsStr::new("")),
        "environment variable `MILESTON_KEYS_TESTED`: expected a business id, found nothing: the text \
         is empty or only whitespace; the business id is in the menu beside the business logo at \
         business.mileston.co",
    );
}

#[test]
fn the_wrong_key() {
    check(
        "NormalKey<Test>",
        Some(OsStr::new("Mileston_LIVE_fake0123")),
        "environment variable `MILESTON_KEYS_TESTED`: expected a Normal key for test mode \
         (`Mileston_TEST_…`), found a Normal key for live mode; a live key moves real money: use `Live` \
         as the mode if that is meant",
    );
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_unicode() {
    use std::os::unix::ffi::OsStrExt as _;
    check(
        "AnyKey",
        Some(OsStr::from_bytes(b"Mileston_TEST_fake0123\xff")),
        "environment variable `MILESTON_KEYS_TESTED`: expected a Mileston API key, found bytes that are \
         not Unicode; copy it again, without passing through a document or a chat",
    );
}

/// `from_env(secret)` in place of `from_env("NAME")`.
#[test]
fn a_secret_in_place_of_the_name_is_not_shown() {
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
            "expected a wallet secret, found what cannot be the name of an environment variable; \
             `from_env` takes the name (letters, digits, `_`, `-`, `.`); a key held as text is read with \
             `parse`",
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
