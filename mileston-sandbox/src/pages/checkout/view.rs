//! The checkout page as HTML. Its script fetches the amount and details from the API with a Checkout key, as any
//! frontend would. The page itself contains the data that the script doesn't fetch: ids, the key, the mode, the
//! merchant, and earlier payments.

use maud::{Markup, html};
use mileston_api::tokens::{self, Supported};
use mileston_api::types::Token;
use mileston_keys::{AnyKey, ModeName};

use super::Kind;
use crate::business;
use crate::environment::environment;
use crate::pages::time::{day, when};
use crate::pages::urls::Urls;
use crate::pages::{assets, layout, names, qr};
use crate::store::{Line, Owner, PaidState};
use crate::text::plain;

/// The data of the page.
pub(super) struct Checkout<'a> {
    pub(super) urls: &'a Urls,
    pub(super) kind: Kind,
    pub(super) owner: &'a Owner,
    pub(super) line: &'a Line,
    /// Anyone who can see the page may see its Checkout key.
    pub(super) key: &'a AnyKey,
}

/// Renders the page in its initial state. The script shows the sections that apply.
pub(super) fn page(checkout: &Checkout<'_>) -> Markup {
    let Checkout { urls, kind, owner, line, key } = checkout;
    let mode = owner.mode;
    let content = html! {
        div.card.checkout #checkout
            data-kind=(kind.word()) data-id=(line.id) data-mode=(environment(mode))
            data-business=(owner.business.as_str()) data-key=(key.expose_secret())
            data-base=(urls.base()) data-qr=(urls.to(qr::PATH)) {
            @if mode == ModeName::Live { (live_notice()) }
            div.summary {
                (merchant(line))
                p.kind { (kind.name()) }
                div #due aria-busy="true" {
                    p #loading role="status" { "Loading…" }
                    noscript { p.problem { "This page needs JavaScript to talk to the sandbox." } }
                }
                (earlier(*kind, line))
            }
            div.payment {
                form #choice hidden { (chains()) (tokens_of_each(mode)) }
                div.problem #problem role="alert" hidden {}
                @if mode == ModeName::Test {
                    div.actions #actions hidden { button.primary #pay type="button" { "Pay as a test payer" } }
                }
                (wallet(mode))
                (paid(*kind, line))
            }
        }
    };
    layout::page(urls, "Checkout", Some(assets::CHECKOUT.path), content)
}

/// Shows the merchant: the business name from the request that created the record, or the name in the profile.
fn merchant(line: &Line) -> Markup {
    let name = plain(line.business_name.as_deref().unwrap_or(business::NAME));
    html! {
        p.merchant {
            span.avatar aria-hidden="true" { @if let Some(first) = name.chars().next() { (first) } }
            span dir="auto" { (name) }
        }
    }
}

/// Shows earlier payments of a record that can be paid again.
fn earlier(kind: Kind, line: &Line) -> Markup {
    html! {
        @match (kind, line.standing) {
            (Kind::PaymentLink, PaidState::Paid { at, .. }) => p.info {
                "Already paid " (times(line.payments)) ", "
                @if line.payments > 1 { "most recently " }
                @if let Some(chain) = &line.chain { "on " (names::chain(chain)) " " }
                "at " (when(&at)) ". A payment link stays open, so it can be paid again."
            },
            (_, PaidState::DueAgain { since }) => p.info { "Paid before, and due again since " (day(&since)) "." },
            _ => {}
        }
    }
}

fn times(payments: u32) -> String {
    match payments {
        0 | 1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

fn live_notice() -> Markup {
    html! {
        p.notice {
            strong { "Simulated live mode." }
            " This is a sandbox, so no real money moves. Never send money to the address below."
        }
    }
}

fn chains() -> Markup {
    html! {
        fieldset {
            legend { "Chain" }
            div.options {
                @for row in &tokens::TABLE {
                    (option("chain", &row.chain.to_string(), names::chain(&row.chain)))
                }
            }
        }
    }
}

/// Renders one group for each chain; the script shows the group of the chosen chain.
fn tokens_of_each(mode: ModeName) -> Markup {
    html! {
        @for row in &tokens::TABLE {
            @let chain = row.chain.to_string();
            fieldset data-chain=(chain) hidden {
                legend { "Token on " (names::chain(&row.chain)) }
                div.options {
                    @for token in accepted(row, mode) {
                        (option(&format!("token-{chain}"), &token.to_string(), &token.to_string()))
                    }
                }
            }
        }
    }
}

fn option(group: &str, value: &str, label: &str) -> Markup {
    html! {
        label.option {
            input type="radio" name=(group) value=(value);
            span { (label) }
        }
    }
}

fn wallet(mode: ModeName) -> Markup {
    let title = match mode {
        ModeName::Test => "Or send to this address",
        ModeName::Live => "Send to this address",
    };
    html! {
        section #wallet aria-labelledby="wallet-title" hidden {
            h2 #wallet-title { (title) }
            div.wallet {
                img #qr alt="QR code of the address" width="160" height="160";
                div {
                    p.address { code #address {} }
                    div.buttons {
                        button #copy type="button" { "Copy address" }
                        button #check type="button" { "Check for a payment" }
                    }
                }
            }
            p.soft #waiting role="status" {}
        }
    }
}

/// Renders the result. If the record is already paid, the page shows when.
fn paid(kind: Kind, line: &Line) -> Markup {
    html! {
        section #paid aria-labelledby="paid-title" hidden {
            h2 #paid-title tabindex="-1" { "Paid" }
            @if let (true, PaidState::Paid { at, due }) = (kind != Kind::PaymentLink, line.standing) {
                p #paid-before hidden {
                    "Paid"
                    @if let Some(chain) = &line.chain { " on " (names::chain(chain)) }
                    " at " (when(&at)) "."
                    @if let Some(due) = due { " The next payment is due on " (day(&due)) "." }
                }
            }
            p #paid-text {}
            p #back hidden { a.button rel="noreferrer" { "Back to the shop" } }
        }
    }
}

fn accepted(row: &Supported, mode: ModeName) -> &'static [Token] {
    match mode {
        ModeName::Test => row.test,
        ModeName::Live => row.live,
    }
}
