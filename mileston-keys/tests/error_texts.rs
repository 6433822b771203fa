//! Checks the exact error message for each mistake that a user can make with a key. Each test covers one kind of
//! mistake.

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, KeyError, Live, NormalKey, Test, WalletSecret, WebhookToken,
};

/// Parses the input and compares the error with `expected`: the complete message, or empty if the input is valid.
#[track_caller]
fn check<T>(input: &str, expected: &str)
where
    T: std::str::FromStr<Err = KeyError>,
{
    let found = input.parse::<T>().err().map(|error| error.to_string()).unwrap_or_default();
    let start: String = input.chars().take(60).collect();
    assert_eq!(found, expected, "for {start:?}");
}

/// Does the same as [`check`] for input that should be a Normal key for test mode. `found` is the part of the message
/// after "found".
#[track_caller]
fn check_normal_test(input: &str, found: &str) {
    let expected =
        format!("expected a Normal key for test mode (`Mileston_TEST_…`), found {found}");
    check::<NormalKey<Test>>(input, &expected);
}

const ASIDE: &str = "at business.mileston.co";

#[test]
fn valid_keys_are_accepted() {
    check::<NormalKey<Test>>("Mileston_TEST_fake0123", "");
    check::<NormalKey<Live>>("Mileston_LIVE_fake0123", "");
    check::<CheckoutKey<Test>>("Mileston_TEST_CHECKOUTKEY_fake0123", "");
    check::<CheckoutKey<Live>>("Mileston_LIVE_CHECKOUTKEY_fake0123", "");
    check::<NormalKey<Test>>("Mileston_TEST_f", "");
    check::<NormalKey<Test>>(&format!("Mileston_TEST_{}", "f".repeat(242)), "");
    check::<CheckoutKey<Test>>(&format!("Mileston_TEST_CHECKOUTKEY_{}", "f".repeat(230)), "");
    check::<BusinessId>("my-business", "");
    check::<BusinessId>(&"b".repeat(128), "");
    check::<WalletSecret>("fake wallet secret, ünïcode", "");
    check::<WalletSecret>(&"s".repeat(1024), "");
    check::<WebhookToken>("fake webhook \"token\" ~1", "");
    check::<WebhookToken>(&"t".repeat(1024), "");
}

#[test]
fn a_checkout_key_is_rejected_in_the_backend() {
    check::<NormalKey<Test>>(
        "Mileston_TEST_CHECKOUTKEY_fake0123",
        "expected a Normal key for test mode (`Mileston_TEST_…`), found a Checkout key for test mode; a \
         Checkout key cannot run backend operations: copy the Normal key from the Developers tab at \
         business.mileston.co",
    );
    // The wrong kind is a worse mistake than the wrong mode, so the kind is reported first.
    check::<NormalKey<Live>>(
        "Mileston_TEST_CHECKOUTKEY_fake0123",
        "expected a Normal key for live mode (`Mileston_LIVE_…`), found a Checkout key for test mode; a \
         Checkout key cannot run backend operations: copy the Normal key from the Developers tab at \
         business.mileston.co",
    );
}

#[test]
fn a_normal_key_is_rejected_in_the_frontend() {
    check::<CheckoutKey<Test>>(
        "Mileston_TEST_fake0123",
        "expected a Checkout key for test mode (`Mileston_TEST_CHECKOUTKEY_…`), found a Normal key for \
         test mode; a Normal key must never reach a frontend: copy the Checkout key from the Developers \
         tab at business.mileston.co",
    );
    check::<CheckoutKey<Live>>(
        "Mileston_LIVE_fake0123",
        "expected a Checkout key for live mode (`Mileston_LIVE_CHECKOUTKEY_…`), found a Normal key for \
         live mode; a Normal key must never reach a frontend: copy the Checkout key from the Developers \
         tab at business.mileston.co",
    );
}

#[test]
fn a_key_of_the_other_mode_is_rejected() {
    check::<NormalKey<Test>>(
        "Mileston_LIVE_fake0123",
        "expected a Normal key for test mode (`Mileston_TEST_…`), found a Normal key for live mode; a \
         live key moves real money: use `Live` as the mode if that is intended",
    );
    check::<NormalKey<Live>>(
        "Mileston_TEST_fake0123",
        "expected a Normal key for live mode (`Mileston_LIVE_…`), found a Normal key for test mode; a \
         test key moves no real money: use `Test` as the mode if that is intended",
    );
    check::<CheckoutKey<Test>>(
        "Mileston_LIVE_CHECKOUTKEY_fake0123",
        "expected a Checkout key for test mode (`Mileston_TEST_CHECKOUTKEY_…`), found a Checkout key \
         for live mode; a live key moves real money: use `Live` as the mode if that is intended",
    );
    check::<CheckoutKey<Live>>(
        "Mileston_TEST_CHECKOUTKEY_fake0123",
        "expected a Checkout key for live mode (`Mileston_LIVE_CHECKOUTKEY_…`), found a Checkout key \
         for test mode; a test key moves no real money: use `Test` as the mode if that is intended",
    );
}

#[test]
fn a_live_key_from_before_may_2025_is_rejected() {
    let found = "the old prefix `Mileston_PROD_`; live keys have begun with `Mileston_LIVE_` since May \
                 2025: copy the current key from the Developers tab at business.mileston.co";
    for input in ["Mileston_PROD_fake0123", "Mileston_PROD_", "Mileston_PROD_CHECKOUTKEY_fake0123"]
    {
        check_normal_test(input, found);
    }
}

#[test]
fn empty_text_is_rejected() {
    let nothing = "found nothing: the text is empty or only whitespace";
    for input in ["", " ", "\n", "\r\n\t ", "\u{a0}\u{2003}\u{3000}"] {
        let normal = "expected a Normal key for test mode (`Mileston_TEST_…`)";
        check::<NormalKey<Test>>(
            input,
            &format!("{normal}, {nothing}; copy the Normal key from the Developers tab {ASIDE}"),
        );
        let checkout = "expected a Checkout key for live mode (`Mileston_LIVE_CHECKOUTKEY_…`)";
        check::<CheckoutKey<Live>>(
            input,
            &format!(
                "{checkout}, {nothing}; copy the Checkout key from the Developers tab {ASIDE}"
            ),
        );
        check::<AnyKey>(
            input,
            &format!(
                "expected a Mileston API key, {nothing}; copy a key from the Developers tab {ASIDE}"
            ),
        );
        check::<BusinessId>(
            input,
            &format!(
                "expected a business id, {nothing}; copy the business id from the menu next to the business \
                 logo {ASIDE}"
            ),
        );
        check::<WalletSecret>(
            input,
            &format!(
                "expected a wallet secret, {nothing}; copy the wallet secret that comes with the wallet API \
                 keys {ASIDE}"
            ),
        );
        check::<WebhookToken>(
            input,
            &format!(
                "expected a webhook token, {nothing}; the webhook token is the verification token \
                 registered with the webhook {ASIDE}"
            ),
        );
    }
}

#[test]
fn whitespace_around_a_key_is_rejected() {
    let found =
        "whitespace around the text; remove it (text from a file often ends in a line break)";
    for input in [
        "Mileston_TEST_fake0123\n",
        "Mileston_TEST_fake0123\r\n",
        " Mileston_TEST_fake0123",
        "\tMileston_TEST_fake0123",
        "Mileston_TEST_fake0123\u{a0}",
        " \"Mileston_TEST_fake0123\"",
    ] {
        check_normal_test(input, found);
    }
    check::<BusinessId>("my-business\n", &format!("expected a business id, found {found}"));
    check::<WalletSecret>("fake secret\n", &format!("expected a wallet secret, found {found}"));
    check::<WebhookToken>("fake token\n", &format!("expected a webhook token, found {found}"));
}

#[test]
fn quotes_around_a_key_are_rejected() {
    let found = "a quotation mark at the start or the end; remove it (some tools keep the quotes from a \
                 `.env` file)";
    for input in [
        "\"Mileston_TEST_fake0123\"",
        "'Mileston_TEST_fake0123'",
        "`Mileston_TEST_fake0123`",
        "“Mileston_TEST_fake0123”",
        "‘Mileston_TEST_fake0123’",
        "Mileston_TEST_fake0123\"",
        "\"",
    ] {
        check_normal_test(input, found);
    }
    check::<BusinessId>("\"my-business\"", &format!("expected a business id, found {found}"));
    check::<WalletSecret>("'fake secret'", &format!("expected a wallet secret, found {found}"));
    check::<WebhookToken>("'fake token'", &format!("expected a webhook token, found {found}"));
}

#[test]
fn a_placeholder_from_the_documentation_is_rejected() {
    let found = "a shortened or masked key, as shown in documentation; copy the complete key from the \
                 Developers tab at business.mileston.co";
    for input in [
        "Mileston_TEST_abcdefgh1234567890...",
        "Mileston_TEST_...",
        "Mileston_TEST_…",
        "Mileston_TEST_****0123",
        "Mileston_TEST_••••0123",
        "Mileston_TEST_<key>",
        "<your key>",
        "mileston_test_...",
    ] {
        check_normal_test(input, found);
    }
}

#[test]
fn a_prefix_in_the_wrong_case_is_rejected() {
    let found = "a Mileston prefix in the wrong case; keys are case-sensitive: copy the key again \
                 exactly as the dashboard shows it";
    for input in [
        "mileston_test_fake0123",
        "MILESTON_TEST_fake0123",
        "Mileston_test_fake0123",
        "Mileston_Live_fake0123",
        "mileston_prod_fake0123",
        "Mileston_TEST_checkoutkey_fake0123",
        "Mileston_TEST_CheckoutKey_fake0123",
    ] {
        check_normal_test(input, found);
    }
}

#[test]
fn look_alike_characters_are_rejected() {
    for (input, position) in [
        ("\u{41c}ileston_TEST_fake0123", 1),         // Cyrillic М
        ("Mil\u{435}ston_TEST_fake0123", 4),         // Cyrillic е
        ("Mileston_TEST_f\u{430}ke0123", 16),        // Cyrillic а in the secret part
        ("\u{ff2d}ileston_TEST_fake0123", 1),        // full-width M
        ("Mileston\u{ff3f}TEST\u{ff3f}fake0123", 9), // full-width low line
        ("Mileston_TEST_fake\u{ff10}123", 19),       // full-width zero
        ("Mileston_TEST_fake\u{e9}", 19),            // é
        ("Mileston_TEST_fake\u{1f511}", 19),         // the emoji of a key
    ] {
        check_normal_test(
            input,
            &format!(
                "a character outside ASCII at byte {position}; copy the text again directly, not through \
                 a document or a chat"
            ),
        );
    }
    check::<BusinessId>(
        "my\u{2011}business",
        "expected a business id, found a character outside ASCII at byte 3; copy the text again directly, \
         not through a document or a chat",
    );
    check::<WebhookToken>(
        "fake tökén",
        "expected a webhook token, found a character outside ASCII at byte 7; copy the text again \
         directly, not through a document or a chat",
    );
}

#[test]
fn invisible_characters_are_rejected() {
    for (input, position) in [
        ("Mileston_TEST_fake\u{200b}0123", 19), // zero-width space
        ("Mileston_TEST_fake0123\u{200d}", 23), // zero-width joiner, at the end
        ("Mileston_TEST_\u{202e}fake0123", 15), // right-to-left override
        ("Mileston_TEST_fake\u{feff}0123", 19), // byte order mark, in the middle
    ] {
        check_normal_test(
            input,
            &format!(
                "an invisible character at byte {position}; delete it, or copy the text again directly, \
                 not through a document or a chat"
            ),
        );
    }
}

#[test]
fn invalid_characters_are_rejected() {
    for (input, position) in [
        ("Mileston_TEST_fake 0123", 19),
        ("Mileston_TEST_fake\n0123", 19),
        ("Mileston_TEST_\0fake0123", 15),
        ("Mileston_TEST_fake\u{1b}[31m", 19),
        ("Mileston_TEST_fake\u{7f}0123", 19),
        ("Mileston_TEST_fake0123\0", 23),
        ("Mileston_TEST_fake-0123", 19),
        ("Mileston_TEST_fake_0123", 19),
        ("Mileston_TEST__fake0123", 15),
        ("Mileston_TEST_fake0123=", 23),
        ("Mileston_TEST_CHECKOUTKEY_fake_0123", 31),
    ] {
        check_normal_test(
            input,
            &format!(
                "an invalid character at byte {position}; only letters and digits may follow the \
                 prefix"
            ),
        );
    }
    check::<WalletSecret>(
        "fake\0secret",
        "expected a wallet secret, found an invalid character at byte 5; control characters such as \
         line breaks are not allowed",
    );
    check::<WalletSecret>(
        "ünï\u{85}code",
        "expected a wallet secret, found an invalid character at byte 6; control characters such as \
         line breaks are not allowed",
    );
    for (input, position) in [("fake\0token", 5), ("fake\ttoken", 5), ("token\u{7f}", 6)] {
        check::<WebhookToken>(
            input,
            &format!(
                "expected a webhook token, found an invalid character at byte {position}; the token is \
                 sent in a header: use visible ASCII and spaces"
            ),
        );
    }
    for (input, position) in [("my business", 3), ("my\"business", 3), ("business\u{7f}", 9)] {
        check::<BusinessId>(
            input,
            &format!(
                "expected a business id, found an invalid character at byte {position}; the id is sent \
                 in a header: use visible ASCII without spaces or quotes"
            ),
        );
    }
}

#[test]
fn text_without_a_mileston_prefix_is_rejected() {
    let found = "text that begins with neither `Mileston_TEST_` nor `Mileston_LIVE_`; copy the Normal \
                 key from the Developers tab at business.mileston.co";
    for input in [
        "sk_test_fake0123",
        "fake0123",
        "Mileston_STAGING_fake0123",
        "\0Mileston_TEST_fake0123",
        "my-business",
    ] {
        check_normal_test(input, found);
    }
}

#[test]
fn an_incomplete_prefix_is_rejected() {
    let found = "an incomplete key prefix; copy the complete key from the Developers tab at \
                 business.mileston.co";
    for input in [
        "Mileston_",
        "Mileston_TEST",
        "mileston_liv",
        "Mileston_TESTfake0123",
        "Mileston-TEST-fake0123",
        "Mileston_TEST_C",
        "Mileston_TEST_CHECKOUT",
        "Mileston_LIVE_CHECKOUTKEY",
        "Mileston_TEST_CHECKOUTKEYfake0123",
        "Mileston_TEST_checkoutkeyfake0123",
        "Mileston_TEST_CHECKOUT_fake0123",
    ] {
        check_normal_test(input, found);
    }
}

#[test]
fn a_prefix_without_a_secret_part_is_rejected() {
    let found = "only a key prefix, with nothing after it; copy the complete key from the Developers \
                 tab at business.mileston.co";
    for input in [
        "Mileston_TEST_",
        "Mileston_LIVE_",
        "Mileston_TEST_CHECKOUTKEY_",
        "Mileston_LIVE_CHECKOUTKEY_",
    ] {
        check_normal_test(input, found);
    }
}

#[test]
fn overlong_text_is_rejected() {
    let mebibyte = 1 << 20;
    let found = |limit: usize| {
        format!("found text longer than {limit} bytes; check that nothing else was copied with it")
    };
    for input in [
        format!("Mileston_TEST_{}", "f".repeat(243)),
        format!("Mileston_TEST_{}", "f".repeat(mebibyte)),
        "\u{41c}".repeat(mebibyte),
        " ".repeat(mebibyte),
        "\0".repeat(mebibyte),
        "<".repeat(mebibyte),
    ] {
        check::<AnyKey>(&input, &format!("expected a Mileston API key, {}", found(256)));
        check::<BusinessId>(&input, &format!("expected a business id, {}", found(128)));
    }
    check::<WalletSecret>(
        &"s".repeat(mebibyte),
        &format!("expected a wallet secret, {}", found(1024)),
    );
    check::<WebhookToken>(&"t".repeat(1025), &format!("expected a webhook token, {}", found(1024)));
}

#[test]
fn a_swapped_business_id_and_key_are_recognised() {
    let swapped = "did you swap the key and the business id? The id is in the menu next to the business \
                   logo at business.mileston.co";
    for (input, found) in [
        ("Mileston_TEST_fake0123", "a Normal key for test mode"),
        ("Mileston_LIVE_CHECKOUTKEY_fake0123", "a Checkout key for live mode"),
        ("Mileston_PROD_fake0123", "something that looks like an API key"),
        ("mileston_live_fake0123", "something that looks like an API key"),
        ("Mileston_LIVE_fake-0123", "something that looks like an API key"),
        ("Mileston_TEST_...", "something that looks like an API key"),
        ("Mileston_TEST_", "something that looks like an API key"),
        ("apikey:Mileston_LIVE_fake0123", "something that looks like an API key"),
    ] {
        check::<BusinessId>(input, &format!("expected a business id, found {found}; {swapped}"));
    }
    check_normal_test(
        "my-business",
        "text that begins with neither `Mileston_TEST_` nor `Mileston_LIVE_`; copy the Normal key from \
         the Developers tab at business.mileston.co",
    );
}

#[test]
fn a_key_is_rejected_as_a_wallet_secret() {
    check::<WalletSecret>(
        "Mileston_TEST_fake0123",
        "expected a wallet secret, found a Normal key for test mode; the wallet secret is a different \
         value, issued with the wallet API keys",
    );
    check::<WalletSecret>(
        "Mileston_LIVE_CHECKOUTKEY_fake0123",
        "expected a wallet secret, found a Checkout key for live mode; the wallet secret is a different \
         value, issued with the wallet API keys",
    );
}

#[test]
fn a_malformed_key_is_rejected_as_a_wallet_secret_or_webhook_token() {
    for input in
        ["Mileston_TEST_fake_0123", "mileston_live_fake0123", "Mileston_LIVE", "Mileston_TEST_…"]
    {
        check::<WalletSecret>(
            input,
            "expected a wallet secret, found something that looks like an API key; the wallet secret is \
             a different value, issued with the wallet API keys",
        );
    }
    check::<WebhookToken>(
        "Mileston_TEST_fake_0123",
        "expected a webhook token, found something that looks like an API key; the webhook token is a \
         different value, registered with the webhook",
    );
}

#[test]
fn debug_prints_the_message_and_alternate_debug_prints_the_fields() {
    let error = NormalKey::<Test>::try_from("fake0123").unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    let fields = format!("{error:#?}");
    assert!(fields.starts_with("KeyError {") && fields.contains("UnknownPrefix"), "{fields}");
}

#[test]
fn a_key_is_rejected_as_a_webhook_token() {
    check::<WebhookToken>(
        "Mileston_TEST_fake0123",
        "expected a webhook token, found a Normal key for test mode; the webhook token is a different \
         value, registered with the webhook",
    );
}

#[test]
fn every_constructor_returns_the_same_error() {
    let text = "Mileston_LIVE_fake0123";
    let by_parse = text.parse::<NormalKey<Test>>().unwrap_err();
    assert_eq!(NormalKey::<Test>::try_from(text).unwrap_err(), by_parse);
    assert_eq!(NormalKey::<Test>::try_from(text.to_owned()).unwrap_err(), by_parse);
    assert_eq!(by_parse.variable(), None);
}
