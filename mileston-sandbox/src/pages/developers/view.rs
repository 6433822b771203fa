//! The Developers tab as HTML.

use maud::{Markup, html};
use mileston_keys::{KeyKind, ModeName};

use super::changes::{CREATE, REVOKE, ROLL, ROLL_SECRET};
use super::data::{Developers, hidden};
use super::webhook_view;
use crate::credentials::prefix;
use crate::pages::code::Language;
use crate::pages::reveals::Made;
use crate::pages::snippet::Snippet;
use crate::pages::time::when;
use crate::pages::{assets, layout};
use crate::{KeyState, StoredKey};

/// Renders the tab.
pub(super) fn page(tab: &Developers<'_>) -> Markup {
    layout::tab(
        tab.menu,
        &[assets::COPY.path],
        html! { "What a program needs to talk to this sandbox: keys, environment variables and webhooks. The keys and secrets work only here." },
        html! {
            @if let Some(made) = &tab.revealed { (revealed(made.as_ref())) }
            @if let Some(token) = &tab.registered { (webhook_view::registered(token.as_ref())) }
            div.columns {
                div.column {
                    (keys(tab))
                    (secret(tab))
                }
                div.column {
                    (environment(tab))
                    (webhook_view::section(tab))
                }
            }
        },
    )
}

fn revealed(made: Option<&Made>) -> Markup {
    html! {
        div.reveal role="status" {
            @match made {
                Some(Made::Key(key)) => {
                    h2 { "A new " (key.mode()) " " (key.kind()) " key" }
                    p { "Copy it now: the sandbox keeps only its hash and can't show it again." }
                    (shown_once(key.expose_secret()))
                }
                Some(Made::Secret(secret)) => {
                    h2 { "A new wallet secret" }
                    p { "Copy it now: it won't be shown again. The old secret no longer works." }
                    (shown_once(secret.expose_secret()))
                }
                None => p { "This was already shown once and won't be shown again. If you didn't save the key or secret, roll it." },
            }
        }
    }
}

fn shown_once(text: &str) -> Markup {
    html! {
        p.address { code #revealed { (text) } }
        button type="button" data-copy="revealed" aria-label="Copy the new value" { "Copy" }
    }
}

fn keys(tab: &Developers<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="keys-title" {
            h2 #keys-title { (tab.menu.mode) " keys" }
            @if tab.keys.is_empty() {
                p.empty { "This mode has no keys." }
            } @else {
                ul.items { @for key in tab.keys { li { (item(tab, key)) } } }
            }
            (new_key(tab))
        }
    }
}

fn item(tab: &Developers<'_>, key: &StoredKey) -> Markup {
    let is_good = matches!(key.state, KeyState::Active | KeyState::Expires(_));
    html! {
        div.item {
            div {
                span.title { (key.kind) " key" }
                code { (prefix(key.kind, key.mode)) "…" }
                span.soft { "fingerprint " code { (key.fingerprint) } }
                span.soft { "created " (when(&key.created)) }
            }
            div.standing { (state(&key.state)) }
        }
        @if is_good { div.changes { (roll(tab, key)) (revoke(tab, key)) } }
    }
}

fn state(state: &KeyState) -> Markup {
    html! {
        @match state {
            KeyState::Active => span.state.good { "Active" },
            KeyState::Expires(at) => { span.state.good { "Rolled" } span.soft { "works until " (when(at)) } }
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
            form method="post" action=(tab.menu.urls.to(ROLL)) {
                (hidden(tab, Some(key)))
                label for=(id) { "Keep the old key working" }
                select #(id) name="hours" {
                    option value="0" { "not at all" }
                    option value="1" { "for an hour" }
                    option value="24" selected { "for a day" }
                    option value="168" { "for a week" }
                }
                button type="submit" { "Create a new key" }
            }
        }
    }
}

fn revoke(tab: &Developers<'_>, key: &StoredKey) -> Markup {
    html! {
        details.change {
            summary { "Revoke" span.hidden { " the key " (key.fingerprint) } }
            form method="post" action=(tab.menu.urls.to(REVOKE)) {
                (hidden(tab, Some(key)))
                p { "Requests with this key will be rejected. This can't be undone." }
                button.danger type="submit" { "Revoke this key" }
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
        form.fields method="post" action=(tab.menu.urls.to(CREATE)) {
            (hidden(tab, None))
            fieldset {
                legend { "Create a key" }
                div.options.two {
                    @for (kind, value, purpose) in kinds {
                        label.option {
                            input type="radio" name="kind" value=(value) required;
                            span { (kind) " key, " (purpose) }
                        }
                    }
                }
            }
            button.primary type="submit" { "Create a " (tab.menu.mode) " key" }
        }
    }
}

fn secret(tab: &Developers<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="secret-title" {
            h2 #secret-title { "Wallet secret" }
            p { "It signs requests that move money, in both modes. It was shown when it was created." }
            div.changes {
                details.change {
                    summary { "Roll" span.hidden { " the wallet secret" } }
                    form method="post" action=(tab.menu.urls.to(ROLL_SECRET)) {
                        (hidden(tab, None))
                        p { "The current secret stops working at once. There is no overlap." }
                        button.danger type="submit" { "Create a new wallet secret" }
                    }
                }
            }
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
        section.panel aria-labelledby="environment-title" {
            h2 #environment-title { "Environment variables" }
            (Snippet { id: "exports", title: "Export lines", language: Language::Shell, text: &lines }.view())
            p {
                "Also set the Normal key in " code { (normal) } ", the Checkout key in " code { (checkout) }
                ", and the wallet secret in " code { "MILESTON_WALLET_SECRET" } "."
            }
        }
    }
}
