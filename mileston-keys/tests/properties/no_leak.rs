//! Checks that neither errors nor `Debug` output contains a secret, and that no text makes the parser panic.

use mileston_keys::{AnyKey, KeyKind, ModeName};
use proptest::prelude::*;

use crate::places::{Accepted, BUSINESS_ID, Place, SECRET_PLACES, all_of};

/// The minimum length of a leak, in characters. A shorter match may be a coincidence.
const WINDOW: usize = 5;

/// Returns the first part of the secret, `WINDOW` characters long, that also appears in `said`.
fn leaked(secret: &str, said: &str) -> Option<String> {
    let characters: Vec<char> = secret.chars().collect();
    characters.windows(WINDOW).map(String::from_iter).find(|part| said.contains(part.as_str()))
}

#[track_caller]
fn assert_silent(place: &str, secret: &str, said: &str) {
    assert_eq!(leaked(secret, said), None, "{place} must not show the secret: {said:?}");
}

/// Checks that `leaked` finds a leak.
#[test]
fn a_leak_is_found() {
    assert_eq!(leaked("fake0123", "refused: ..ake01.."), Some("ake01".to_owned()));
    assert_eq!(leaked("fake0123", "refused: fake 0123"), None);
}

/// Passes the text to every type that contains a secret, and to the business id, whose accepted values may be shown.
fn assert_no_place_shows(secret: &str, text: &str) {
    for (place, take) in SECRET_PLACES {
        match take(text) {
            Ok(Accepted { shown, .. }) => assert_silent(place, secret, &shown),
            Err(error) => assert_silent(place, secret, &all_of(&error)),
        }
    }
    let (place, take) = BUSINESS_ID;
    if let Err(error) = take(text) {
        assert_silent(place, secret, &all_of(&error));
    }
}

/// Generates a current or former Mileston prefix, in the correct or wrong case.
fn prefix() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "Mileston_TEST_",
        "Mileston_LIVE_",
        "Mileston_TEST_CHECKOUTKEY_",
        "Mileston_LIVE_CHECKOUTKEY_",
        "Mileston_PROD_",
        "mileston_test_",
        "MILESTON_LIVE_",
        "Mileston_TEST_CheckoutKey_",
    ])
}

/// Generates the text that a copying mistake adds before, after or inside a key. The text may be empty.
fn accident() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            " ",
            "\n",
            "\r\n",
            "\"",
            "'",
            "“",
            "...",
            "…",
            "*",
            "<",
            ">",
            "-",
            "_",
            "\0",
            "\u{200b}",
            "\u{feff}",
            "\u{41c}",
            "\u{ff2d}",
            "\u{1b}",
            "\u{1f511}",
            "=",
            ";",
            "Bearer ",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ]
}

/// Generates text that contains a key, with mistakes before, inside and after the key. Returns the text, and the secret
/// part of the key.
pub(crate) fn damaged_key() -> impl Strategy<Value = (String, String)> {
    (accident(), prefix(), "[0-9QXZJqxzj]{8,40}", 0..8usize, accident(), accident()).prop_map(
        |(before, prefix, secret, cut, inside, after)| {
            let (left, right) = secret.split_at(cut);
            (format!("{before}{prefix}{left}{inside}{right}{after}"), secret)
        },
    )
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics_and_is_never_shown(text in any::<String>()) {
        assert_no_place_shows(&text, &text);
    }

    #[test]
    fn arbitrary_bytes_after_a_prefix_are_never_shown(prefix in prefix(), secret in any::<String>()) {
        assert_no_place_shows(&secret, &format!("{prefix}{secret}"));
    }

    #[test]
    fn a_damaged_key_is_never_shown((text, secret) in damaged_key()) {
        assert_no_place_shows(&secret, &text);
    }

    #[test]
    fn a_damaged_key_is_not_a_business_id((text, _) in damaged_key()) {
        prop_assert!(BUSINESS_ID.1(&text).is_err());
    }

    /// A stricter check than the search for `WINDOW` characters: a different secret gives the same message, so the
    /// message can't depend on the secret.
    #[test]
    fn a_different_secret_gives_the_same_message(
        prefix in prefix(),
        (one, other, len) in ("[A-Za-z0-9]{60}", "[A-Za-z0-9]{60}", 1..60usize),
        after in accident(),
    ) {
        // A secret such as "C" or "CHECK" gets a different message, because it looks like the start of `CHECKOUTKEY_`.
        let cut = |secret: &str| "CHECKOUTKEY_".starts_with(&secret[..len]);
        prop_assume!(!cut(&one) && !cut(&other));
        for (place, take) in SECRET_PLACES {
            let said = |secret: &str| match take(&format!("{prefix}{secret}{after}")) {
                Ok(accepted) => accepted.shown,
                Err(error) => all_of(&error),
            };
            prop_assert_eq!(said(&one[..len]), said(&other[..len]), "in {}", place);
        }
    }

    #[test]
    fn accepted_text_is_returned_unchanged((text, _) in damaged_key(), wild in any::<String>()) {
        for text in [text, wild] {
            for (place, take) in SECRET_PLACES.into_iter().chain([BUSINESS_ID]) {
                assert_round_trip((place, take), &text);
            }
        }
    }

    /// At most one key type accepts a given text, and it is the type that `AnyKey` reports.
    #[test]
    fn any_text_is_at_most_one_kind_of_key((text, _) in damaged_key(), wild in any::<String>()) {
        for text in [text, wild] {
            let takers: Vec<&str> = SECRET_PLACES[..4]
                .iter()
                .filter(|(_, take)| take(&text).is_ok())
                .map(|(place, _)| *place)
                .collect();
            let expected = match AnyKey::parse(&text) {
                Ok(key) => vec![match (key.kind(), key.mode()) {
                    (KeyKind::Normal, ModeName::Test) => "NormalKey<Test>",
                    (KeyKind::Normal, ModeName::Live) => "NormalKey<Live>",
                    (KeyKind::Checkout, ModeName::Test) => "CheckoutKey<Test>",
                    (KeyKind::Checkout, ModeName::Live) => "CheckoutKey<Live>",
                }],
                Err(_) => vec![],
            };
            prop_assert_eq!(takers, expected);
        }
    }

    #[test]
    fn a_complete_key_is_accepted(kind in 0..4usize, secret in "[A-Za-z0-9]{1,230}") {
        let prefixes = [
            "Mileston_TEST_",
            "Mileston_LIVE_",
            "Mileston_TEST_CHECKOUTKEY_",
            "Mileston_LIVE_CHECKOUTKEY_",
        ];
        let text = format!("{}{secret}", prefixes[kind]);
        let (place, take) = SECRET_PLACES[kind];
        let accepted = take(&text);
        // A key whose secret part is an incomplete Checkout prefix isn't a Normal key.
        prop_assume!(!"CHECKOUTKEY_".starts_with(&secret.to_ascii_uppercase()));
        prop_assert!(accepted.is_ok(), "{} must accept a valid key", place);
        prop_assert_eq!(AnyKey::parse(&text).map(|key| key.expose_secret().to_owned()), Ok(text));
    }
}

fn assert_round_trip((place, take): Place, text: &str) {
    if let Ok(accepted) = take(text) {
        assert_eq!(accepted.exposed, text, "{place} must not change the text");
        assert!(take(&accepted.exposed).is_ok(), "{place} must accept its own output");
    }
}
