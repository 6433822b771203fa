//! Checks that the error names the mistake if a key was copied together with other text.

use mileston_keys::{
    AnyKey, BusinessId, CheckoutKey, KeyError, KeyErrorKind, NormalKey, Test, WalletSecret,
    WebhookToken,
};

#[track_caller]
fn check<T>(texts: &[&str], expected: KeyErrorKind)
where
    T: std::str::FromStr<Err = KeyError>,
{
    for text in texts {
        let error = text.parse::<T>().err();
        assert_eq!(error.as_ref().map(KeyError::kind), Some(expected), "{text:?}");
        let said = error.map(|error| format!("{error} {error:?} {error:#?}")).unwrap_or_default();
        assert!(!said.contains("fake"), "{said}");
    }
}

#[track_caller]
fn check_sentence(text: &str, found: &str) {
    let error = text.parse::<NormalKey<Test>>().err().map(|error| error.to_string());
    let expected =
        format!("expected a Normal key for test mode (`Mileston_TEST_…`), found {found}");
    assert_eq!(error, Some(expected), "{text:?}");
}

#[test]
fn each_mistake_has_its_own_message() {
    check_sentence(
        "MILESTON_KEY=Mileston_TEST_fake0123",
        "more than the value, such as a complete `NAME=value` line from a `.env` file; keep only the \
         value, without its name and without quotes",
    );
    check_sentence(
        "Bearer Mileston_TEST_fake0123",
        "an authorization scheme, such as `Bearer`, before the text; remove it and keep only the \
         value",
    );
    check_sentence(
        "Mileston_TEST_fake0123,",
        "more text after the key, such as a comma or a comment; remove it",
    );
    check_sentence(
        "\u{feff}Mileston_TEST_fake0123",
        "a byte order mark before the text; save the file as UTF-8 without a byte order mark, or remove the mark \
         after reading",
    );
    check_sentence(
        "Mileston_TEST_fake0123\u{200d}",
        "an invisible character at byte 23; delete it, or copy the text again directly, not through a \
         document or a chat",
    );
    check_sentence(
        "Mileston_TEST_CHECKOUTKEYfake0123",
        "an incomplete key prefix; copy the complete key from the Developers tab at \
         business.mileston.co",
    );
}

#[test]
fn a_line_that_contains_a_key_is_rejected() {
    let lines = [
        "MILESTON_KEY=Mileston_TEST_fake0123",
        "MILESTON_KEY=\"Mileston_TEST_fake0123\"",
        "MILESTON_KEY='Mileston_TEST_fake0123'\n",
        "MILESTON_TEST_KEY=Mileston_TEST_fake0123",
        "Mileston_Test_Key = Mileston_TEST_fake0123",
        "export MILESTON_KEY=Mileston_TEST_fake0123",
        "  export MILESTON_LIVE_KEY=\"Mileston_TEST_fake0123\"\r\n",
        "set MILESTON_KEY=Mileston_TEST_fake0123",
        "$env:MILESTON_KEY = \"Mileston_TEST_fake0123\"",
        "milestonKey: Mileston_TEST_fake0123",
        "\"key\": \"Mileston_TEST_fake0123\",",
        "{\"key\":\"Mileston_TEST_fake0123\"}",
        "apikey: Mileston_TEST_fake0123",
        "-H 'apikey: Mileston_TEST_fake0123'",
        "Token Mileston_TEST_fake0123",
        "MILESTON_KEY=fake0123",
        "- Mileston_TEST_fake0123",
    ];
    check::<NormalKey<Test>>(&lines, KeyErrorKind::PastedLine);
    check::<CheckoutKey<Test>>(&lines, KeyErrorKind::PastedLine);
    check::<AnyKey>(&lines, KeyErrorKind::PastedLine);
}

#[test]
fn an_authorization_scheme_before_the_value_is_rejected() {
    let schemes = [
        "Bearer Mileston_TEST_fake0123",
        "bearer fake0123",
        "Basic fake0123",
        "Authorization: Bearer Mileston_TEST_fake0123",
        "authorization:Mileston_TEST_fake0123\n",
    ];
    check::<NormalKey<Test>>(&schemes, KeyErrorKind::AuthScheme);
    check::<WalletSecret>(&schemes, KeyErrorKind::AuthScheme);
    check::<WebhookToken>(&schemes, KeyErrorKind::AuthScheme);
    check::<BusinessId>(&schemes[1..3], KeyErrorKind::AuthScheme);
    // This text contains a scheme and a key. The error reports the key, because that is the worse mistake: business ids
    // may be printed, so the key could leak.
    check::<BusinessId>(&schemes[..1], KeyErrorKind::MalformedKey);
}

#[test]
fn more_text_after_a_key_is_rejected() {
    let texts = [
        "Mileston_TEST_fake0123,",
        "Mileston_TEST_fake0123;",
        "Mileston_TEST_fake0123.",
        "Mileston_TEST_fake0123\",",
        "Mileston_TEST_fake0123\\n",
        "Mileston_TEST_fake0123 # the key of the shop",
        "Mileston_TEST_fake0123 // the key of the shop",
        "Mileston_TEST_fake0123)",
    ];
    check::<NormalKey<Test>>(&texts, KeyErrorKind::TextAfterKey);
    check::<AnyKey>(&texts, KeyErrorKind::TextAfterKey);
}

#[test]
fn a_line_that_contains_another_credential_is_rejected() {
    let lines = [
        "MILESTON_WALLET_SECRET=fake0123",
        "SECRET=\"fake0123\"",
        "export secret=fake0123",
        "set secret=fake0123\r\n",
        "apikey: fake0123",
        "X-Webhook-Signature: fake0123",
        "businessid:fake0123",
    ];
    check::<WalletSecret>(&lines, KeyErrorKind::PastedLine);
    check::<WebhookToken>(&lines, KeyErrorKind::PastedLine);
    check::<BusinessId>(&lines, KeyErrorKind::PastedLine);
}

#[test]
fn invisible_characters_around_the_value_are_rejected() {
    check::<WalletSecret>(&["\u{feff}fake0123", "\u{feff}fake0123\n"], KeyErrorKind::ByteOrderMark);
    check::<BusinessId>(&["\u{feff}fake0123"], KeyErrorKind::ByteOrderMark);
    check::<WalletSecret>(
        &["\u{200b}fake0123", "\u{2060}fake"],
        KeyErrorKind::InvisibleCharacter { position: 1 },
    );
    check::<WalletSecret>(&["fake0123\u{feff}"], KeyErrorKind::InvisibleCharacter { position: 9 });
}

/// Secrets in base64 may look like a line with `=`.
#[test]
fn secrets_with_an_equals_sign_are_accepted() {
    for text in ["ZmFrZQ==", "RkFLRQ=", "A=B", "fake=0123", "fa_ke=0123", "FAKE", "set", "bearer"] {
        assert!(text.parse::<WalletSecret>().is_ok(), "{text}");
        assert!(text.parse::<WebhookToken>().is_ok(), "{text}");
    }
}
