//! The data of the Developers tab, and the fields that all its forms have.

use maud::{Markup, html};
use mileston_keys::WebhookToken;

use crate::pages::form_token::TOKEN_FIELD;
use crate::pages::menu::Menu;
use crate::pages::reveals::Made;
use crate::{StoredKey, Webhook};

/// The data of the tab.
pub(super) struct Developers<'a> {
    pub(super) menu: &'a Menu,
    /// Newest first.
    pub(super) keys: &'a [StoredKey],
    /// The credential that was just created; `Some(None)` if it was already shown.
    pub(super) revealed: Option<Option<Made>>,
    /// Oldest first.
    pub(super) webhooks: &'a [Webhook],
    /// The token of a webhook that was just registered; `Some(None)` if it was already shown.
    pub(super) registered: Option<Option<WebhookToken>>,
    pub(super) token: &'a str,
    pub(super) origin: &'a str,
}

/// Renders the hidden fields that each form of the tab has. A form that changes a key also gets the key's fingerprint.
pub(super) fn hidden(tab: &Developers<'_>, key: Option<&StoredKey>) -> Markup {
    html! {
        input type="hidden" name=(TOKEN_FIELD) value=(tab.token);
        input type="hidden" name="business" value=(tab.menu.business.as_str());
        input type="hidden" name="mode" value=(tab.menu.mode);
        @if let Some(key) = key {
            input type="hidden" name="fingerprint" value=(key.fingerprint);
        }
    }
}
