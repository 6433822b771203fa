//! The Developers tab as HTML.

use maud::{Markup, html};
use mileston_keys::{KeyKind, ModeName, WebhookToken};

use super::changes::{CREATE, REVOKE, ROLL, ROLL_SECRET};
use super::webhook_view;
use crate::credentials::prefix;
use crate::pages::forms::TOKEN_FIELD;
use crate::pages::menu::Menu;
use crate::pages::reveals::Made;
use crate::pages::time::when;
use crate::pages::{assets, layout};
use crate::{KeyState, StoredKey, Webhook};

/// What the tab shows.
pub(super) struct Developers<'a> {
    pub(super) menu: &'a Menu,
    /// The newest first.
    pub(super) keys: &'a [StoredKey],
    /// What was just made: `Some(None)` if it was shown before.
    pub(super) revealed: Option<Option<Made>>,
    /// The oldest first.
    pub(super) webhooks: &'a [Webhook],
    /// The token of a webhook that was just registered: `Some(None)` if it was shown before.
    pub(super) registered: Option<Option<WebhookToken>>,
    pub(super) token: &'a str,
    pub(super) origin: &'a str,
}

/// The tab.
pub(super) fn page(tab: &Developers<'_>) -> Markup {
    layout::tab(
        tab.menu,
        &[assets::COPY.path],
        html! {
            (tab.menu.switches())
            @if let Some(made) = &tab.revealed { (revealed(made.as_ref())) }
            @if let Some(token) = &tab.registered { (webhook_view::registered(token.as_ref())) }
            section.first aria-labelledby="keys-title" {
                h2 #keys-title { (tab.menu.mode) " keys" }
                (list(tab))
            }
            (new_key(tab))
            (secret(tab))
            (webhook_view::section(tab))
            (environment(tab))
        },
    )
}

fn revealed(made: Option<&Made>) -> Markup {
    html! {
        div.reveal role="status" {
            @match made {
                Some(Made::Key(key)) => {
                    h2 { "A new " (key.mode()) " " (key.kind()) " key" }
                    p { "Copy it now. The sandbox keeps only its hash, and does not show it again." }
                    (shown_once(key.expose_secret()))
                }
                Some(Made::Secret(secret)) => {
                    h2 { "A new wallet secret" }
                    p { "Copy it now. It is not shown again. The former one is refused from now on." }
                    (shown_once(secret.expose_secret()))
                }
                None => p { "This was shown before, and is not shown again. If nobody has it, roll it." },
            }
        }
    }
}

fn shown_once(text: &str) -> Markup {
    html! {
        p.address { code #revealed { (text) } }
        button type="button" data-copy="revealed" aria-label="Copy what was made" { "Copy" }
    }
}

fn list(tab: &Developers<'_>) -> Markup {
    html! {
        @if tab.keys.is_empty() {
            p.empty { "There is no key for this mode." }
        } @else {
            (layout::table(
                &["Key", "Made", "State", "Change"],
                html! { @for key in tab.keys { (row(tab, key)) } },
            ))
        }
    }
}

fn row(tab: &Developers<'_>, key: &StoredKey) -> Markup {
    let is_good = matches!(key.state, KeyState::Active | KeyState::Expires(_));
    html! {
        tr {
            td data-label="Key" {
                span.title { (key.kind) " key" }
                code { (prefix(key.kind, key.mode)) "…" }
                span.soft { "fingerprint " code { (key.fingerprint) } }
            }
            td data-label="Made" { (when(&key.created)) }
            td data-label="State" { (state(&key.state)) }
            td data-label="Change" {
                @if is_good { (roll(tab, key)) (revoke(tab, key)) } @else { span.soft { "–" } }
            }
        }
    }
}

fn state(state: &KeyState) -> Markup {
    html! {
        @match state {
            KeyState::Active => span.state.good { "Active" },
            KeyState::Expires(at) => { span.state.good { "Rolled" } span.soft { "good until " (when(at)) } }
            KeyState::Expired(at) => { span.state { "Expired" } span.soft { (when(at)) } }
            KeyState::Revoked(at) => { span.state.bad { "Revoked" } span.soft { (when(at)) } }
        }
    }
}

fn roll(tab: &Developers<'_>, key: &StoredKey) -> Markup {
    let id = format!("hours-{}", key.fingerprint);
    html! {
        details.change {
            summary { "Roll" span.hidden { " the key " (key.fingerprint) } }
            form method="post" action=(ROLL) {
                (hidden(tab, Some(key)))
                label for=(id) { "The old key stays good for" }
                select #(id) name="hours" {
                    option value="0" { "no longer" }
                    option value="1" { "an hour" }
                    option value="24" selected { "a day" }
                    option value="168" { "a week" }
                }
                button type="submit" { "Make a new key" }
            }
        }
    }
}

fn revoke(tab: &Developers<'_>, key: &StoredKey) -> Markup {
    html! {
        details.change {
            summary { "Revoke" span.hidden { " the key " (key.fingerprint) } }
            form method="post" action=(REVOKE) {
                (hidden(tab, Some(key)))
                p { "It is refused from then on. This cannot be undone." }
                button.danger type="submit" { "Revoke it" }
            }
        }
    }
}

fn new_key(tab: &Developers<'_>) -> Markup {
    let kinds = [
        (KeyKind::Normal, "normal", "for a backend"),
        (KeyKind::Checkout, "checkout", "for a frontend"),
    ];
    html! {
        section aria-labelledby="new-title" {
            h2 #new-title { "Make a key" }
            form method="post" action=(CREATE) {
                (hidden(tab, None))
                fieldset.first {
                    legend { "Kind" }
                    div.options.two {
                        @for (kind, value, purpose) in kinds {
                            label.option {
                                input type="radio" name="kind" value=(value) required;
                                span { (kind) " key, " (purpose) }
                            }
                        }
                    }
                }
                button.primary type="submit" { "Make a " (tab.menu.mode) " key" }
            }
        }
    }
}

fn secret(tab: &Developers<'_>) -> Markup {
    html! {
        section aria-labelledby="secret-title" {
            h2 #secret-title { "Wallet secret" }
            p { "It signs calls that move money, in both modes. It was printed when the sandbox first started." }
            details.change {
                summary { "Roll" span.hidden { " the wallet secret" } }
                form method="post" action=(ROLL_SECRET) {
                    (hidden(tab, None))
                    p { "There can't be two: the one there is will be refused at once." }
                    button.danger type="submit" { "Make another wallet secret" }
                }
            }
        }
    }
}

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

fn environment(tab: &Developers<'_>) -> Markup {
    let (normal, checkout) = match tab.menu.mode {
        ModeName::Test => ("MILESTON_KEY", "MILESTON_CHECKOUT_KEY"),
        ModeName::Live => ("MILESTON_LIVE_KEY", "MILESTON_LIVE_CHECKOUT_KEY"),
    };
    let lines = format!(
        "export MILESTON_URL={}\nexport MILESTON_BUSINESS_ID={}",
        tab.origin,
        tab.menu.business.as_str()
    );
    html! {
        section aria-labelledby="environment-title" {
            h2 #environment-title { "For the shell of your program" }
            p {
                "Put the Normal key into " code { (normal) } ", the Checkout key into " code { (checkout) }
                ", the wallet secret into " code { "MILESTON_WALLET_SECRET" } "."
            }
            div.snippet {
                p.soft { "shell" }
                button.small type="button" data-copy="exports" aria-label="Copy the lines for the shell" { "Copy" }
                pre tabindex="0" aria-label="Lines for the shell" { code #exports { (lines) } }
            }
        }
    }
}
