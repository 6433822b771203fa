//! Checks that the compile-time check and the run-time parser accept the same text.

use mileston_keys::compiled::{self, Absent, Compiled, IdProblem, KeyProblem};
use mileston_keys::{BusinessId, CheckoutKey, KeyErrorKind, KeyKind, Live, Mode, ModeName, Test};
use proptest::prelude::*;

use crate::no_leak::damaged_key;
use crate::patterns::pieces;

/// Returns the text as the `'static` string that `option_env!` would return.
fn content(text: &str) -> Option<&'static str> {
    Some(text.to_owned().leak())
}

#[track_caller]
fn assert_same_key<M: Mode>(text: &str) {
    let expected = match CheckoutKey::<M>::try_from(text).map_err(|error| error.kind()) {
        Ok(key) => Ok(key.expose_secret().to_owned()),
        Err(KeyErrorKind::WrongKey { kind: KeyKind::Normal, .. }) => Err(KeyProblem::NormalKey),
        Err(KeyErrorKind::WrongKey { kind: KeyKind::Checkout, mode }) => {
            Err(KeyProblem::OtherMode(mode))
        }
        // At compile time, only ASCII whitespace is recognised.
        Err(KeyErrorKind::Empty) if text.trim_ascii().is_empty() => {
            Err(KeyProblem::Absent(Absent::Empty))
        }
        Err(_) => Err(KeyProblem::Malformed),
    };
    let found = compiled::checkout_key::<M>("MILESTON_CHECKOUT_KEY", content(text));
    let found = found.map(|key| key.value().expose_secret().to_owned());
    assert_eq!(found, expected, "{text:?} for {} mode", M::NAME);
}

#[track_caller]
fn assert_same_id(text: &str) {
    let holds_key = |text: &str| {
        let text = text.to_ascii_lowercase();
        ["mileston_test", "mileston_live", "mileston_prod"].iter().any(|key| text.contains(key))
    };
    let expected = match BusinessId::try_from(text).map_err(|error| error.kind()) {
        Ok(id) => Ok(id),
        Err(KeyErrorKind::WrongKey { .. } | KeyErrorKind::MalformedKey) => Err(IdProblem::Key),
        // The parser checks the length first, and doesn't look for a key in text that is too long.
        Err(KeyErrorKind::TooLong { .. }) if holds_key(text) => Err(IdProblem::Key),
        Err(KeyErrorKind::Empty) if text.trim_ascii().is_empty() => {
            Err(IdProblem::Absent(Absent::Empty))
        }
        Err(_) => Err(IdProblem::Malformed),
    };
    let found = compiled::business_id("MILESTON_BUSINESS_ID", content(text));
    assert_eq!(found.map(Compiled::value), expected, "{text:?}");
}

/// Generates business ids with text that is often copied along with them, and business ids that
/// only look as if they contained such text.
fn lines() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "apikey",
            "businessid",
            "X-Webhook-Signature",
            ":",
            "=",
            "$env:",
            "authorization:",
            "export ",
            "Bearer ",
            "MILESTON_BUSINESS_ID",
            "ID",
            "id",
            " ",
            "\"",
        ])
        .prop_map(str::to_owned),
        "[A-Za-z0-9_-]{1,8}",
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn checkout_keys_are_checked_in_the_same_way((damaged, _) in damaged_key(), pieces in pieces(), wild in any::<String>()) {
        for text in [damaged, pieces, wild] {
            assert_same_key::<Test>(&text);
            assert_same_key::<Live>(&text);
        }
    }

    #[test]
    fn complete_checkout_keys_are_checked_in_the_same_way(live: bool, secret in "[A-Za-z0-9]{0,3}|[A-Za-z0-9]{228,232}|CHECKOUT[A-Z]{0,4}") {
        let mode = if live { "LIVE" } else { "TEST" };
        for kind in ["CHECKOUTKEY_", ""] {
            let text = format!("Mileston_{mode}_{kind}{secret}");
            assert_same_key::<Test>(&text);
            assert_same_key::<Live>(&text);
        }
    }

    #[test]
    fn business_ids_are_checked_in_the_same_way(
        (damaged, _) in damaged_key(),
        pieces in pieces(),
        line in lines(),
        id in "[!-~]{1,140}",
        wild in any::<String>(),
    ) {
        for text in [damaged, pieces, line, id, wild] {
            assert_same_id(&text);
        }
    }
}

#[test]
fn a_key_is_checked_when_this_test_is_compiled() {
    const KEY: Compiled<CheckoutKey<Test>> =
        match compiled::checkout_key("KEY", Some("Mileston_TEST_CHECKOUTKEY_fake0123")) {
            Ok(key) => key,
            Err(_) => panic!("the key is valid"),
        };
    const OTHER: Result<Compiled<CheckoutKey<Test>>, KeyProblem> =
        compiled::checkout_key("KEY", Some("Mileston_LIVE_CHECKOUTKEY_fake0123"));
    assert_eq!(KEY.value().expose_secret(), "Mileston_TEST_CHECKOUTKEY_fake0123");
    assert_eq!(OTHER.err(), Some(KeyProblem::OtherMode(ModeName::Live)));
}

#[test]
fn missing_text_has_a_reason() {
    let key = |variable, content| compiled::checkout_key::<Test>(variable, content).err();
    let absent = |reason| Some(KeyProblem::Absent(reason));
    assert_eq!(key("MILESTON_TEST_KEY", None), absent(Absent::Unset));
    assert_eq!(key("MILESTON_TEST_KEY", Some("")), absent(Absent::Empty));
    assert_eq!(key("MILESTON_TEST_KEY", Some(" \n")), absent(Absent::Empty));
    for variable in ["Mileston_TEST_CHECKOUTKEY_fake0123", "", "a b", "A=B", &"A".repeat(129)] {
        assert_eq!(key(variable, None), absent(Absent::NotAName), "{variable:?}");
    }
    let id = |variable, content| compiled::business_id(variable, content).err();
    assert_eq!(id("MILESTON_BUSINESS_ID", None), Some(IdProblem::Absent(Absent::Unset)));
    assert_eq!(id("my business", None), Some(IdProblem::Absent(Absent::NotAName)));
}
