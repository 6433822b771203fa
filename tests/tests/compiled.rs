//! Tests `checkout_key!` and `business_id!` in a user's crate: which code compiles, and what the compiler reports for
//! invalid environment variables. The messages must never contain a variable's value.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use mileston_tests::compile::{Package, said};

/// A string that all values contain. It must never be in cargo's output.
const MARK: &str = "fake7QXZ0123";

/// Where to find the values in the dashboard.
const TAKE_THE_KEY: &str =
    "set it to the Checkout key from the Developers tab at business.mileston.co";
const TAKE_THE_ID: &str =
    "set it to the business id from the menu next to the business logo at business.mileston.co";

/// Compiles the code with the variables, and returns the first line of each error.
#[track_caller]
fn errors(package: &str, variables: &[(&str, &str)], code: &str) -> Vec<String> {
    let package = Package::of_keys(&format!("compiled-{package}"), variables).unwrap();
    let output = package.output(code).unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!stdout.contains(MARK), "the value is shown: {stdout}");
    assert!(!stderr.contains(MARK), "the value is shown: {stderr}");
    let said = said(&stdout);
    assert_eq!(output.status.success(), said.is_empty(), "{stderr}");
    let first = |text: &String| text.lines().next().unwrap_or_default().to_owned();
    said.values().flatten().map(first).collect()
}

/// Compiles the expression with `content` as the value of `VARIABLE`, and checks that the compiler reports
/// `sentence`.
#[track_caller]
fn check(package: &str, expression: &str, content: Option<&str>, sentence: &str) {
    let code = format!(
        "use mileston_keys::*;\npub fn value() -> impl std::fmt::Debug {{ {expression} }}\n"
    );
    let content = content.map(|content| content.replace("{}", MARK));
    let variables: Vec<_> = content.iter().map(|content| ("VARIABLE", content.as_str())).collect();
    let expected = format!("error[E0080]: evaluation panicked: {sentence}");
    assert_eq!(errors(package, &variables, &code), [expected], "{expression}, {content:?}");
}

#[test]
fn a_valid_variable_compiles_wherever_an_expression_is_allowed() {
    let variables = [
        ("TEST_KEY", "Mileston_TEST_CHECKOUTKEY_fake7QXZ0123"),
        ("LIVE_KEY", "Mileston_LIVE_CHECKOUTKEY_fake7QXZ0123"),
        ("ID", "my-business-fake7QXZ0123"),
    ];
    let code = r#"
use std::sync::LazyLock;

use mileston_keys::{BusinessId, CheckoutKey, Live, Test, business_id, checkout_key};

/// Re-exports the macros for other crates.
pub mod api {
    pub use mileston_keys;
    pub use mileston_keys::{business_id as id_of_env, checkout_key as key_of_env};
}

type OfThisBuild = Test;

pub static KEY: LazyLock<CheckoutKey<Test>> = LazyLock::new(|| checkout_key!(Test, "TEST_KEY"));

pub fn live() -> CheckoutKey<Live> {
    checkout_key!(Live, "LIVE_KEY")
}

pub fn alias() -> CheckoutKey<OfThisBuild> {
    checkout_key!(OfThisBuild, "TEST_KEY",)
}

pub fn id() -> BusinessId {
    business_id!("ID")
}

pub fn exported() -> (CheckoutKey<Live>, CheckoutKey<Test>, BusinessId) {
    (
        api::mileston_keys::checkout_key!(api::mileston_keys::Live, "LIVE_KEY"),
        api::key_of_env!(Test, "TEST_KEY"),
        api::id_of_env!("ID"),
    )
}

pub struct Page<T>(pub T);

impl<T> Page<T> {
    pub fn key() -> CheckoutKey<Test> {
        checkout_key!(Test, "TEST_KEY")
    }
}
"#;
    assert_eq!(errors("right", &variables, code), [""; 0]);
}

#[test]
fn the_error_for_an_invalid_key_names_its_variable() {
    let check = |content, sentence: &str| {
        check("wrong-key", r#"checkout_key!(Test, "VARIABLE")"#, content, sentence);
    };
    check(
        None,
        &format!(
            "`VARIABLE` isn't set at compile time: {TAKE_THE_KEY}, in cargo's environment or under \
             `[env]` in `.cargo/config.toml`"
        ),
    );
    check(Some(""), &format!("`VARIABLE` is empty: {TAKE_THE_KEY}"));
    check(
        Some("Mileston_TEST_{}"),
        &format!(
            "`VARIABLE` contains a Normal key, which must never reach a frontend: {TAKE_THE_KEY}, and replace the Normal \
             key there if the variable was ever published, because it may be public already"
        ),
    );
    check(
        Some("Mileston_LIVE_CHECKOUTKEY_{}"),
        "`VARIABLE` contains a Checkout key for live mode, which moves real money: set it to the key for \
         test mode, or pass `Live` as the mode if that is intended",
    );
    let cut = "`VARIABLE` doesn't contain a complete Checkout key, which is `Mileston_TEST_CHECKOUTKEY_` \
               or `Mileston_LIVE_CHECKOUTKEY_` followed by letters and digits, with nothing around it: \
               copy it again from the Developers tab at business.mileston.co";
    check(Some("Mileston_TEST_CHECKOUTKEY_"), cut);
    check(Some("Mileston_TEST_CHECKOUTKEY{}"), cut);
    check(Some("'Mileston_TEST_CHECKOUTKEY_{}'"), cut);
    check(Some("{}"), cut);
}

#[test]
fn the_error_for_a_test_key_in_a_live_build_names_its_variable() {
    check(
        "test-key",
        r#"checkout_key!(Live, "VARIABLE")"#,
        Some("Mileston_TEST_CHECKOUTKEY_{}"),
        "`VARIABLE` contains a Checkout key for test mode, which moves no real money: set it to the key \
         for live mode, or pass `Test` as the mode if that is intended",
    );
}

#[test]
fn the_error_for_an_invalid_id_names_its_variable() {
    let check = |content, sentence: &str| {
        check("wrong-id", r#"business_id!("VARIABLE")"#, content, sentence);
    };
    check(
        None,
        &format!(
            "`VARIABLE` isn't set at compile time: {TAKE_THE_ID}, in cargo's environment or under \
             `[env]` in `.cargo/config.toml`"
        ),
    );
    check(Some(" "), &format!("`VARIABLE` is empty: {TAKE_THE_ID}"));
    check(
        Some("Mileston_TEST_{}"),
        &format!(
            "`VARIABLE` contains an API key: {TAKE_THE_ID}, and replace the key if it is a Normal key and the variable was \
             ever published, because it may be public already"
        ),
    );
    check(
        Some("MILESTON_BUSINESS_ID={}"),
        "`VARIABLE` doesn't contain a business id, which is up to 128 characters of visible ASCII without \
         spaces or quotes: copy it again from the menu next to the business logo at \
         business.mileston.co",
    );
}

#[test]
fn arguments_of_the_wrong_kind_are_rejected() {
    let code = r#"use mileston_keys::*;
pub struct Own;
pub fn variable(name: &'static str) -> CheckoutKey<Test> { checkout_key!(Test, name) }
pub fn mode() -> CheckoutKey<Test> { checkout_key!("VARIABLE") }
pub fn id(name: &'static str) -> BusinessId { business_id!(name) }
"#;
    let key = "error: pass the mode, and the name of the variable in quotes: `checkout_key!(Test, \
               \"MILESTON_CHECKOUT_KEY\")`; if the key is known only at run time, parse it: \
               `text.parse::<CheckoutKey<Test>>()?`";
    let id = "error: pass the name of the variable in quotes: `business_id!(\"MILESTON_BUSINESS_ID\")`; \
              if the id is known only at run time, parse it: `text.parse::<BusinessId>()?`";
    assert_eq!(errors("arguments", &[], code), [key, key, id]);

    let code = r#"pub struct Own;
pub fn key() -> impl Sized { mileston_keys::checkout_key!(Own, "VARIABLE") }
"#;
    let variables = [("VARIABLE", "Mileston_TEST_CHECKOUTKEY_fake7QXZ0123")];
    let said = errors("mode", &variables, code);
    let mode = "error[E0277]: `Own` is not a mode of a Mileston key";
    assert!(!said.is_empty() && said.iter().all(|error| error == mode), "{said:#?}");
}
