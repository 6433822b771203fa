//! The accepted values as regular expressions, for JSON Schema and OpenAPI documents.
//!
//! Mileston documents the prefixes and gives samples that end in letters and digits ("Why Use API Keys", Types of API
//! Keys). It documents neither the alphabet nor the length. This crate has its own rules: one or more ASCII letters or
//! digits follow the prefix, and a complete key has at most [`MAX_KEY_LEN`] bytes. `_` isn't allowed, because the
//! Checkout prefix is the Normal prefix plus `CHECKOUTKEY_`. Without `_` in the secret part, no text matches the
//! patterns of both kinds, and the patterns need no lookahead. The parser also rejects a Normal key whose secret part
//! is an incomplete `CHECKOUTKEY_` (such as `CHECK`) or begins with `CHECKOUT` (such as `CHECKOUTKEYfake0123`),
//! ignoring case, because the text is probably a damaged Checkout key. The patterns don't cover this rule.
//!
//! The patterns are ECMA 262 regular expressions, as JSON Schema requires, and mean the same in Rust's `regex`. In
//! Python, `$` also matches before a line break at the end, so use `fullmatch`. A test checks that the patterns and the
//! parser agree, apart from the rules that the patterns don't cover.
//!
//! ```
//! let normal = regex::Regex::new(mileston_keys::pattern::NORMAL_KEY)?;
//! assert!(normal.is_match("Mileston_TEST_fake0123"));
//! assert!(!normal.is_match("Mileston_TEST_CHECKOUTKEY_fake0123"));
//! # Ok::<(), regex::Error>(())
//! ```

use crate::mode::ModeName;
use crate::parse::KeyKind;

/// The maximum length of a key in bytes, prefix included. This is the crate's own limit, because the vendor doesn't
/// document one.
pub const MAX_KEY_LEN: usize = 256;

/// The maximum length of a business id in bytes. This is the crate's own limit, because the vendor doesn't document
/// one.
pub const MAX_BUSINESS_ID_LEN: usize = 128;

/// The maximum length of a wallet secret in bytes. This is the crate's own limit, because the vendor doesn't document
/// one.
pub const MAX_WALLET_SECRET_LEN: usize = 1024;

/// The maximum length of a webhook token in bytes. This is the crate's own limit, because the vendor doesn't document
/// one.
pub const MAX_WEBHOOK_TOKEN_LEN: usize = 1024;

/// The maximum length in bytes of a value in an unknown format (`from_unknown_form`). This is the crate's own limit.
pub const MAX_UNKNOWN_FORM_LEN: usize = 4096;

/// The pattern of a Normal key of either mode. It doesn't match a Checkout key.
pub const NORMAL_KEY: &str = "^Mileston_(?:TEST|LIVE)_[A-Za-z0-9]{1,242}$";

/// The pattern of a Checkout key of either mode. It doesn't match a Normal key.
pub const CHECKOUT_KEY: &str = "^Mileston_(?:TEST|LIVE)_CHECKOUTKEY_[A-Za-z0-9]{1,230}$";

/// The pattern of any key that [`AnyKey`](crate::AnyKey) parses.
pub const ANY_KEY: &str =
    "^Mileston_(?:TEST|LIVE)_(?:[A-Za-z0-9]{1,242}|CHECKOUTKEY_[A-Za-z0-9]{1,230})$";

/// The pattern of a business id: visible ASCII without quotes, so it can be sent in a header without encoding.
///
/// The parser also rejects text that contains an API key or is a pasted line. The pattern doesn't cover this rule.
pub const BUSINESS_ID: &str = "^[!#-&(-_a-~]{1,128}$";

/// The pattern of a webhook token: ASCII characters that can be sent in a header without encoding. The first and the
/// last character can't be a space or a quote.
///
/// The parser also rejects text that looks like an API key or is a pasted line. The pattern doesn't cover this rule.
pub const WEBHOOK_TOKEN: &str = "^[!#-&(-_a-~](?:[ -~]{0,1022}[!#-&(-_a-~])?$";

const NORMAL_TEST_KEY: &str = "^Mileston_TEST_[A-Za-z0-9]{1,242}$";
const NORMAL_LIVE_KEY: &str = "^Mileston_LIVE_[A-Za-z0-9]{1,242}$";
const CHECKOUT_TEST_KEY: &str = "^Mileston_TEST_CHECKOUTKEY_[A-Za-z0-9]{1,230}$";
const CHECKOUT_LIVE_KEY: &str = "^Mileston_LIVE_CHECKOUTKEY_[A-Za-z0-9]{1,230}$";

/// Returns the pattern of one kind of key for one mode.
pub(crate) const fn of(kind: KeyKind, mode: ModeName) -> &'static str {
    match (kind, mode) {
        (KeyKind::Normal, ModeName::Test) => NORMAL_TEST_KEY,
        (KeyKind::Normal, ModeName::Live) => NORMAL_LIVE_KEY,
        (KeyKind::Checkout, ModeName::Test) => CHECKOUT_TEST_KEY,
        (KeyKind::Checkout, ModeName::Live) => CHECKOUT_LIVE_KEY,
    }
}

#[cfg(test)]
mod tests {
    //! The numbers in the patterns are literals so that the patterns stay readable. The test compares them with the
    //! limits.

    use super::*;
    use crate::prefix::prefix;

    #[test]
    fn patterns_match_the_prefixes_and_limits() {
        for kind in [KeyKind::Normal, KeyKind::Checkout] {
            for mode in [ModeName::Test, ModeName::Live] {
                let prefix = prefix(kind, mode);
                let room = MAX_KEY_LEN - prefix.len();
                assert_eq!(of(kind, mode), format!("^{prefix}[A-Za-z0-9]{{1,{room}}}$"));
            }
        }
        assert_eq!(NORMAL_KEY, NORMAL_TEST_KEY.replace("TEST", "(?:TEST|LIVE)"));
        assert_eq!(CHECKOUT_KEY, CHECKOUT_TEST_KEY.replace("TEST", "(?:TEST|LIVE)"));
        assert!(BUSINESS_ID.contains(&format!("{{1,{MAX_BUSINESS_ID_LEN}}}")));
        // These minimum and maximum lengths don't include the first and the last character.
        assert!(WEBHOOK_TOKEN.contains(&format!("{{0,{}}}", MAX_WEBHOOK_TOKEN_LEN - 2)));
    }
}
