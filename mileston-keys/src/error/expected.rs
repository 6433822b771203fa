//! Describes what a caller expected, and how to fix a mix-up.

use std::fmt;

use crate::backend::IN_BROWSER;
use crate::mode::ModeName;
use crate::parse::KeyKind;
use crate::prefix::prefix;

/// What the caller expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Key(KeyKind, ModeName),
    AnyKey,
    BusinessId,
    WalletSecret,
    WebhookToken,
}

const SWAPPED: &str = "; did you swap the key and the business id? The id is in the menu next to the \
                       business logo at business.mileston.co";

impl Expected {
    const CHECKOUT: &str =
        "; copy the Checkout key from the Developers tab at business.mileston.co";

    pub(super) fn where_to_get(self) -> &'static str {
        match self {
            Expected::Key(KeyKind::Normal, _) => {
                "; copy the Normal key from the Developers tab at business.mileston.co"
            }
            Expected::Key(KeyKind::Checkout, _) => Expected::CHECKOUT,
            Expected::AnyKey if IN_BROWSER => Expected::CHECKOUT,
            Expected::AnyKey => "; copy a key from the Developers tab at business.mileston.co",
            Expected::BusinessId => {
                "; copy the business id from the menu next to the business logo at business.mileston.co"
            }
            Expected::WalletSecret => {
                "; copy the wallet secret that comes with the wallet API keys at business.mileston.co"
            }
            Expected::WebhookToken => {
                "; the webhook token is the verification token registered with the webhook at \
                 business.mileston.co"
            }
        }
    }

    /// Returns whether a sandbox prints a value of this kind as an `export` line when it starts.
    pub(super) fn is_printed_by_sandbox(self) -> bool {
        match self {
            Expected::Key(_, mode) => mode == ModeName::Test,
            Expected::BusinessId | Expected::WalletSecret => true,
            Expected::AnyKey => !IN_BROWSER,
            Expected::WebhookToken => false,
        }
    }

    pub(super) fn alphabet(self) -> &'static str {
        match self {
            Expected::Key(..) | Expected::AnyKey => {
                "; only letters and digits may follow the prefix"
            }
            Expected::BusinessId => {
                "; the id is sent in a header: use visible ASCII without spaces or quotes"
            }
            Expected::WalletSecret => "; control characters such as line breaks are not allowed",
            Expected::WebhookToken => {
                "; the token is sent in a header: use visible ASCII and spaces"
            }
        }
    }

    pub(super) fn instead_of(self, kind: KeyKind, mode: ModeName) -> &'static str {
        match (self, kind, mode) {
            (Expected::Key(KeyKind::Normal, _), KeyKind::Checkout, _) => {
                "; a Checkout key cannot run backend operations: copy the Normal key from the \
                 Developers tab at business.mileston.co"
            }
            (Expected::Key(KeyKind::Checkout, _), KeyKind::Normal, _) => {
                "; a Normal key must never reach a frontend: copy the Checkout key from the \
                 Developers tab at business.mileston.co"
            }
            // This happens only in a browser. On other targets, `AnyKey` accepts any key.
            (Expected::AnyKey, KeyKind::Normal, _) => {
                "; a Normal key must never reach a browser: copy the Checkout key from the \
                 Developers tab at business.mileston.co"
            }
            (Expected::Key(..), _, ModeName::Live) => {
                "; a live key moves real money: use `Live` as the mode if that is intended"
            }
            (Expected::Key(..), _, ModeName::Test) => {
                "; a test key moves no real money: use `Test` as the mode if that is intended"
            }
            _ => self.instead_of_a_key(),
        }
    }

    pub(super) fn instead_of_a_key(self) -> &'static str {
        match self {
            Expected::Key(..) | Expected::AnyKey => "",
            Expected::BusinessId => SWAPPED,
            Expected::WalletSecret => {
                "; the wallet secret is a different value, issued with the wallet API keys"
            }
            Expected::WebhookToken => {
                "; the webhook token is a different value, registered with the webhook"
            }
        }
    }

    pub(super) fn fmt_published(self, f: &mut fmt::Formatter<'_>, prefix: &str) -> fmt::Result {
        let (what, name) = match self {
            Expected::WalletSecret => ("a wallet secret", "secret"),
            Expected::WebhookToken => ("a webhook token", "token"),
            Expected::Key(..) | Expected::AnyKey | Expected::BusinessId => ("a Normal key", "key"),
        };
        write!(
            f,
            "{what} must stay in the backend, but build tools copy variables that begin with `{prefix}` into the code \
             that browsers load; rename the variable, and replace the {name} at business.mileston.co if a frontend \
             was ever built with it, because it may be public already"
        )
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Expected::Key(kind, mode) => {
                write!(f, "a {kind} key for {mode} mode (`{}…`)", prefix(kind, mode))
            }
            Expected::AnyKey if IN_BROWSER => f.write_str("a Checkout key"),
            Expected::AnyKey => f.write_str("a Mileston API key"),
            Expected::BusinessId => f.write_str("a business id"),
            Expected::WalletSecret => f.write_str("a wallet secret"),
            Expected::WebhookToken => f.write_str("a webhook token"),
        }
    }
}
