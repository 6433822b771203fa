//! Checks that the exported patterns and the parser accept the same values. The `regex` crate evaluates the patterns.

use std::sync::LazyLock;

use mileston_keys::{CheckoutKey, Live, NormalKey, Test, pattern};
use proptest::prelude::*;
use regex::Regex;

use crate::places::{BUSINESS_ID, Place, SECRET_PLACES};

#[allow(clippy::expect_used, reason = "a failed `expect` in a helper fails the test")]
fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("an exported pattern is a valid expression")
}

/// Each type with its pattern. `NORMAL` and `CHECKOUT` are the patterns that accept both modes.
static PAIRS: LazyLock<[(Place, Regex); 7]> = LazyLock::new(|| {
    let [normal_test, normal_live, checkout_test, checkout_live, any_key, _, webhook_token] =
        SECRET_PLACES;
    [
        (normal_test, compile(NormalKey::<Test>::PATTERN)),
        (normal_live, compile(NormalKey::<Live>::PATTERN)),
        (checkout_test, compile(CheckoutKey::<Test>::PATTERN)),
        (checkout_live, compile(CheckoutKey::<Live>::PATTERN)),
        (any_key, compile(pattern::ANY_KEY)),
        (BUSINESS_ID, compile(pattern::BUSINESS_ID)),
        (webhook_token, compile(pattern::WEBHOOK_TOKEN)),
    ]
});
static NORMAL: LazyLock<Regex> = LazyLock::new(|| compile(pattern::NORMAL_KEY));
static CHECKOUT: LazyLock<Regex> = LazyLock::new(|| compile(pattern::CHECKOUT_KEY));
static HOLDS_KEY: LazyLock<Regex> = LazyLock::new(|| compile("(?i)Mileston_(?:TEST|LIVE|PROD)"));
static BEGINS_LIKE_KEY: LazyLock<Regex> = LazyLock::new(|| {
    compile("(?i)^Mileston[^A-Za-z0-9]?(?:(?:TEST|LIVE|PROD)|(?:T|TE|TES|L|LI|LIV|P|PR|PRO)?$)")
});
/// Matches text that the pattern for Normal keys accepts, but that the parser rejects as an incomplete or damaged
/// Checkout key.
static CUT_CHECKOUT: LazyLock<Regex> = LazyLock::new(|| {
    compile("(?i)^Mileston_(?:TEST|LIVE)_(?:C|CH|CHE|CHEC|CHECK|CHECKO|CHECKOU|CHECKOUT.*)$")
});
/// Matches lines from a file or shell. A lower-case name before `=` is part of the value, unless the line begins with a
/// command such as `export`.
static LINE: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        "(?i)^(?:(?:bearer|basic) |authorization:)",
        "(?i)^(?:apikey|businessid|x-webhook-signature|x-request-signature) *:",
        "(?i)^(?:export |set |setx |[$]env:) *[A-Z_][A-Z0-9_]* *= *[^= ]",
        "^[A-Z_][A-Z0-9_]{2,} *= *[^= ]",
    ]
    .map(compile)
});

/// Returns whether the parser rejects the text for a reason that the pattern doesn't cover. The patterns' docs list
/// these reasons.
fn is_left_to_parser(place: &str, text: &str) -> bool {
    match place {
        "BusinessId" => HOLDS_KEY.is_match(text) || is_line(text),
        "WebhookToken" => BEGINS_LIKE_KEY.is_match(text) || is_line(text),
        _ => CUT_CHECKOUT.is_match(text) && !CHECKOUT.is_match(text),
    }
}

fn is_line(text: &str) -> bool {
    LINE.iter().any(|pattern| pattern.is_match(text))
}

#[track_caller]
fn assert_agree(text: &str) {
    for ((place, take), pattern) in PAIRS.iter() {
        let matched = pattern.is_match(text) && !is_left_to_parser(place, text);
        assert_eq!(take(text).is_ok(), matched, "{place} and {pattern} must agree on {text:?}");
    }
    let taken = |places: &[Place]| places.iter().any(|(_, take)| take(text).is_ok());
    let normal = NORMAL.is_match(text) && !CUT_CHECKOUT.is_match(text);
    assert_eq!(taken(&SECRET_PLACES[..2]), normal, "NORMAL_KEY: {text:?}");
    assert_eq!(taken(&SECRET_PLACES[2..4]), CHECKOUT.is_match(text), "CHECKOUT_KEY: {text:?}");
}

#[test]
fn the_pattern_and_the_parser_agree_at_the_limits() {
    for prefix in [
        "Mileston_TEST_",
        "Mileston_LIVE_CHECKOUTKEY_",
        "Mileston_TEST_CHECKOUTKEY",
        "mileston_test_",
        "",
    ] {
        for len in [0, 1, 127, 128, 129, 229, 230, 231, 241, 242, 243, 256, 257, 1023, 1024, 1025] {
            assert_agree(&format!("{prefix}{}", "a".repeat(len)));
        }
        // Tests every character below 256, because the patterns' character classes contain only characters in this
        // range.
        for character in '\0'..='\u{ff}' {
            assert_agree(&format!("{prefix}{character}"));
            assert_agree(&format!("{prefix}a{character}a"));
            assert_agree(&format!("{prefix}a{character}"));
        }
    }
}

#[test]
fn the_pattern_and_the_parser_agree_on_lines() {
    for start in
        ["", "export ", "set ", "setx ", "$env:", "apikey: ", "bearer ", "x", "SET ", "EXPORT "]
    {
        for name in
            ["", "A", "AB", "ABC", "A_1", "_A1", "4AB", "04C", "abc", "Abc", "A-C", "A:B", "A B"]
        {
            for equals in ["=", "==", " = ", " =", "= "] {
                for value in ["", "v", "=", "v=", "Mileston_TEST_abc"] {
                    assert_agree(&format!("{start}{name}{equals}{value}"));
                }
            }
        }
    }
}

/// Generates text that is almost a key: pieces of keys in any order.
pub(crate) fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "Mileston_", "TEST_", "LIVE_", "PROD_", "CHECKOUTKEY_", "CHECKOUTKEY", "Mileston_TEST_",
            "Mileston_LIVE_CHECKOUTKEY_", "_", "\n", "$", "^", "mileston_", "...",
        ])
        .prop_map(str::to_owned),
        2 => "[A-Za-z0-9]{1,12}",
        1 => "[!-~]{1,12}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_pattern_and_the_parser_agree_on_matching_text(
        normal in pattern::NORMAL_KEY.trim_matches(['^', '$']),
        checkout in pattern::CHECKOUT_KEY.trim_matches(['^', '$']),
        any_key in pattern::ANY_KEY.trim_matches(['^', '$']),
        business in pattern::BUSINESS_ID.trim_matches(['^', '$']),
        token in pattern::WEBHOOK_TOKEN.trim_matches(['^', '$']),
    ) {
        for text in [&normal, &checkout, &any_key, &business, &token] {
            assert_agree(text);
        }
        prop_assert!(NORMAL.is_match(&normal) && CHECKOUT.is_match(&checkout));
        prop_assert!(SECRET_PLACES[4].1(&any_key).is_ok() || CUT_CHECKOUT.is_match(&any_key));
    }

    #[test]
    fn the_pattern_and_the_parser_agree_on_pieces_of_keys(text in pieces()) {
        assert_agree(&text);
    }

    #[test]
    fn the_pattern_and_the_parser_agree_on_arbitrary_text(text in any::<String>()) {
        assert_agree(&text);
    }
}
