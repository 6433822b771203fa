//! Checks that `from_unknown_form` accepts values in unknown formats, but rejects keys of a
//! different kind or mode.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a helper fails the test")]

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, KeyError, KeyErrorKind, KeyKind, Live, ModeName, NormalKey,
    Test, WalletSecret, WebhookToken, pattern,
};
use proptest::prelude::*;

type Take = fn(&str) -> Result<String, KeyError>;

/// Every key type: its kind, its mode, its prefix, and its `from_unknown_form`.
const KEYS: [(KeyKind, ModeName, &str, Take); 4] = [
    (KeyKind::Normal, ModeName::Test, "Mileston_TEST_", |text| {
        NormalKey::<Test>::from_unknown_form(text).map(|key| key.expose_secret().to_owned())
    }),
    (KeyKind::Normal, ModeName::Live, "Mileston_LIVE_", |text| {
        NormalKey::<Live>::from_unknown_form(text).map(|key| key.expose_secret().to_owned())
    }),
    (KeyKind::Checkout, ModeName::Test, "Mileston_TEST_CHECKOUTKEY_", |text| {
        CheckoutKey::<Test>::from_unknown_form(text).map(|key| key.expose_secret().to_owned())
    }),
    (KeyKind::Checkout, ModeName::Live, "Mileston_LIVE_CHECKOUTKEY_", |text| {
        CheckoutKey::<Live>::from_unknown_form(text).map(|key| key.expose_secret().to_owned())
    }),
];

/// The types that aren't keys.
const OTHERS: [(&str, Take); 3] = [
    ("WalletSecret", |text| {
        WalletSecret::from_unknown_form(text).map(|secret| secret.expose_secret().to_owned())
    }),
    ("WebhookToken", |text| {
        WebhookToken::from_unknown_form(text).map(|token| token.expose_secret().to_owned())
    }),
    ("BusinessId", |text| {
        BusinessId::from_unknown_form(text).map(|business| business.as_str().to_owned())
    }),
];

/// Returns which key types accept the text, by kind and mode. `AnyKey` must agree.
#[track_caller]
fn takers(text: &str) -> Vec<(KeyKind, ModeName)> {
    let mut takers = Vec::new();
    for (kind, mode, _, take) in KEYS {
        let taken = take(text);
        let any = AnyKey::from_unknown_form(text, kind, mode);
        assert_eq!(any.map(|key| key.expose_secret().to_owned()), taken, "AnyKey on {text:?}");
        if let Ok(exposed) = taken {
            assert_eq!(exposed, text);
            takers.push((kind, mode));
        }
    }
    takers
}

#[test]
fn keys_in_unknown_formats_are_accepted() {
    for (kind, mode, prefix, _) in KEYS {
        for secret in ["fake_01-23", "fake.0123+/==", "PAYOUTKEY_fake0123", &"f".repeat(1000)] {
            assert_eq!(takers(&format!("{prefix}{secret}")), [(kind, mode)], "{prefix}{secret}");
        }
    }
    let all = KEYS.map(|(kind, mode, ..)| (kind, mode));
    for text in ["mst_0123_fake", "Mileston2_fake0123", "Mileston_PAYOUT_fake0123", "fake0123"] {
        assert_eq!(takers(text), all, "{text}");
    }
    assert_eq!(takers("Mileston_TEST2_fake0123"), [(KeyKind::Normal, ModeName::Test)]);
    assert_eq!(takers("Mileston-LIVE-fake0123"), [(KeyKind::Normal, ModeName::Live)]);
}

#[test]
fn an_incomplete_prefix_is_always_rejected() {
    for text in [
        "Mileston_",
        "Mileston_TES",
        "Mileston_TEST",
        "mileston_liv",
        "MILESTON_LIVE",
        "Mileston_TEST_",
        "Mileston_LIVE_CHECKOUTKEY_",
        "Mileston_TEST_C",
        "Mileston_TEST_CHECK",
        "Mileston_LIVE_CHECKOUT",
        "Mileston_LIVE_CHECKOUTKEY",
        "Mileston_TEST_CHECKOUTKEYfake0123",
        "Mileston_TEST_CHECKOUTKEY-fake0123",
        "mileston_live_checkoutkeyfake0123",
        "Mileston_TEST_CHECKOUT_fake0123",
        "Mileston_PROD_fake0123",
        "mileston_prod_fake-0123",
        "MILESTON_PRODfake0123",
    ] {
        assert_eq!(takers(text), [], "{text}");
    }
}

#[test]
fn mistakes_are_rejected_in_any_format() {
    for (text, kind) in [
        ("", KeyErrorKind::Empty),
        (" \n", KeyErrorKind::Empty),
        ("fake_0123\n", KeyErrorKind::SurroundingWhitespace),
        (" fake_0123", KeyErrorKind::SurroundingWhitespace),
        ("\u{a0}fake_0123", KeyErrorKind::SurroundingWhitespace),
        ("\u{feff}fake_0123", KeyErrorKind::ByteOrderMark),
        ("fake_0123\u{200b}", KeyErrorKind::InvisibleCharacter { position: 10 }),
        ("fäke_0123", KeyErrorKind::NotAscii { position: 2 }),
        ("fake\0_0123", KeyErrorKind::NotForHeader { position: 5 }),
        ("fake\r\n_0123", KeyErrorKind::NotForHeader { position: 5 }),
        ("fake\u{7f}_0123", KeyErrorKind::NotForHeader { position: 5 }),
        ("\"fake_0123\"", KeyErrorKind::Quoted),
        ("Bearer fake_0123", KeyErrorKind::AuthScheme),
        ("KEY=Mileston_TEST_fake_0123", KeyErrorKind::PastedLine),
        ("export K=mst_fake_0123", KeyErrorKind::PastedLine),
        ("MILESTON_KEY=mst_fake_0123", KeyErrorKind::PastedLine),
        ("apikey: mst_fake_0123", KeyErrorKind::PastedLine),
    ] {
        for (.., take) in KEYS {
            assert_eq!(take(text).map_err(|error| error.kind()), Err(kind), "{text:?}");
        }
    }
    let long = "f".repeat(pattern::MAX_UNKNOWN_FORM_LEN + 1);
    for take in KEYS.map(|key| key.3).into_iter().chain(OTHERS.map(|other| other.1)) {
        let limit = pattern::MAX_UNKNOWN_FORM_LEN;
        assert_eq!(take(&long).unwrap_err().kind(), KeyErrorKind::TooLong { limit });
        assert!(take(&long[1..]).is_ok());
    }
}

#[test]
fn other_credentials_that_look_like_a_key_are_rejected() {
    for (place, take) in OTHERS {
        for text in ["", " fake", "fake\n", "\u{feff}fake", "fa\0ke", "Mileston_TEST_fake_0123"] {
            assert!(take(text).is_err(), "{place} accepts {text:?}");
        }
        for text in
            ["mileston_live_fake-0123", "MILESTON_PROD_x", "Mileston_TEST", "Mileston_LIVEx"]
        {
            assert!(take(text).is_err(), "{place} accepts {text:?}");
        }
        let long = format!("\"{}\"", "f".repeat(2000));
        assert_eq!(take(&long), Ok(long.clone()), "{place}");
    }
}

/// Users choose their webhook tokens, so a token may contain the platform's name.
#[test]
fn a_name_with_a_different_separator_is_not_treated_as_a_key() {
    for text in ["mileston-test-hook", "Mileston live: secret", "mileston.prod.1", "mileston-t"] {
        assert!(text.parse::<WebhookToken>().is_ok(), "{text}");
        assert!(text.parse::<WalletSecret>().is_ok(), "{text}");
        for (place, take) in OTHERS {
            assert!(take(text).is_ok(), "{place} rejects {text:?}");
        }
    }
    assert!("2026=x9".parse::<WebhookToken>().is_ok());
    assert!("mileston_test_hook".parse::<WebhookToken>().is_err());
}

/// A key with an unknown prefix has no public part, so none of it is shown.
#[test]
fn no_part_of_a_key_with_an_unknown_prefix_is_shown() {
    let key = NormalKey::<Test>::from_unknown_form("mst_test_fake0123").unwrap();
    assert_eq!(format!("{key:?}"), "NormalKey<Test>(…)");
    let wallet = key.with_wallet_secret("fake wallet secret".parse().unwrap());
    assert_eq!(format!("{wallet:?}"), "WalletKey<Test>(…, …)");
    let known = NormalKey::<Test>::from_unknown_form("Mileston_TEST_fake_0123").unwrap();
    assert_eq!(format!("{known:?}"), "NormalKey<Test>(Mileston_TEST_…)");
}

/// Generates the text with a random case for each letter.
fn in_any_case(text: &'static str) -> impl Strategy<Value = String> {
    prop::collection::vec(any::<bool>(), text.len()).prop_map(move |upper| {
        let cased = |(letter, upper): (char, bool)| match upper {
            true => letter.to_ascii_uppercase(),
            false => letter.to_ascii_lowercase(),
        };
        text.chars().zip(upper).map(cased).collect()
    })
}

proptest! {
    #[test]
    fn a_prefix_in_upper_or_lower_case_belongs_to_one_kind_and_mode(
        (at, text) in (0..4usize).prop_flat_map(|at| (Just(at), in_any_case(KEYS[at].2))),
        secret in "[!-~]{1,40}",
    ) {
        let text = format!("{text}{secret}");
        let (kind, mode, ..) = KEYS[at];
        let other = takers(&text).into_iter().find(|taker| *taker != (kind, mode));
        // The text after a Normal prefix can turn it into a Checkout prefix.
        let is_checkout = secret.to_ascii_uppercase().starts_with("CHECKOUT");
        prop_assert!(other.is_none() || is_checkout, "{other:?} accepts {text}");
        for (place, take) in OTHERS {
            prop_assert!(take(&text).is_err(), "{place} accepts {text}");
        }
    }

    #[test]
    fn an_incomplete_prefix_in_upper_or_lower_case_is_always_rejected(
        text in (0..4usize).prop_flat_map(|at| in_any_case(KEYS[at].2)),
        length in "Mileston_".len().."Mileston_TEST_CHECKOUTKEY_".len(),
    ) {
        let cut = text.get(..length).unwrap_or(&text);
        prop_assert_eq!(takers(cut), []);
        prop_assert!(cut.parse::<AnyKey>().is_err());
    }

    #[test]
    fn text_that_a_header_cannot_contain_is_never_accepted(
        before in "[!-~]{0,10}",
        character in prop_oneof!["[\0-\u{1f}\u{7f}]", "[^\0-\u{7f}]"],
        after in "[!-~]{0,10}",
    ) {
        let text = format!("{before}{character}{after}");
        prop_assert_eq!(takers(&text), []);
        prop_assert!(OTHERS[1].1(&text).is_err() && OTHERS[2].1(&text).is_err());
    }

    #[test]
    fn no_text_causes_a_panic_or_is_shown(text in any::<String>()) {
        for take in KEYS.map(|key| key.3).into_iter().chain(OTHERS.map(|other| other.1)) {
            if let Err(error) = take(&text) {
                let said = format!("{error} {error:?} {error:#?}");
                prop_assert!(text.chars().count() < 8 || !said.contains(&text), "{}", said);
            }
        }
    }
}
